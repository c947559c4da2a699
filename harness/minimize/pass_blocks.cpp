// A block, loop, try_table or arm of an `if` without what is around it. Branches to it are cut.

#include "harness/minimize/cut.hpp"
#include "harness/minimize/labels.hpp"
#include "harness/minimize/passes.hpp"

#include <algorithm>

namespace touchstone::minimize {

namespace {

std::vector<Place> blocks(Problem const& p)
{
    std::vector<Place> places;
    for_each_code(p, [&](std::uint32_t piece, std::uint32_t item, CodeView const& code) {
        for (std::uint32_t i = 0; i < code.instrs().size(); ++i) {
            auto const end = code.nesting->partner[i];
            if (end == Nesting::none || end < i)
                continue;
            places.push_back({.piece = piece, .item = item, .at = i});
            if (code.nesting->else_of[i] != Nesting::none)
                places.push_back({.piece = piece, .item = item, .at = i, .which = 1});
        }
    });
    return places;
}

/// What stays of the block: all, or one arm.
Range body_of(CodeView const& code, Place const& place)
{
    auto const end = code.nesting->partner[place.at];
    auto const else_at = code.nesting->else_of[place.at];
    if (place.which == 1)
        return {else_at + 1, end};
    return {place.at + 1, else_at == Nesting::none ? end : else_at};
}

/// The body's labels count one block less.
bool unwrap(CodeView const& code, Range body, CodeEdit& edit)
{
    bool ok = true;
    for_each_with_depth(code, body, [&](std::uint32_t i, Index depth) {
        auto const& instr = code.instrs()[i];
        bool leaves = false;
        bool to_block = false;
        for_each_label(code.func->body, instr, [&](Index l) {
            to_block |= l == depth;
            leaves |= l > depth;
        });
        auto const outer = [depth](Index l) { return l > depth ? l - 1 : l; };
        if (to_block && instr.op != Opcode::TryTable) {
            ok = ok && edit.cut({i, i + 1});
        } else if (to_block || leaves) {
            auto const clean = instr.op == Opcode::TryTable
                                   ? without_clauses_to(edit.pools(), instr, depth)
                                   : instr;
            edit.replace({i, i + 1}, {with_labels(edit.pools(), clean, outer)});
        }
    });
    return ok;
}

std::optional<Problem> unwrapped(Problem const& p, std::span<Place const> places)
{
    auto const& place = places.front();
    auto const code = p.pieces[place.piece].source().code(place.item);
    auto const body = body_of(code, place);
    auto const block = unit_at(code, place.at);
    if (!code.step(block.begin).reachable)
        return std::nullopt;
    CodeEdit edit{code};
    std::vector<Instr> before;
    if (code.instrs()[place.at].op == Opcode::If)
        before.push_back({.op = Opcode::Drop});
    edit.replace({block.begin, body.begin}, std::move(before));
    edit.erase({body.end, block.end});
    if (!unwrap(code, body, edit))
        return std::nullopt;
    return with_func(p, place, edit.take());
}

} // namespace

constinit Pass const unwrap_blocks{
    .name = "unwrap_blocks", .many = false, .places = blocks, .reduce = unwrapped};

} // namespace touchstone::minimize
