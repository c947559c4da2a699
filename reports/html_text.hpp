#pragma once
// Text from outside as HTML that shows exactly that text and can do nothing else.

#include "reports/count.hpp"

#include <string>
#include <string_view>

namespace touchstone::reports {

/// For element contents and quoted attributes, of `visible_text`.
[[nodiscard]] std::string html_text(std::string_view text);

/// "62,498"; a question mark where the data do not say.
[[nodiscard]] std::string html_count(Count count);

} // namespace touchstone::reports
