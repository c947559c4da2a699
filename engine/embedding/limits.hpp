#pragma once
// Limits on the program, counted alike by both engines, so that both stop at the same point with
// the same state.

#include <cstdint>
#include <limits>

namespace touchstone {

/// Every operation goes: its own traps, then fuel, then the other limits, then the effect; where
/// one fails nothing of the effect has happened, and the fuel that was too little is not spent.
///
/// Fuel: 1 for each function entry (the first one, host functions and tail calls too), 1 for each
/// taken branch to a loop, ceil(bytes/4096) for what moves bytes (memory.fill, copy, init, active
/// data segments, growth that succeeds, array.new_data and array.init_data), ceil(elements/64) for
/// what moves or makes table or array elements (the other array.new, array.fill, copy, init_elem).
/// Growth that answers -1 and moves of length zero are free. What a host function calls spends the
/// fuel of the call that reached it; what it instantiates has the fuel of an instantiation.
///
/// Stack values: over all frames the sum of parameters + locals + the validator's maximal operand
/// height, a v128 being one. Entering a function checks frames, then stack values. Host functions
/// are no frames.
///
/// Heap: a struct, an array or an exception counts 1 + ceil(bytes/16), where a reference has 8
/// bytes and packed fields are packed.
///
/// Pages and elements: growth beyond answers -1; a declared minimum beyond ends instantiation as
/// exhausted, after linking and before anything else, memories before tables, in index order.
struct Limits
{
    static constexpr std::uint64_t none = std::numeric_limits<std::uint64_t>::max();

    /// How often calls and instantiations by host functions may stand within each other, whatever
    /// the frames; one more ends as exhausted (frames) without executing anything.
    static constexpr std::uint32_t reentries = 500;

    std::uint64_t fuel_per_call = none;
    std::uint64_t fuel_per_instantiation = none;
    std::uint32_t frames = 65'536;
    std::uint64_t stack_values = 4'194'304;
    std::uint64_t pages = 65'536;          ///< a memory
    std::uint64_t elements = 10'000'000;   ///< a table
    std::uint64_t heap_units = 1ULL << 26; ///< 1 + ceil(payload bytes / 16) for each object
    bool heap_counts_live = true;          ///< live objects; otherwise all since the store began

    friend constexpr bool operator==(Limits const&, Limits const&) = default;

    [[nodiscard]] static constexpr Limits for_campaign()
    {
        return {.fuel_per_call = 1'000,
            .fuel_per_instantiation = 1'000,
            .frames = 1'000,
            .stack_values = 3'000,
            .pages = 64,
            .elements = 10'000,
            .heap_units = 100'000,
            .heap_counts_live = false};
    }
    [[nodiscard]] static constexpr Limits for_spec()
    {
        return {.frames = 20'000, .stack_values = 1'000'000, .heap_units = 1ULL << 24};
    }
    [[nodiscard]] static constexpr Limits for_run() { return {}; }
};

} // namespace touchstone
