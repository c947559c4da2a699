#pragma once
// The first instruction after which an engine is no longer where the reference is, found on any
// engine by running the traced case for fewer and fewer steps.

#include "harness/campaign/examine.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace touchstone::campaign {

struct Location
{
    std::uint32_t module = 0;      ///< of the case
    Index function = 0;            ///< in the module's index space
    std::uint32_t instruction = 0; ///< in the body
    std::uint32_t step = 0; ///< which executed step of the trace (generators/trace.hpp), from 1
    std::string text;       ///< the instruction's name, or "function entry"
    /// What differs after it: "result", "branch", or a reason of the comparer: "trap", "memory",
    /// ...
    std::string effect;
    friend bool operator==(Location const&, Location const&) = default;
};

/// Of a case on which this member of the panel diverges from the reference. Nothing if it does not
/// diverge in its traced form, or before the first instruction. Takes some thirty runs of a case
/// that is some twenty times as long.
[[nodiscard]] std::optional<Location> locate(
    Case const& c, Panel const& panel, std::size_t member, Limits const& limits);

} // namespace touchstone::campaign
