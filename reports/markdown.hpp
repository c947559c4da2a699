#pragma once
// The report as Markdown, small enough for a README or a comment.

#include "reports/model.hpp"

#include <string>

namespace touchstone::reports {

/// A table by oracle for each suite run, figures and buckets for each campaign, and data errors
/// first.
[[nodiscard]] std::string markdown(Report const& report);

} // namespace touchstone::reports
