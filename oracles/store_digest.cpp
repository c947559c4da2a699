#include "oracles/store_digest.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace touchstone {

std::uint64_t digest_bytes(std::span<std::uint8_t const> bytes)
{
    return XXH3_64bits(bytes.data(), bytes.size());
}

std::uint64_t digest_values(std::span<Value const> values)
{
    static_assert(std::endian::native == std::endian::little, "the digest is of these bytes");
    struct Element
    {
        std::uint64_t tag;
        std::uint64_t payload;
    };
    std::vector<Element> elements;
    elements.reserve(values.size());
    for (auto const& v : values)
        elements.push_back({static_cast<std::uint64_t>(v.ref) | std::uint64_t{v.is_extern} << 8,
            v.is_null() ? 0 : v.lo});
    return XXH3_64bits(elements.data(), elements.size() * sizeof(Element));
}

static bool is_object(Value const& v)
{
    return v.kind == ValType::Kind::Ref &&
           (v.ref == RefKind::Struct || v.ref == RefKind::Array || v.ref == RefKind::Exn);
}

Value CanonicalStep::value(Value v)
{
    v = canonical(v);
    if (is_object(v))
        seen_.push_back(v.lo);
    return v;
}

Value CanonicalStep::canonical(Value v)
{
    if (v.kind != ValType::Kind::Ref)
        return v;
    if (v.ref == RefKind::Null)
        return Value::null_ref();
    if (v.ref == RefKind::Func)
        v.lo = identity(static_cast<FuncAddr>(v.lo));
    if (is_object(v)) {
        auto const [at, is_new] = objects_.try_emplace({v.ref, v.lo}, objects_.size());
        if (is_new)
            numbered_.push_back(v);
        v.lo = at->second;
    }
    return v;
}

StoreDigest CanonicalStep::digest()
{
    StoreDigest digest;
    digest.instances.reserve(instances_.size());
    for (auto const& i : instances_) {
        if (i)
            digest.instances.emplace_back(state(*i));
        else
            digest.instances.emplace_back(std::nullopt);
    }
    digest.heap = heap();
    return digest;
}

/// Breadth first from what was seen, in order: two heaps that differ by addresses alone give the
/// same sequence.
Extent CanonicalStep::heap()
{
    auto digest = seen_.empty() ? 0 : XXH3_64bits(seen_.data(), seen_.size() * sizeof seen_[0]);
    std::vector<std::uint64_t> words;
    for (std::size_t k = 0; k < numbered_.size(); ++k) {
        auto const object = numbered_[k];
        auto const view = store_.object(object);
        words.assign({static_cast<std::uint64_t>(object.ref),
            view && view->tag ? identity(*view->tag) : 0, view ? view->fields.size() : 0});
        for (std::size_t f = 0; view && f < view->fields.size(); ++f) {
            auto const v = canonical(view->fields[f]);
            words.insert(words.end(),
                {static_cast<std::uint64_t>(v.kind) | static_cast<std::uint64_t>(v.ref) << 8 |
                        std::uint64_t{v.is_extern} << 16,
                    v.lo, v.hi});
        }
        digest = XXH3_64bits_withSeed(words.data(), words.size() * sizeof words[0], digest);
    }
    return {numbered_.size(), digest};
}

InstanceState CanonicalStep::state(ObservedInstance const& instance)
{
    auto const view = store_.instance(instance.address);
    InstanceState state;
    state.memories.reserve(view.memories.size());
    for (auto const a : view.memories)
        state.memories.emplace_back(memory(a));
    state.tables.reserve(view.tables.size());
    for (auto const a : view.tables)
        state.tables.emplace_back(table(a));
    state.globals.reserve(view.globals.size());
    for (auto const a : view.globals)
        state.globals.emplace_back(value(store_.global_read(a)));
    // Nothing tells an empty segment from a dropped one: both count as dropped.
    auto const& module = instance.from->module();
    state.elems_dropped = view.elems_dropped;
    for (std::size_t i = 0; i < view.elems_dropped.size(); ++i)
        (*state.elems_dropped)[i] = view.elems_dropped[i] || module.elems[i].init.empty();
    state.datas_dropped = view.datas_dropped;
    for (std::size_t i = 0; i < view.datas_dropped.size(); ++i)
        (*state.datas_dropped)[i] = view.datas_dropped[i] || module.datas[i].bytes.empty();
    return state;
}

Extent CanonicalStep::memory(MemAddr a)
{
    auto const [at, is_new] = memories_.try_emplace(a);
    if (is_new)
        at->second = {store_.mem_size(a), digest_bytes(store_.mem_read(a))};
    return at->second;
}

Extent CanonicalStep::table(TableAddr a)
{
    auto const [at, is_new] = tables_.try_emplace(a);
    if (is_new) {
        auto const size = store_.table_size(a);
        std::map<std::pair<RefKind, std::uint64_t>, std::uint64_t> in_table;
        std::vector<Value> elements;
        elements.reserve(size);
        for (std::uint64_t i = 0; i < size; ++i) {
            auto v = value(store_.table_read(a, i));
            if (is_object(v))
                v.lo = in_table.try_emplace({v.ref, v.lo}, in_table.size()).first->second;
            elements.push_back(v);
        }
        at->second = {size, digest_values(elements)};
    }
    return at->second;
}

std::uint64_t CanonicalStep::identity(FuncAddr a) const
{
    if (auto const origin = store_.func_origin(a))
        for (auto const& i : instances_)
            if (i && i->address == origin->instance)
                return function_identity(i->module, origin->index);
    return ~std::uint64_t{0}; // a host function: no case has one
}

/// The first place where it is known.
std::uint64_t CanonicalStep::identity(TagAddr a) const
{
    for (auto const& i : instances_) {
        if (!i)
            continue;
        auto const tags = store_.instance(i->address).tags;
        if (auto const at = std::ranges::find(tags, a); at != tags.end())
            return function_identity(i->module, static_cast<std::uint32_t>(at - tags.begin()));
    }
    return ~std::uint64_t{0};
}

} // namespace touchstone
