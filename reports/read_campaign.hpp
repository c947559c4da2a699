#pragma once
// touchstone.campaign/1 into the report model.

#include "reports/json_fields.hpp"

#include <filesystem>

namespace touchstone::reports {

/// Reads what is there, the folders of findings too, and notes what is missing, impossible or
/// contradictory. `file` is the result's place, for folders that are named relative to it.
[[nodiscard]] CampaignRun read_campaign(
    nlohmann::ordered_json const& result, std::string source, std::filesystem::path const& file);

/// Notes where counts, outcomes and buckets do not add up.
void check_campaign(CampaignRun& run);

} // namespace touchstone::reports
