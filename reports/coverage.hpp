#pragma once
// What runs exercised, as text, as touchstone.coverage/1 and as a page.

#include "harness/coverage/coverage.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace touchstone::reports {

/// How much of each section and group, and the names of what was never counted.
[[nodiscard]] std::string coverage_text(coverage::Coverage const& coverage);

[[nodiscard]] nlohmann::ordered_json coverage_json(coverage::Coverage const& coverage);

/// One page that holds everything it shows.
[[nodiscard]] std::string coverage_page(coverage::Coverage const& coverage);

} // namespace touchstone::reports
