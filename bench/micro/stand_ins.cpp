#include "bench/micro/stand_ins.hpp"

namespace touchstone::bench {

namespace {

template <class Address>
ExternVal external(ExternKind kind, Address address)
{
    return {kind, static_cast<std::uint32_t>(address)};
}

std::optional<Value> zero_of(ValType type)
{
    if (!type.is_ref())
        return Value{.kind = type.kind};
    return type.nullable ? std::optional{Value::null_ref()} : std::nullopt;
}

std::optional<ExternVal> function(Store& store, FuncType const& type)
{
    Outcome zeros;
    for (auto const result : type.results) {
        auto const zero = zero_of(result);
        if (!zero)
            return std::nullopt;
        zeros.values.push_back(*zero);
    }
    return external(ExternKind::Func,
        store.func_alloc(type, [zeros](Store&, std::span<Value const>) { return zeros; }));
}

std::optional<ExternVal> stand_in(Store& store, ValidModule const& module, ExternType const& type)
{
    switch (type.kind) {
    case ExternKind::Func: return function(store, module.func_type(type.func));
    case ExternKind::Table:
        return external(type.kind, store.table_alloc(type.table, Value::null_ref()));
    case ExternKind::Memory: return external(type.kind, store.mem_alloc(type.memory));
    case ExternKind::Global:
        if (auto const zero = zero_of(type.global.value))
            return external(type.kind, store.global_alloc(type.global, *zero));
        return std::nullopt;
    case ExternKind::Tag: break;
    }
    return std::nullopt;
}

} // namespace

std::optional<std::vector<ExternVal>> stand_ins(Store& store, ValidModule const& module)
{
    std::vector<ExternVal> all;
    for (auto const& import : module.module().imports) {
        auto const one = stand_in(store, module, import.type);
        if (!one)
            return std::nullopt;
        all.push_back(*one);
    }
    return all;
}

} // namespace touchstone::bench
