#include "generators/near_valid.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace touchstone::generators {

namespace {

using Bytes = std::vector<std::uint8_t>;

/// Section ids, type codes, ends, prefixes, and what LEBs begin or end with.
constexpr auto telling = std::to_array<std::uint8_t>(
    {0x00, 0x01, 0x02, 0x05, 0x0A, 0x0B, 0x0C, 0x0D, 0x1F, 0x40, 0x4E, 0x5E, 0x5F, 0x60, 0x63, 0x64,
        0x6F, 0x70, 0x77, 0x7B, 0x7E, 0x7F, 0x80, 0x81, 0xC0, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF});

std::size_t some_place(Entropy& in, Bytes const& bytes)
{
    return bytes.empty() ? 0 : in.u32() % bytes.size();
}

auto at(Bytes& bytes, std::size_t place)
{
    return bytes.begin() + static_cast<std::ptrdiff_t>(place);
}

/// A few bytes from a place on.
std::pair<std::size_t, std::size_t> some_run(Entropy& in, Bytes const& bytes)
{
    auto const from = some_place(in, bytes);
    return {from, std::min<std::size_t>(bytes.size() - from, 1 + in.below(8))};
}

void insert(Bytes& bytes, std::size_t place, Bytes const& what)
{
    bytes.insert(at(bytes, place), what.begin(), what.end());
}

/// The same number in more bytes than it needs, or in more than there may be.
void lengthen_leb(Entropy& in, Bytes& bytes, std::size_t place)
{
    bytes[place] |= 0x80;
    auto const more = in.below(10);
    Bytes const padding(more, 0x80);
    insert(bytes, place + 1, padding);
    insert(bytes, place + 1 + more, {in.chance(64) ? std::uint8_t{0x7F} : std::uint8_t{0}});
}

void change_once(Entropy& in, Bytes& bytes)
{
    if (bytes.empty())
        return bytes.push_back(in.byte());
    auto const place = some_place(in, bytes);
    auto const [from, length] = some_run(in, bytes);
    switch (in.below(8)) {
    case 0: bytes[place] ^= static_cast<std::uint8_t>(1U << in.below(8)); break;
    case 1:
    case 2: bytes[place] = telling[in.below(telling.size())]; break;
    case 3: bytes[place] = in.byte(); break;
    case 4: lengthen_leb(in, bytes, place); break;
    case 5: bytes.erase(at(bytes, from), at(bytes, from + length)); break;
    case 6: insert(bytes, place, Bytes(at(bytes, from), at(bytes, from + length))); break;
    default:
        if (in.chance(128))
            bytes[place] = static_cast<std::uint8_t>(bytes[place] + (in.chance(128) ? 1 : 255));
        else
            bytes.resize(place);
        break;
    }
}

} // namespace

std::vector<std::uint8_t> change_bytes(Entropy& in, std::vector<std::uint8_t> bytes)
{
    auto edits = 1U;
    while (edits < 4 && in.chance(80))
        ++edits;
    for (; edits > 0; --edits)
        change_once(in, bytes);
    return bytes;
}

} // namespace touchstone::generators
