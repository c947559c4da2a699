#pragma once
// What single characters of the text format are, and which byte sequences are characters at all.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace touchstone::text {

namespace detail {

enum CharClass : std::uint8_t
{
    IdChar = 1,
    Digit = 2,
    HexDigit = 4,
    KeywordChar = 8, // after the first one, which is a small letter
};

inline constexpr auto char_classes = [] {
    std::array<std::uint8_t, 256> classes{};
    auto add = [&classes](std::string_view chars, int bits) {
        for (auto const c : chars) {
            auto& cell = classes[static_cast<unsigned char>(c)];
            cell = static_cast<std::uint8_t>(cell | bits);
        }
    };
    add("0123456789", IdChar | Digit | HexDigit | KeywordChar);
    add("abcdefABCDEF", HexDigit);
    add("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.:", IdChar | KeywordChar);
    add("!#$%&'*+-/<=>?@\\^`|~", IdChar);
    return classes;
}();

constexpr bool is(char c, CharClass cls)
{
    return (char_classes[static_cast<unsigned char>(c)] & cls) != 0;
}

} // namespace detail

/// idchar: what identifiers, keywords and numbers are made of.
[[nodiscard]] constexpr bool is_id_char(char c)
{
    return detail::is(c, detail::IdChar);
}
[[nodiscard]] constexpr bool is_digit(char c)
{
    return detail::is(c, detail::Digit);
}
[[nodiscard]] constexpr bool is_hex_digit(char c)
{
    return detail::is(c, detail::HexDigit);
}
[[nodiscard]] constexpr bool is_keyword_char(char c)
{
    return detail::is(c, detail::KeywordChar);
}
[[nodiscard]] constexpr bool is_ascii(char c)
{
    return static_cast<unsigned char>(c) < 0x80;
}
[[nodiscard]] constexpr bool is_control(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}
/// Only of a hexadecimal digit.
[[nodiscard]] constexpr unsigned hex_value(char c)
{
    return static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}

/// The length in bytes of the UTF-8 character that `text` starts with; 0: none.
[[nodiscard]] std::size_t utf8_length(std::string_view text);

[[nodiscard]] bool is_utf8(std::string_view text);

/// The start of valid UTF-8, for messages: some 60 bytes, whole characters.
[[nodiscard]] std::string shortened(std::string_view text);

/// Appends the UTF-8 of a code point; false if it is none (a surrogate, or above 10FFFF).
[[nodiscard]] bool append_utf8(std::string& out, std::uint32_t code_point);

} // namespace touchstone::text
