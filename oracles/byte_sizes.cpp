#include "oracles/byte_sizes.hpp"

#include <array>

namespace touchstone::laxities {

std::optional<Number> number_at(std::span<std::uint8_t const> bytes, std::size_t at)
{
    Number n{.value = 0, .begin = at, .end = at};
    for (unsigned shift = 0; shift < 35 && n.end < bytes.size(); shift += 7) {
        auto const b = bytes[n.end++];
        n.value |= std::uint64_t{b & 0x7FU} << shift;
        if (b < 0x80)
            return n;
    }
    return std::nullopt;
}

static std::optional<Sized> sized_at(std::span<std::uint8_t const> bytes, std::size_t at)
{
    auto const n = number_at(bytes, at);
    if (!n || n->value > bytes.size() - n->end)
        return std::nullopt;
    return Sized{*n};
}

std::optional<Sized> find_section(std::span<std::uint8_t const> bytes, binary::Section wanted)
{
    for (std::size_t at = 8; at < bytes.size();) {
        auto const s = sized_at(bytes, at + 1);
        if (!s)
            return std::nullopt;
        if (bytes[at] == static_cast<std::uint8_t>(wanted))
            return s;
        at = s->end();
    }
    return std::nullopt;
}

std::optional<Sized> find_body(
    std::span<std::uint8_t const> bytes, Sized const& code, std::size_t wanted)
{
    auto const count = number_at(bytes, code.begin());
    if (!count || wanted >= count->value)
        return std::nullopt;
    auto s = sized_at(bytes, count->end);
    for (; s && wanted > 0; --wanted)
        s = sized_at(bytes, s->end());
    return s;
}

/// Puts another size there, always in five bytes.
static void set_size(std::vector<std::uint8_t>& bytes, Number const& old, std::uint64_t value)
{
    std::array<std::uint8_t, 5> leb{};
    for (auto& b : leb) {
        b = static_cast<std::uint8_t>((value & 0x7F) | 0x80);
        value >>= 7;
    }
    leb.back() &= 0x7F;
    auto const from = bytes.begin() + static_cast<std::ptrdiff_t>(old.begin);
    auto const to = bytes.begin() + static_cast<std::ptrdiff_t>(old.end);
    bytes.insert(bytes.erase(from, to), leb.begin(), leb.end());
}

std::vector<std::uint8_t> edited(std::span<std::uint8_t const> bytes, Spot const& spot,
    std::size_t drop, std::span<std::uint8_t const> put)
{
    std::vector<std::uint8_t> all{bytes.begin(), bytes.end()};
    auto const from = all.begin() + static_cast<std::ptrdiff_t>(spot.at);
    all.insert(all.erase(from, from + static_cast<std::ptrdiff_t>(drop)), put.begin(), put.end());
    // the inner size first: its place is before the edit, and the outer one's before its
    if (spot.body)
        set_size(all, spot.body->size, spot.body->size.value + put.size() - drop);
    set_size(all, spot.section.size, spot.section.size.value + all.size() - bytes.size());
    return all;
}

} // namespace touchstone::laxities
