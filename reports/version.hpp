#pragma once
// Which Touchstone this is, as results say who made them.

#include <string_view>

namespace touchstone::reports {

[[nodiscard]] std::string_view version();

} // namespace touchstone::reports
