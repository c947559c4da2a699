#pragma once
// The option --coverage FILE of commands that run the reference.

#include "cli/options.hpp"
#include "harness/coverage/coverage.hpp"
#include "harness/script/suite.hpp"
#include "oracles/rule_sums.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace touchstone::cli {

class CoverageOption
{
public:
    void add_to(Options& options);

    /// Made once the option was parsed and before anything is forked; null if it was not given.
    [[nodiscard]] std::shared_ptr<RuleSums> const& sums();

    /// Has the reference among these engines count. False if it was asked for and is not there.
    [[nodiscard]] bool count_in(std::vector<script::EngineSource>& engines);

    /// Writes what was counted, if it was asked for; the exit code if that could not be done.
    [[nodiscard]] std::optional<Exit> write(coverage::Source source, Io io);

    /// What to say where `count_in` is false.
    static constexpr std::string_view needs_reference =
        "--coverage: only the reference counts rules; name it in --oracles";

private:
    std::string file_;
    std::shared_ptr<RuleSums> sums_;
};

} // namespace touchstone::cli
