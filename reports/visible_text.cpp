#include "reports/visible_text.hpp"

#include <fmt/format.h>

#include <cstdint>

namespace touchstone::reports {

namespace {

constexpr std::uint32_t replacement = 0xFFFD;

struct Character
{
    std::uint32_t code;
    std::size_t bytes;
};

/// The length that a first byte announces, or 0.
std::size_t length_of(std::uint8_t first)
{
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first < 0xE0)
        return 2;
    if (first >= 0xE0 && first < 0xF0)
        return 3;
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

/// The first character; a byte that starts none is a replacement.
Character first_of(std::string_view text)
{
    auto const byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    auto const n = length_of(byte(0));
    if (n == 0 || n > text.size())
        return {.code = replacement, .bytes = 1};
    auto code = n == 1 ? byte(0) : byte(0) & (0x7FU >> n);
    for (std::size_t i = 1; i < n; ++i) {
        if ((byte(i) & 0xC0) != 0x80)
            return {.code = replacement, .bytes = 1};
        code = code << 6 | (byte(i) & 0x3FU);
    }
    auto const too_long = (n == 3 && code < 0x800) || (n == 4 && code < 0x10000);
    if (too_long || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        return {.code = replacement, .bytes = 1};
    return {.code = code, .bytes = n};
}

/// Would act on the text around it instead of being seen.
bool is_invisible(std::uint32_t c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0xAD ||
           (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0x061C || c == 0xFEFF;
}

} // namespace

std::string visible_text(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        auto const [code, bytes] = first_of(text);
        if (code == replacement)
            out += "\xEF\xBF\xBD";
        else if (is_invisible(code))
            out += fmt::format("\\u{{{:x}}}", code);
        else
            out += text.substr(0, bytes);
        text.remove_prefix(bytes);
    }
    return out;
}

} // namespace touchstone::reports
