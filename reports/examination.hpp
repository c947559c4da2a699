#pragma once
// What several engines did with one case, side by side, and whether they may.

#include "harness/campaign/examine.hpp"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace touchstone::reports {

/// One line a step and engine, then the verdict of each engine against the reference.
[[nodiscard]] std::string examination_text(
    Case const& c, campaign::Examination const& e, campaign::Panel const& panel);

/// One case of touchstone.diff/1.
[[nodiscard]] nlohmann::ordered_json examination_json(
    Case const& c, campaign::Examination const& e, campaign::Panel const& panel);

/// "agree", "known_...", "inconclusive_values": the outcome's name.
[[nodiscard]] std::string outcome_name(campaign::Examination const& e);

} // namespace touchstone::reports
