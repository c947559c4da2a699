// Custom sections and the names in them; names of modules, exports and imports.

#include "harness/minimize/passes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace touchstone::minimize {

namespace {

std::vector<Place> named_modules(Problem const& p)
{
    std::vector<Place> places;
    for (std::uint32_t i = 0; i < p.pieces.size(); ++i)
        if (!p.pieces[i].module().customs.empty())
            places.push_back({.piece = i});
    return places;
}

std::optional<Problem> without_names(Problem const& p, std::span<Place const> places)
{
    auto smaller = p;
    for (auto const& place : places) {
        auto& m = smaller.pieces[place.piece].edit();
        m.customs.clear();
        m.names = {};
    }
    return smaller;
}

/// "a" to "z", then "aa" ...
std::string short_name(std::size_t n)
{
    std::string name;
    for (++n; n > 0; n = (n - 1) / 26)
        name.insert(name.begin(), static_cast<char>('a' + (n - 1) % 26));
    return name;
}

/// One for each module's own name, one for each of its exports.
std::vector<Place> long_names(Problem const& p)
{
    std::vector<Place> places;
    for (std::uint32_t i = 0; i < p.pieces.size(); ++i) {
        places.push_back({.piece = i, .which = 0});
        for (std::uint32_t e = 0; e < p.pieces[i].module().exports.size(); ++e)
            places.push_back({.piece = i, .at = e, .which = 1});
    }
    return places;
}

bool renames_module(Problem& p, std::uint32_t piece, std::string const& to)
{
    auto const from = p.pieces[piece].name;
    if (from.size() <= to.size() || std::ranges::count(p.pieces, from, &Piece::name) != 1 ||
        std::ranges::count(p.pieces, to, &Piece::name) != 0)
        return false;
    for (auto q = piece + 1; q < p.pieces.size(); ++q)
        for (std::size_t i = 0; i < p.pieces[q].module().imports.size(); ++i)
            if (p.pieces[q].module().imports[i].module == from)
                p.pieces[q].edit().imports[i].module = to;
    p.pieces[piece].name = to;
    return true;
}

bool renames_export(Problem& p, Place const& at, std::string const& to)
{
    auto& exports = p.pieces[at.piece].edit().exports;
    auto const from = exports[at.at].name;
    if (from.size() <= to.size() || std::ranges::count(exports, to, &Export::name) != 0)
        return false;
    exports[at.at].name = to;
    for (auto& c : p.calls)
        if (c.module == at.piece && c.function == from)
            c.function = to;
    for (auto q = at.piece + 1; q < p.pieces.size(); ++q)
        for (std::size_t i = 0; i < p.pieces[q].module().imports.size(); ++i) {
            auto const& import = p.pieces[q].module().imports[i];
            if (import.module == p.pieces[at.piece].name && import.name == from)
                p.pieces[q].edit().imports[i].name = to;
        }
    return true;
}

std::optional<Problem> with_short_names(Problem const& p, std::span<Place const> places)
{
    auto smaller = p;
    bool any = false;
    for (auto const& place : places)
        any |= place.which == 0
                   ? renames_module(smaller, place.piece, fmt::format("m{}", place.piece))
                   : renames_export(smaller, place, short_name(place.at));
    return any ? std::optional{std::move(smaller)} : std::nullopt;
}

} // namespace

constinit Pass const strip_names{
    .name = "strip_names", .many = true, .places = named_modules, .reduce = without_names};
constinit Pass const shorten_names{
    .name = "shorten_names", .many = true, .places = long_names, .reduce = with_short_names};

} // namespace touchstone::minimize
