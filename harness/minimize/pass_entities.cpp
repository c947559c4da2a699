// Functions, tables, memories, globals, tags, segments, exports, the start function: each with what
// cannot be without it.

#include "harness/minimize/passes.hpp"
#include "harness/minimize/remove.hpp"

#include <algorithm>

namespace touchstone::minimize {

namespace {

constexpr std::array removable{
    Space::Func, Space::Global, Space::Table, Space::Memory, Space::Tag, Space::Elem, Space::Data};

std::vector<Place> entities(Problem const& p)
{
    std::vector<Place> places;
    for (auto piece = static_cast<std::uint32_t>(p.pieces.size()); piece-- > 0;) {
        if (!p.pieces[piece].source().valid())
            continue;
        for (auto const s : removable)
            for (auto x = size_of(p.pieces[piece].module(), s); x-- > 0;)
                places.push_back({.piece = piece, .item = static_cast<std::uint32_t>(s), .at = x});
    }
    return places;
}

std::optional<Problem> without_entities(Problem const& p, std::span<Place const> places)
{
    std::vector<Entity> gone;
    for (auto const& place : places)
        gone.push_back({place.piece, static_cast<Space>(place.item), place.at});
    return remove_entities(p, gone);
}

bool is_needed(Problem const& p, std::uint32_t piece, Export const& e)
{
    if (std::ranges::any_of(
            p.calls, [&](Call const& c) { return c.module == piece && c.function == e.name; }))
        return true;
    for (auto q = piece + 1; q < p.pieces.size(); ++q)
        if (std::ranges::any_of(p.pieces[q].module().imports, [&](Import const& i) {
                return i.module == p.pieces[piece].name && i.name == e.name;
            }))
            return true;
    return false;
}

constexpr std::uint32_t start_function = 1;

/// Exports that nobody asks for, and start functions.
std::vector<Place> exports(Problem const& p)
{
    std::vector<Place> places;
    for (std::uint32_t piece = 0; piece < p.pieces.size(); ++piece) {
        auto const& m = p.pieces[piece].module();
        if (m.start)
            places.push_back({.piece = piece, .which = start_function});
        for (auto e = static_cast<std::uint32_t>(m.exports.size()); e-- > 0;)
            if (!is_needed(p, piece, m.exports[e]))
                places.push_back({.piece = piece, .at = e});
    }
    return places;
}

std::optional<Problem> without_exports(Problem const& p, std::span<Place const> places)
{
    auto smaller = p;
    // from the last to the first, so that those before keep their numbers
    for (auto const& place : places) {
        auto& m = smaller.pieces[place.piece].edit();
        if (place.which == start_function)
            m.start.reset();
        else
            m.exports.erase(m.exports.begin() + place.at);
    }
    return smaller;
}

/// Recursive groups of types that nothing outside of them names.
std::vector<Place> unused_types(Problem const& p)
{
    std::vector<Place> places;
    for (std::uint32_t piece = 0; piece < p.pieces.size(); ++piece) {
        auto const& m = p.pieces[piece].module();
        if (!p.pieces[piece].source().valid())
            continue;
        auto without = m;
        without.types.clear();
        std::vector<bool> used(m.types.size());
        for_each_index(without, [&](Space s, Index x) {
            if (s == Space::Type)
                used[x] = true;
        });
        for (auto g = static_cast<std::uint32_t>(m.rec_groups.size()); g-- > 0;) {
            auto const group = m.rec_groups[g];
            bool needed = false;
            for (Index x = group.first; x < group.first + group.count; ++x)
                needed |= used[x];
            if (!needed)
                places.push_back({.piece = piece, .at = g});
            for (Index x = group.first; needed && x < group.first + group.count; ++x) {
                auto mark = [&used](Space, Index y) {
                    used[y] = true;
                    return y;
                };
                IndexVisitor{mark}.sub_type(m.types[x]);
            }
        }
    }
    return places;
}

std::optional<Problem> without_types(Problem const& p, std::span<Place const> places)
{
    std::vector<Entity> gone;
    for (auto const& place : places) {
        auto const group = p.pieces[place.piece].module().rec_groups[place.at];
        for (Index x = group.first; x < group.first + group.count; ++x)
            gone.push_back({place.piece, Space::Type, x});
    }
    return remove_entities(p, gone);
}

} // namespace

constinit Pass const drop_entities{
    .name = "drop_entities", .many = true, .places = entities, .reduce = without_entities};
constinit Pass const drop_exports{
    .name = "drop_exports", .many = true, .places = exports, .reduce = without_exports};
constinit Pass const drop_types{
    .name = "drop_types", .many = true, .places = unused_types, .reduce = without_types};

} // namespace touchstone::minimize
