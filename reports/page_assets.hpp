#pragma once
// The page's style and script, from page.css and page.js at build time.

#include <string_view>

namespace touchstone::reports {

extern std::string_view const page_css;
extern std::string_view const page_js;

} // namespace touchstone::reports
