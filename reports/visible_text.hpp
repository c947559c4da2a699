#pragma once
// Text from outside as text that every format can hold and every reader sees.

#include <string>
#include <string_view>

namespace touchstone::reports {

/// Bytes that are no UTF-8 become U+FFFD; control characters and those that reorder text are
/// spelled out, as \u{202e}.
[[nodiscard]] std::string visible_text(std::string_view text);

} // namespace touchstone::reports
