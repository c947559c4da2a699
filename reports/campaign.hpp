#pragma once
// A campaign's result as text for people and as touchstone.campaign/1.

#include "harness/campaign/campaign.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace touchstone::reports {

/// Ends with one line that says whether anything was found. `settings` gives the commands to go on
/// with.
[[nodiscard]] std::string campaign_text(
    campaign::Result const& r, campaign::Settings const& settings);

/// touchstone.campaign/1, docs/json.md.
[[nodiscard]] nlohmann::ordered_json campaign_json(
    campaign::Result const& r, campaign::Settings const& settings);

} // namespace touchstone::reports
