#pragma once
// The process that hunts one fault in one layer. It may die of the fault; what it found so far lies
// in memory shared with whoever started it, who can start another one behind the case.

#include "harness/mutants/looking.hpp"

#include <atomic>

namespace touchstone::mutants {

/// Where a hunter is.
enum class HuntStage : std::uint32_t
{
    Preparing,
    Faulty,    ///< looking with the fault on
    Faultless, ///< and with the fault off, because something was wrong with it on
};

/// What a hunter leaves behind. Zero bytes are the beginning of a hunt.
struct Trail
{
    std::atomic<std::uint64_t> index; ///< the case it is at
    std::atomic<HuntStage> stage;
    std::atomic<std::int64_t> since_ms; ///< steady clock, when the stage began
    std::atomic<std::uint64_t> unsound;
    std::atomic<bool> died; ///< the hunter before did, at this case with the fault on
    std::atomic<bool> noticed;
    char signature[256];
};

/// How a hunter ends, as exit codes.
inline constexpr int hunt_done = 0;
inline constexpr int hunt_has_no_engines = 3;

/// Goes on at the trail's index until the fault is noticed or the budget ends.
[[noreturn]] void hunt(
    PlantedFault const& fault, std::string_view layer, Settings const& settings, Trail& trail);

} // namespace touchstone::mutants
