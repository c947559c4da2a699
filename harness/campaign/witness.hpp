#pragma once
// Calls that make a difference between two stores visible as a difference between results, so that
// a plain test script fails on the engine that is wrong.

#include "harness/campaign/examine.hpp"

#include <optional>

namespace touchstone::campaign {

struct Witness
{
    Case what;
    Observation reference;
};

/// For a case on which this member diverges from the reference in a memory, a global, a table or a
/// segment: the case up to the step in which it does, and calls on which the two answer
/// differently. Nothing if no such call is found.
[[nodiscard]] std::optional<Witness> witness(Subject const& subject, Panel const& panel,
    std::size_t member, CaseJudgement const& where, Limits const& limits);

} // namespace touchstone::campaign
