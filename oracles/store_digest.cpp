#include "oracles/store_digest.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

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

Value CanonicalStep::value(Value v, Objects& objects) const
{
    if (v.kind != ValType::Kind::Ref)
        return v;
    switch (v.ref) {
    case RefKind::Null: return Value::null_ref();
    case RefKind::Func: v.lo = identity(static_cast<FuncAddr>(v.lo)); break;
    case RefKind::Host:
    case RefKind::I31: break;
    case RefKind::Struct:
    case RefKind::Array:
    case RefKind::Exn:
        v.lo = objects.try_emplace({v.ref, v.lo}, objects.size()).first->second;
        break;
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
    return digest;
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
        Objects objects;
        std::vector<Value> elements;
        elements.reserve(size);
        for (std::uint64_t i = 0; i < size; ++i)
            elements.push_back(value(store_.table_read(a, i), objects));
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

} // namespace touchstone
