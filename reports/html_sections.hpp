#pragma once
// The page's sections, one a result.

#include "reports/model.hpp"

#include <string>

namespace touchstone::reports {

/// Appends the section; `id` is unique on the page.
void add_spec_section(std::string& out, SpecRun const& run, std::string const& id);
void add_campaign_section(std::string& out, CampaignRun const& run, std::string const& id);

} // namespace touchstone::reports
