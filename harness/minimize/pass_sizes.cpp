// Bytes of data segments, entries of element segments, limits of memories and tables.

#include "harness/minimize/passes.hpp"

#include <algorithm>
#include <set>

namespace touchstone::minimize {

namespace {

/// Segments longer than this are cut in steps of more than one byte or entry.
constexpr std::size_t most_places = 4'096;

template <class Count>
std::vector<Place> pieces_of_segments(Problem const& p, Count count)
{
    std::vector<Place> places;
    for (std::uint32_t piece = 0; piece < p.pieces.size(); ++piece) {
        auto const sizes = count(p.pieces[piece].module());
        for (std::uint32_t item = 0; item < sizes.size(); ++item) {
            auto const stride = static_cast<std::uint32_t>(sizes[item] / most_places + 1);
            for (std::uint32_t at = 0; at < sizes[item]; at += stride)
                places.push_back({.piece = piece, .item = item, .at = at, .which = stride});
        }
    }
    std::ranges::reverse(places);
    return places;
}

/// Without the entries of the places that are in the same segment as the first.
template <class T>
void erase_entries(std::vector<T>& entries, std::span<Place const> places)
{
    std::set<std::size_t> gone;
    for (auto const& place : places)
        if (place.piece == places.front().piece && place.item == places.front().item)
            for (std::uint32_t k = 0; k < place.which; ++k)
                gone.insert(place.at + k);
    std::vector<T> kept;
    for (std::size_t i = 0; i < entries.size(); ++i)
        if (!gone.contains(i))
            kept.push_back(std::move(entries[i]));
    entries = std::move(kept);
}

std::vector<Place> data_bytes(Problem const& p)
{
    return pieces_of_segments(p, [](Module const& m) {
        std::vector<std::size_t> sizes;
        for (auto const& d : m.datas)
            sizes.push_back(d.bytes.size());
        return sizes;
    });
}

std::optional<Problem> without_bytes(Problem const& p, std::span<Place const> places)
{
    auto smaller = p;
    auto const& first = places.front();
    erase_entries(smaller.pieces[first.piece].edit().datas[first.item].bytes, places);
    return smaller;
}

std::vector<Place> elements(Problem const& p)
{
    return pieces_of_segments(p, [](Module const& m) {
        std::vector<std::size_t> sizes;
        for (auto const& e : m.elems)
            sizes.push_back(e.init.size());
        return sizes;
    });
}

std::optional<Problem> without_elements(Problem const& p, std::span<Place const> places)
{
    auto smaller = p;
    auto const& first = places.front();
    erase_entries(smaller.pieces[first.piece].edit().elems[first.item].init, places);
    return smaller;
}

/// The limits of a module's tables and memories, imported ones too.
std::vector<SizeLimits*> limits_of(Module& m)
{
    std::vector<SizeLimits*> all;
    for (auto& i : m.imports) {
        if (i.type.kind == ExternKind::Memory)
            all.push_back(&i.type.memory.limits);
        if (i.type.kind == ExternKind::Table)
            all.push_back(&i.type.table.limits);
    }
    for (auto& t : m.tables)
        all.push_back(&t.type.limits);
    for (auto& t : m.memories)
        all.push_back(&t.type.limits);
    return all;
}

constexpr std::uint32_t size_ways = 5;

std::vector<Place> sizes(Problem const& p)
{
    std::vector<Place> places;
    for (std::uint32_t piece = 0; piece < p.pieces.size(); ++piece) {
        auto m = p.pieces[piece].module();
        auto const count = static_cast<std::uint32_t>(limits_of(m).size());
        for (std::uint32_t item = 0; item < count; ++item)
            for (std::uint32_t way = 0; way < size_ways; ++way)
                places.push_back({.piece = piece, .item = item, .which = way});
    }
    return places;
}

SizeLimits shrunk(SizeLimits l, std::uint32_t way)
{
    switch (way) {
    case 0: l.min = 0; break;
    case 1: l.min = std::min<std::uint64_t>(l.min, 1); break;
    case 2: l.min /= 2; break;
    case 3: l.max.reset(); break;
    default:
        if (l.max)
            l.max = std::max(l.min, *l.max / 2);
        break;
    }
    return l;
}

std::optional<Problem> with_smaller_size(Problem const& p, std::span<Place const> places)
{
    auto const& place = places.front();
    auto smaller = p;
    auto& limits = *limits_of(smaller.pieces[place.piece].edit())[place.item];
    auto const now = shrunk(limits, place.which);
    if (now == limits)
        return std::nullopt;
    limits = now;
    return smaller;
}

} // namespace

constinit Pass const cut_data{
    .name = "cut_data", .many = true, .places = data_bytes, .reduce = without_bytes};
constinit Pass const cut_elements{
    .name = "cut_elements", .many = true, .places = elements, .reduce = without_elements};
constinit Pass const shrink_sizes{
    .name = "shrink_sizes", .many = false, .places = sizes, .reduce = with_smaller_size};

} // namespace touchstone::minimize
