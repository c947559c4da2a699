#pragma once
// Strings, constants and result patterns as a test script writes them.

#include "engine/embedding/value.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace touchstone::script_words {

/// In quotes; everything but printable ASCII is escaped, so that any bytes stay what they are.
[[nodiscard]] std::string in_quotes(std::string_view bytes);

/// The bytes as strings of a script, one a line, each line after `indent`.
[[nodiscard]] std::string quoted_lines(
    std::span<std::uint8_t const> bytes, std::string_view indent);

/// An argument; nothing if a script has no constant for it. A null is written as one of `null`.
[[nodiscard]] std::optional<std::string> constant(Value const& v, AbsHeapType null);

/// A result of an assertion: the constant where there is one, else what kind of reference it is.
[[nodiscard]] std::string pattern(Value const& v, AbsHeapType null);

/// Without line breaks and control characters, for comments.
[[nodiscard]] std::string one_line(std::string_view text);

} // namespace touchstone::script_words
