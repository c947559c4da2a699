#pragma once
// The report as one self-contained HTML page: no outside request, nothing that needs script.

#include "reports/model.hpp"

#include <string>

namespace touchstone::reports {

[[nodiscard]] std::string html_page(Report const& report);

} // namespace touchstone::reports
