// Instructions: whole bodies, dead code, and sequences of any length.

#include "harness/minimize/cut.hpp"
#include "harness/minimize/passes.hpp"

#include <algorithm>

namespace touchstone::minimize {

namespace {

std::vector<Place> bodies(Problem const& p)
{
    std::vector<Place> places;
    for_each_code(p, [&](std::uint32_t piece, std::uint32_t item, CodeView const& code) {
        if (code.instrs().size() > 1)
            places.push_back({.piece = piece, .item = item});
    });
    std::ranges::reverse(places);
    return places;
}

/// Nothing but constants of its result types, or `unreachable` where one has none.
std::optional<Problem> without_bodies(Problem const& p, std::span<Place const> places)
{
    auto smaller = p;
    for (auto const& place : places) {
        auto const code = p.pieces[place.piece].source().code(place.item);
        Func f{.type = code.func->type};
        for (auto const t : code.type->results)
            if (!push_constant(f.body, f.body.instrs, t)) {
                f.body.instrs = {{.op = Opcode::Unreachable}};
                break;
            }
        f.body.instrs.push_back({.op = Opcode::End});
        smaller.pieces[place.piece].edit().funcs[place.item] = std::move(f);
    }
    return smaller;
}

/// From each instruction that cannot be reached to the end of the block around it.
std::vector<Range> dead_ranges(CodeView const& code)
{
    std::vector<Range> ranges;
    auto const size = static_cast<std::uint32_t>(code.instrs().size());
    for (std::uint32_t i = 0; i < size;) {
        auto const dead = code.step(i).reachable ? Range{i, i} : whole(code, i, size);
        if (!dead.empty())
            ranges.push_back(dead);
        i = std::max(i + 1, dead.end);
    }
    return ranges;
}

std::vector<Place> with_dead_code(Problem const& p)
{
    std::vector<Place> places;
    for_each_code(p, [&](std::uint32_t piece, std::uint32_t item, CodeView const& code) {
        if (!dead_ranges(code).empty())
            places.push_back({.piece = piece, .item = item});
    });
    return places;
}

std::optional<Problem> without_dead_code(Problem const& p, std::span<Place const> places)
{
    auto smaller = p;
    for (auto const& place : places) {
        auto const code = p.pieces[place.piece].source().code(place.item);
        CodeEdit edit{code};
        for (auto const r : dead_ranges(code))
            edit.erase(r);
        smaller = with_func(std::move(smaller), place, edit.take());
    }
    return smaller;
}

std::vector<Place> instructions(Problem const& p)
{
    std::vector<Place> places;
    for_each_code(p, [&](std::uint32_t piece, std::uint32_t item, CodeView const& code) {
        for (auto i = static_cast<std::uint32_t>(code.instrs().size()) - 1; i-- > 0;)
            places.push_back({.piece = piece, .item = item, .at = i});
    });
    return places;
}

/// The sequence that the places make in the function of the last one; the last place is the first
/// instruction.
std::optional<Problem> without_range(Problem const& p, std::span<Place const> places)
{
    auto const& first = places.back();
    auto const same = std::ranges::count_if(places,
        [&](Place const& place) { return place.piece == first.piece && place.item == first.item; });
    auto const code = p.pieces[first.piece].source().code(first.item);
    CodeEdit edit{code};
    if (!edit.cut(whole(code, first.at, static_cast<std::uint32_t>(same))))
        return std::nullopt;
    return with_func(p, first, edit.take());
}

} // namespace

constinit Pass const empty_bodies{
    .name = "empty_bodies", .many = true, .places = bodies, .reduce = without_bodies};
constinit Pass const drop_dead_code{
    .name = "drop_dead_code", .many = true, .places = with_dead_code, .reduce = without_dead_code};
constinit Pass const cut_ranges{
    .name = "cut_ranges", .many = true, .places = instructions, .reduce = without_range};

} // namespace touchstone::minimize
