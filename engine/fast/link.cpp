// Matching what an import is given with what it wants (exec/modules.html#exec-externval,
// valid/matching.html), and the one copy of each function type.

#include "engine/fast/fast_store.hpp"
#include "engine/fast/faults.hpp"

namespace touchstone::fast {

namespace {

constexpr std::string_view unknown = "unknown import";
constexpr std::string_view incompatible = "incompatible import type";

/// Given limits match when they allow no more than is wanted: from `size`, up to their maximum.
[[nodiscard]] bool limits_match(
    SizeLimits const& given, std::uint64_t size, SizeLimits const& wanted)
{
    return given.addr == wanted.addr && size >= wanted.min &&
           (!wanted.max || (given.max && *given.max <= *wanted.max));
}

template <class T>
[[nodiscard]] T* find(std::vector<T*> const& all, std::uint32_t address)
{
    return address < all.size() ? all[address] : nullptr;
}

} // namespace

std::size_t FuncTypeHash::operator()(FuncType const& t) const
{
    std::size_t h = t.params.size();
    auto const mix = [&h](ValType v) {
        h = (h ^ (static_cast<std::size_t>(v.kind) + std::size_t{8} * v.heap.bits())) *
            0x9E37'79B9'7F4A'7C15U;
    };
    for (auto const v : t.params)
        mix(v);
    for (auto const v : t.results)
        mix(v);
    return h;
}

FuncType const* FastStore::intern(FuncType const& type)
{
    return &types_.try_emplace(type).first->first;
}

std::string_view FastStore::link(Instance& to, ExternType const& wanted, ExternVal const* given)
{
    if (given == nullptr)
        return unknown;
    if (given->kind != wanted.kind)
        return incompatible;
    switch (wanted.kind) {
    case ExternKind::Func:
    {
        auto* const f = find(machine_.functions, given->address);
        if (f == nullptr || f->type != to.types[wanted.func])
            return incompatible;
        to.funcs.push_back(f);
        return {};
    }
    case ExternKind::Table:
    {
        auto* const t = find(tables_, given->address);
        if (t == nullptr || t->type.element != wanted.table.element ||
            !limits_match(t->type.limits, t->elements.size(), wanted.table.limits))
            return incompatible;
        to.tables.push_back(t);
        return {};
    }
    case ExternKind::Memory:
    {
        auto* const m = find(memories_, given->address);
        if (m == nullptr || !limits_match(m->type().limits, m->pages(), wanted.memory.limits))
            return incompatible;
        to.memories.push_back(m);
        return {};
    }
    case ExternKind::Global:
    {
        auto* const g = find(globals_, given->address);
        if (g == nullptr || g->type != wanted.global)
            return incompatible;
        auto const like_last =
            g->type.is_mutable && !to.globals.empty() && to.globals.back()->type == g->type;
        to.globals.push_back(fault(Fault::GlobalAliased, like_last) ? to.globals.back() : g);
        return {};
    }
    case ExternKind::Tag: break; // a feature that this engine lacks
    }
    return incompatible;
}

std::string_view FastStore::link_all(
    Instance& to, std::span<ExternVal const> imports, Import const*& culprit)
{
    auto const& wanted = to.module->module().imports;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        auto const problem = link(to, wanted[i].type, i < imports.size() ? &imports[i] : nullptr);
        if (!problem.empty()) {
            culprit = &wanted[i];
            return problem;
        }
    }
    return {};
}

} // namespace touchstone::fast
