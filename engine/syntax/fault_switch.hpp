#pragma once
// Switches of planted faults: wrong behaviour that a build with TOUCHSTONE_FAULTS can turn on, and
// that any other build does not contain.
//
//     set_result(pc, fp, fault(Fault::ShlByWidth, b == 64) ? 0 : a << shift_count(b));
//
// A fault is an enumerator of its table (`faults.inc` of the fast engine, and of what both engines
// share). Where it is off, or not built, the guard is false.

#ifdef TOUCHSTONE_FAULTS

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace touchstone {

inline constexpr bool has_planted_faults = true;

enum class FaultMode : std::uint8_t
{
    Off,
    Counted, ///< nothing is wrong, but it is counted how often it would have been
    On,
};

/// One switch of this process; what is forked inherits it.
struct FaultSwitch
{
    std::atomic<FaultMode> mode;
    std::atomic<std::uint64_t> passed; ///< how often its place was passed, in mode Counted
    std::atomic<std::uint64_t> shown;  ///< and with operands or in a state where it does wrong
};

inline constexpr std::size_t max_faults = 64;

template <class Fault>
[[nodiscard]] FaultSwitch& fault_switch(Fault f)
{
    static constinit std::array<FaultSwitch, max_faults> switches{};
    return switches[static_cast<std::size_t>(f)];
}

/// Is the fault on, and is this a case in which it does wrong?
template <class Fault>
[[nodiscard]] bool fault(Fault f, bool shows = true)
{
    auto& s = fault_switch(f);
    auto const mode = s.mode.load(std::memory_order_relaxed);
    if (mode != FaultMode::Counted) [[likely]]
        return mode == FaultMode::On && shows;
    s.passed.fetch_add(1, std::memory_order_relaxed);
    s.shown.fetch_add(shows ? 1 : 0, std::memory_order_relaxed);
    return false;
}

} // namespace touchstone

#else

namespace touchstone {

inline constexpr bool has_planted_faults = false;

template <class Fault>
[[nodiscard]] constexpr bool fault(Fault, bool = true)
{
    return false;
}

} // namespace touchstone

#endif
