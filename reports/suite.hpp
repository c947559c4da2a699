#pragma once
// What engines did with a suite of test scripts: totals, and touchstone.spec/1.

#include "harness/script/suite.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace touchstone::reports {

/// What one engine did with all files.
struct SuiteTotals
{
    std::string name;
    std::string version;
    std::uint64_t directives = 0;
    std::uint64_t done = 0;
    std::uint64_t passed = 0;
    std::uint64_t failed = 0;
    std::uint64_t skipped = 0;
    std::uint64_t not_applicable = 0;
    std::uint64_t crashed = 0;
    std::uint64_t known = 0; ///< expected failures
    std::uint64_t modules = 0;
    std::map<std::string, std::uint64_t> unsupported;

    [[nodiscard]] std::uint64_t unsupported_count() const;
    [[nodiscard]] bool ran_something() const;
};

/// One row an engine, in their order.
[[nodiscard]] std::vector<SuiteTotals> totals_of(
    script::SuiteReport const& report, std::vector<script::EngineSource> const& engines);

/// What one engine did in one of the suite's folders beside the standard's own tests.
struct FolderTotals
{
    std::string folder;
    std::string profile;
    SuiteTotals totals;
};

/// One row a folder and engine, in order of the report.
[[nodiscard]] std::vector<FolderTotals> folders_of(script::SuiteReport const& report);

/// touchstone.spec/1, docs/json.md.
[[nodiscard]] nlohmann::ordered_json suite_json(
    script::SuiteReport const& report, std::vector<SuiteTotals> const& totals, bool strict);

} // namespace touchstone::reports
