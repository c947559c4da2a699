#pragma once
// The test script of a finding: assertions that hold on the reference and fail on the engine that
// differs from it.

#include "harness/campaign/finding.hpp"

#include <string>
#include <vector>

namespace touchstone::campaign {

struct TestScript
{
    std::string text;
    /// What `touchstone spec` must be told to run it with: {"--limits", "campaign", "--fuel", "2"}
    /// where an engine counts wrong, or where the case runs out of something.
    std::vector<std::string> options;
    bool shows = true; ///< false: the engines differ in what no script can show, or one died
};

/// The case up to the step in which they differ, with calls that make the difference visible where
/// it is in a store, in a form that counts its steps, or under a limit that one of them exceeds.
[[nodiscard]] TestScript test_script(Finding const& f, Panel const& panel);

} // namespace touchstone::campaign
