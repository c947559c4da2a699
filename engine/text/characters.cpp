#include "engine/text/characters.hpp"

#include <algorithm>

namespace touchstone::text {

std::size_t utf8_length(std::string_view text)
{
    auto byte = [text](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    auto continues = [&byte](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
    if (text.empty())
        return 0;
    auto const first = byte(0);
    auto const second = byte(1);
    if (first < 0x80)
        return 1;
    if (first < 0xC2)
        return 0; // a continuation, or over-long
    if (first < 0xE0)
        return continues(1) ? 2 : 0;
    if (first < 0xF0) {
        auto const overlong = first == 0xE0 && second < 0xA0;
        auto const surrogate = first == 0xED && second >= 0xA0;
        return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first < 0xF5) {
        auto const overlong = first == 0xF0 && second < 0x90;
        auto const too_large = first == 0xF4 && second >= 0x90;
        return continues(1) && continues(2) && continues(3) && !overlong && !too_large ? 4 : 0;
    }
    return 0;
}

bool is_utf8(std::string_view text)
{
    while (!text.empty()) {
        auto const length = utf8_length(text);
        if (length == 0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string shortened(std::string_view text)
{
    constexpr std::size_t shown = 60;
    std::size_t end = 0;
    while (end < shown && end < text.size())
        end += std::max<std::size_t>(utf8_length(text.substr(end)), 1);
    return std::string{text.substr(0, end)} + (end < text.size() ? "..." : "");
}

bool append_utf8(std::string& out, std::uint32_t code_point)
{
    auto tail = [&out, code_point](
                    int shift) { out += static_cast<char>(0x80 | (code_point >> shift & 0x3F)); };
    if (code_point >= 0x11'0000 || (code_point >= 0xD800 && code_point < 0xE000))
        return false;
    if (code_point < 0x80) {
        out += static_cast<char>(code_point);
    } else if (code_point < 0x800) {
        out += static_cast<char>(0xC0 | code_point >> 6);
        tail(0);
    } else if (code_point < 0x1'0000) {
        out += static_cast<char>(0xE0 | code_point >> 12);
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0 | code_point >> 18);
        tail(12);
        tail(6);
        tail(0);
    }
    return true;
}

} // namespace touchstone::text
