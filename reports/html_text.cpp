#include "reports/html_text.hpp"

#include "reports/visible_text.hpp"

#include <fmt/format.h>

namespace touchstone::reports {

std::string html_text(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (auto const c : visible_text(text))
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    return out;
}

std::string html_count(Count count)
{
    if (!count)
        return "?";
    auto digits = fmt::format("{}", *count);
    for (auto i = digits.size(); i > 3; i -= 3)
        digits.insert(i - 3, ",");
    return digits;
}

} // namespace touchstone::reports
