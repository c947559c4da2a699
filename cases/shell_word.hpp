#pragma once
// Words of the commands that this program prints.

#include <string>
#include <string_view>

namespace touchstone {

/// A word for a POSIX shell, in quotes where it must be.
[[nodiscard]] std::string shell_word(std::string_view text);

} // namespace touchstone
