#include "harness/compare/stores.hpp"

#include "harness/compare/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace touchstone {

namespace {

using compare_words::describe;

Judgement diverge(Reason reason, std::size_t module, std::string_view kind, std::size_t index,
    std::string_view difference)
{
    return {Verdict::Diverge, reason,
        fmt::format("{} {} of module {}: {}", kind, index, module, difference)};
}

/// What is wrong with the first pair that both saw and that differs.
template <class T, class Same, class Difference>
std::optional<Judgement> first_difference(std::vector<std::optional<T>> const& a,
    std::vector<std::optional<T>> const& b, Same same, Difference difference)
{
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        if (a[i] && b[i] && !same(*a[i], *b[i]))
            return difference(i, *a[i], *b[i]);
    return std::nullopt;
}

std::optional<Judgement> compare_extents(Reason reason, std::size_t module, std::string_view kind,
    std::string_view unit, std::vector<std::optional<Extent>> const& a,
    std::vector<std::optional<Extent>> const& b)
{
    return first_difference(
        a, b, [](Extent x, Extent y) { return x == y; },
        [&](std::size_t i, Extent x, Extent y) {
            return diverge(reason, module, kind, i,
                x.size != y.size ? fmt::format("{} {} against {}", x.size, unit, y.size)
                                 : std::string{"the contents differ"});
        });
}

std::optional<Judgement> compare_globals(std::size_t module,
    std::vector<std::optional<Value>> const& a, std::vector<std::optional<Value>> const& b)
{
    return first_difference(a, b, same_value, [&](std::size_t i, Value const& x, Value const& y) {
        return diverge(Reason::Global, module, "global", i,
            fmt::format("{} against {}", describe(x), describe(y)));
    });
}

std::optional<Judgement> compare_dropped(std::size_t module, std::string_view kind,
    std::optional<std::vector<bool>> const& a, std::optional<std::vector<bool>> const& b)
{
    if (!a || !b)
        return std::nullopt;
    for (std::size_t i = 0; i < std::min(a->size(), b->size()); ++i)
        if ((*a)[i] != (*b)[i])
            return diverge(Reason::Segment, module, kind, i,
                (*a)[i] ? "dropped against not dropped" : "not dropped against dropped");
    return std::nullopt;
}

std::optional<Judgement> compare_instances(
    std::size_t module, InstanceState const& a, InstanceState const& b)
{
    if (auto j = compare_extents(Reason::Memory, module, "memory", "pages", a.memories, b.memories))
        return j;
    if (auto j = compare_extents(Reason::Table, module, "table", "elements", a.tables, b.tables))
        return j;
    if (auto j = compare_globals(module, a.globals, b.globals))
        return j;
    if (auto j = compare_dropped(module, "element segment", a.elems_dropped, b.elems_dropped))
        return j;
    return compare_dropped(module, "data segment", a.datas_dropped, b.datas_dropped);
}

} // namespace

bool same_value(Value const& a, Value const& b)
{
    if (a.kind != ValType::Kind::Ref || b.kind != ValType::Kind::Ref)
        return a == b;
    if (a.ref != b.ref)
        return false;
    switch (a.ref) {
    case RefKind::Null: return true;
    case RefKind::Struct:
    case RefKind::Array:
    case RefKind::Exn: return a.is_extern == b.is_extern;
    default: return a == b;
    }
}

Judgement compare_stores(StoreDigest const& a, StoreDigest const& b)
{
    for (std::size_t i = 0; i < std::min(a.instances.size(), b.instances.size()); ++i)
        if (a.instances[i] && b.instances[i])
            if (auto j = compare_instances(i, *a.instances[i], *b.instances[i]))
                return *std::move(j);
    if (a.heap && b.heap && *a.heap != *b.heap)
        return {Verdict::Diverge, Reason::Heap,
            a.heap->size != b.heap->size
                ? fmt::format("{} reachable objects against {}", a.heap->size, b.heap->size)
                : std::string{"the contents of objects differ"}};
    return {};
}

} // namespace touchstone
