#pragma once
// Text format: a test script to text; `parse_script(print(s))` says the same as `s`.

#include "engine/text/script.hpp"

#include <string>

namespace touchstone {

/// One directive after the other; modules that were text as `print` writes them, all others as
/// they were.
[[nodiscard]] std::string print(script::Script const& script);

} // namespace touchstone
