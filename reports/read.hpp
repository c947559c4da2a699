#pragma once
// Result files into one report.

#include "reports/model.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace touchstone::reports {

/// Adds the result that `text` holds: touchstone.spec/1 or touchstone.campaign/1. Anything else is
/// a problem of the report. `source` is the file's name.
void add_result(Report& report, std::string const& source, std::string_view text);

/// Adds a file that could not be read.
void add_unread(Report& report, std::string const& source, std::string why);

} // namespace touchstone::reports
