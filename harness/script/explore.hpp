#pragma once
// One script under many interleavings of its threads, and what was seen in them.

#include "engine/embedding/schedule.hpp"
#include "harness/script/result.hpp"
#include "oracles/observation.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace touchstone::script {

/// What an action was seen to do: the line, and `show` of it.
using Sight = std::function<void(std::uint32_t line, CallObservation const& seen)>;

/// Runs the script in a fresh session that follows the schedule.
using RunOnce = std::function<std::vector<DirectiveResult>(Schedule& schedule, Sight const& sight)>;

struct Explored
{
    std::vector<DirectiveResult>
        results; ///< of the first run in which something failed, else of the first
    std::uint64_t runs = 0;
    bool all = false; ///< there are no more interleavings
    /// What the actions whose answers differ between runs were seen to do: "line 7: returned i32:0;
    /// line 9: returned i32:1", and in how many runs. Empty if no answer differs.
    std::map<std::string, std::uint64_t> joint_outcomes;
};

/// At most so many runs, at least one.
[[nodiscard]] Explored explore(std::uint64_t most, RunOnce const& run_once);

} // namespace touchstone::script
