#pragma once
// Whether bytes are UTF-8 as names must be (binary/values.html#binary-utf8).

#include <cstdint>
#include <string_view>

namespace touchstone {

/// No overlong forms, no surrogates, nothing above U+10FFFF, nothing cut short.
[[nodiscard]] inline bool is_utf8(std::string_view text)
{
    auto const* at = text.data();
    auto const* const end = at + text.size();
    auto const unit = [](char c) { return static_cast<std::uint8_t>(c); };
    while (at != end) {
        auto const lead = unit(*at++);
        if (lead < 0x80)
            continue;
        if (lead < 0xC2 || lead > 0xF4)
            return false;
        auto const more = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        if (end - at < more)
            return false;
        // The second byte's range is where overlong forms, surrogates and too large ones show.
        auto const second = unit(*at);
        auto const lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        auto const highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest)
            return false;
        for (int i = 1; i < more; ++i)
            if ((unit(at[i]) & 0xC0) != 0x80)
                return false;
        at += more;
    }
    return true;
}

} // namespace touchstone
