// Modules that our validator or decoder refuses, where the divergence may be that another engine
// does not: nothing is known of their types, so code, items and bytes are simply left out.

#include "harness/minimize/cut.hpp"
#include "harness/minimize/indices.hpp"
#include "harness/minimize/passes.hpp"

#include <algorithm>
#include <array>

namespace touchstone::minimize {

namespace {

bool is_refused(Piece const& piece)
{
    return piece.source().decoded() && !piece.source().valid();
}

/// Instructions, the last first.
std::vector<Place> code(Problem const& p)
{
    std::vector<Place> places;
    for (std::uint32_t piece = 0; piece < p.pieces.size(); ++piece) {
        if (!is_refused(p.pieces[piece]))
            continue;
        auto const& funcs = p.pieces[piece].module().funcs;
        for (auto f = static_cast<std::uint32_t>(funcs.size()); f-- > 0;)
            for (auto i = static_cast<std::uint32_t>(funcs[f].body.instrs.size()); i-- > 0;)
                places.push_back({.piece = piece, .item = f, .at = i});
    }
    return places;
}

/// As in cut_ranges; the last place is the first instruction.
std::optional<Problem> without_code(Problem const& p, std::span<Place const> places)
{
    auto const& first = places.back();
    auto const same = std::ranges::count_if(places,
        [&](Place const& place) { return place.piece == first.piece && place.item == first.item; });
    auto const view = p.pieces[first.piece].source().code(first.item);
    auto const range = whole(view, first.at, static_cast<std::uint32_t>(same));
    if (range.empty())
        return std::nullopt;
    CodeEdit edit{view};
    edit.erase(range);
    return with_func(p, first, edit.take());
}

constexpr std::array removable{
    Space::Func, Space::Global, Space::Table, Space::Memory, Space::Tag, Space::Elem, Space::Data};

std::vector<Place> unused(Problem const& p)
{
    std::vector<Place> places;
    for (std::uint32_t piece = 0; piece < p.pieces.size(); ++piece) {
        if (!is_refused(p.pieces[piece]))
            continue;
        auto const& m = p.pieces[piece].module();
        std::array<std::vector<bool>, space_count> used;
        for (std::size_t s = 0; s < space_count; ++s)
            used[s].resize(size_of(m, static_cast<Space>(s)));
        for_each_index(m, [&used](Space s, Index x) {
            if (auto& of_space = used[static_cast<std::size_t>(s)]; x < of_space.size())
                of_space[x] = true;
        });
        for (auto const s : removable)
            for (auto x = size_of(m, s); x-- > 0;)
                if (!used[static_cast<std::size_t>(s)][x])
                    places.push_back(
                        {.piece = piece, .item = static_cast<std::uint32_t>(s), .at = x});
    }
    return places;
}

void erase_import(Module& m, Space space, Index x)
{
    for (std::size_t i = 0; i < m.imports.size(); ++i)
        if (space_of(m.imports[i].type.kind) == space && x-- == 0) {
            m.imports.erase(m.imports.begin() + static_cast<std::ptrdiff_t>(i));
            return;
        }
}

void erase_item(Module& m, Space space, Index x)
{
    auto const erase = [&](auto& items, std::optional<ExternKind> kind) {
        auto const imported = kind ? count_imports(m, *kind) : 0;
        if (x < imported)
            erase_import(m, space, x);
        else
            items.erase(items.begin() + static_cast<std::ptrdiff_t>(x - imported));
    };
    switch (space) {
    case Space::Type: return;
    case Space::Func: return erase(m.funcs, ExternKind::Func);
    case Space::Table: return erase(m.tables, ExternKind::Table);
    case Space::Memory: return erase(m.memories, ExternKind::Memory);
    case Space::Global: return erase(m.globals, ExternKind::Global);
    case Space::Tag: return erase(m.tags, ExternKind::Tag);
    case Space::Elem: return erase(m.elems, std::nullopt);
    case Space::Data: return erase(m.datas, std::nullopt);
    }
}

/// Places of one space are from the last to the first, so that those before keep their numbers.
std::optional<Problem> without_unused(Problem const& p, std::span<Place const> places)
{
    auto smaller = p;
    for (auto const& place : places) {
        auto& m = smaller.pieces[place.piece].edit();
        auto const space = static_cast<Space>(place.item);
        erase_item(m, space, place.at);
        map_indices(m, [&](Space s, Index x) { return s == space && x > place.at ? x - 1 : x; });
    }
    return smaller;
}

/// Larger modules are cut in steps of more than one byte.
constexpr std::size_t most_places = 16'384;

std::vector<Place> bytes(Problem const& p)
{
    std::vector<Place> places;
    for (std::uint32_t piece = 0; piece < p.pieces.size(); ++piece) {
        auto const& source = p.pieces[piece].source();
        if (source.decoded())
            continue;
        auto const step = static_cast<std::uint32_t>(source.bytes().size() / most_places + 1);
        for (std::uint32_t at = 0; at < source.bytes().size(); at += step)
            places.push_back({.piece = piece, .at = at, .which = step});
    }
    std::ranges::reverse(places);
    return places;
}

std::optional<Problem> without_bytes(Problem const& p, std::span<Place const> places)
{
    auto const& first = places.back(); // the lowest of its module
    auto left = p.pieces[first.piece].source().bytes();
    for (auto const& place : places) {
        if (place.piece != first.piece)
            continue;
        auto const end = std::min<std::size_t>(place.at + place.which, left.size());
        left.erase(left.begin() + place.at, left.begin() + static_cast<std::ptrdiff_t>(end));
    }
    auto smaller = p;
    smaller.pieces[first.piece].replace(std::move(left));
    return smaller;
}

} // namespace

constinit Pass const cut_refused_code{
    .name = "cut_refused_code", .many = true, .places = code, .reduce = without_code};
constinit Pass const drop_refused_items{
    .name = "drop_refused_items", .many = true, .places = unused, .reduce = without_unused};
constinit Pass const cut_refused_bytes{
    .name = "cut_refused_bytes", .many = true, .places = bytes, .reduce = without_bytes};

} // namespace touchstone::minimize
