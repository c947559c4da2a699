#pragma once
// The process that hunts some faults in one layer, case by case. It may die of a fault; what it
// found so far lies in memory shared with whoever started it, who can start another one there.

#include "harness/mutants/looking.hpp"

#include <atomic>
#include <span>

namespace touchstone::mutants {

/// What a hunter is doing.
enum class HuntStage : std::uint32_t
{
    Preparing, ///< the case
    Faulty,    ///< looking with a fault on
    Faultless, ///< and with it off, because something was wrong with it on
};

/// Where a hunter is. Zero bytes are the beginning.
struct Trail
{
    std::atomic<std::uint64_t> index; ///< the case
    std::atomic<std::size_t> fault;   ///< which one of its faults
    std::atomic<HuntStage> stage;
    std::atomic<std::int64_t> since_ms; ///< steady clock, when the stage began
    /// How the hunter before died at this case with this fault on; empty if it did not.
    char death[64];
};

/// What is known of one fault in one layer.
struct Mark
{
    std::atomic<bool> noticed;
    std::atomic<std::uint64_t> unsound; ///< cases that the faultless build did not stand either
    std::uint64_t index;                ///< where it was noticed; so with the next two
    bool is_death;
    char signature[256];
};

/// How a hunter ends, as exit codes.
inline constexpr int hunt_done = 0;
inline constexpr int hunt_has_no_engines = 3;

/// Faults of one kind (shared or not) in one layer, each with its mark.
struct Party
{
    std::string_view layer;
    std::vector<PlantedFault const*> faults;
    std::span<Mark> marks;
};

/// Goes on where the trail is until all faults are noticed or the budget ends.
[[noreturn]] void hunt(Party const& party, Settings const& settings, Trail& trail);

} // namespace touchstone::mutants
