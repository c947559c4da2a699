// Calls of the case, the last first; and modules that nothing needs.

#include "harness/minimize/passes.hpp"

#include <algorithm>
#include <ranges>
#include <set>

namespace touchstone::minimize {

namespace {

std::vector<Place> calls(Problem const& p)
{
    std::vector<Place> places;
    for (auto i = static_cast<std::uint32_t>(p.calls.size()); i-- > 0;)
        places.push_back({.at = i});
    return places;
}

std::optional<Problem> without_calls(Problem const& p, std::span<Place const> places)
{
    std::set<std::uint32_t> gone;
    for (auto const& place : places)
        gone.insert(place.at);
    auto smaller = p;
    smaller.calls.clear();
    for (std::uint32_t i = 0; i < p.calls.size(); ++i)
        if (!gone.contains(i))
            smaller.calls.push_back(p.calls[i]);
    return smaller;
}

/// Something imports from this module.
bool is_linked(Problem const& p, std::size_t piece)
{
    for (auto q = piece + 1; q < p.pieces.size(); ++q)
        for (auto const& i : p.pieces[q].module().imports)
            if (i.module == p.pieces[piece].name)
                return true;
    return false;
}

std::vector<Place> modules(Problem const& p)
{
    std::vector<Place> places;
    for (auto i = static_cast<std::uint32_t>(p.pieces.size()); i-- > 0;)
        if (!is_linked(p, i))
            places.push_back({.piece = i});
    return places;
}

std::optional<Problem> without_modules(Problem const& p, std::span<Place const> places)
{
    std::vector<bool> gone(p.pieces.size());
    for (auto const& place : places)
        gone[place.piece] = true;
    Problem smaller{.origin = p.origin, .pieces = {}, .calls = {}};
    std::vector<std::uint32_t> now;
    for (std::uint32_t i = 0; i < p.pieces.size(); ++i) {
        now.push_back(static_cast<std::uint32_t>(smaller.pieces.size()));
        if (!gone[i])
            smaller.pieces.push_back(p.pieces[i]);
    }
    for (auto const& c : p.calls)
        if (!gone[c.module])
            smaller.calls.push_back(
                {.module = now[c.module], .function = c.function, .args = c.args});
    return smaller;
}

} // namespace

constinit Pass const cut_calls{
    .name = "cut_calls", .many = true, .places = calls, .reduce = without_calls};
constinit Pass const drop_modules{
    .name = "drop_modules", .many = true, .places = modules, .reduce = without_modules};

} // namespace touchstone::minimize
