#pragma once
// Failures that are known, each with its reason: they do not fail a run, and one that is gone does.

#include "harness/script/suite.hpp"

#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace touchstone::script {

struct Expectation
{
    std::string file;                  ///< the end of a script's path, whole names
    std::optional<std::uint32_t> line; ///< absent: whatever fails in the file
    std::string oracle;                ///< empty: on any
    std::string reason;
    std::string link;                       ///< to where it is reported, may be empty
    std::uint32_t place = 0;                ///< its line in the file of expectations
    [[nodiscard]] std::string text() const; ///< "simd_f32x4.wast:34 on wabt"
};

/// TOML: [[failure]] with `file`, `reason`, and perhaps `line`, `oracle`, `link`. The error says
/// what is wrong and on which line.
[[nodiscard]] std::expected<std::vector<Expectation>, std::string> load_expectations(
    std::string const& path);

/// Makes the expected ones of the report's failures known ones (FileReport::known). Gives those
/// whose script ran on such an engine and did not fail there.
[[nodiscard]] std::vector<Expectation> apply(
    std::vector<Expectation> const& expectations, SuiteReport& report);

} // namespace touchstone::script
