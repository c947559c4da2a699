#pragma once
// touchstone.spec/1 into the report model.

#include "reports/json_fields.hpp"

namespace touchstone::reports {

/// Reads what is there and notes what is missing, impossible or contradictory.
[[nodiscard]] SpecRun read_spec(nlohmann::ordered_json const& result, std::string source);

/// Notes where counts, files and failures do not add up.
void check_spec(SpecRun& run);

} // namespace touchstone::reports
