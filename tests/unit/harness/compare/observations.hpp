#pragma once
// Observations to plant differences in.

#include "harness/compare/compare.hpp"

namespace touchstone {

inline constexpr Common ours{.same_limits = true};
inline constexpr Common foreign{.same_limits = false};

[[nodiscard]] inline CallObservation ended(End end)
{
    return {.end = end};
}

[[nodiscard]] inline CallObservation returned(std::vector<Value> values)
{
    return {.end = End::Returned, .values = std::move(values)};
}

[[nodiscard]] inline CallObservation trapped(TrapSet traps)
{
    return {.end = End::Trapped, .traps = traps};
}

/// One instance that shows one of everything.
[[nodiscard]] inline StoreDigest full_store()
{
    InstanceState s;
    s.memories = {Extent{1, 0xAB}, Extent{2, 0xCD}};
    s.tables = {Extent{10, 0xEF}};
    s.globals = {Value::from_i32(7), Value::reference(RefKind::Func, function_identity(0, 3))};
    s.elems_dropped = {false, true};
    s.datas_dropped = {true, false};
    return {.instances = {std::nullopt, s}};
}

/// A call that returned, with fuel and store.
[[nodiscard]] inline CallObservation full_call()
{
    auto o = returned({Value::from_i32(7), Value::from_f64(1.5)});
    o.fuel = 12;
    o.store = full_store();
    return o;
}

[[nodiscard]] inline Observation full_case()
{
    return {.instantiations = {full_call(), full_call()},
        .calls = {full_call(), full_call(), full_call()}};
}

} // namespace touchstone
