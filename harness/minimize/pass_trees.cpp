// An instruction with all that makes its operands, replaced by constants, or by one of the
// operands.

#include "harness/minimize/cut.hpp"
#include "harness/minimize/passes.hpp"

#include <algorithm>

namespace touchstone::minimize {

namespace {

/// A unit with its operands; absent where these are not made in one piece.
struct Tree
{
    Range all;
    std::vector<Range> operands;
    std::vector<ValType> leaves;
};

std::optional<Tree> tree_at(CodeView const& code, std::uint32_t at)
{
    auto const unit = unit_at(code, at);
    if (unit.end != at + 1 || code.instrs()[at].op == Opcode::Else)
        return std::nullopt; // a block is taken at its end
    auto operands = operand_ranges(code, unit);
    if (!operands)
        return std::nullopt;
    Tree tree{.all = {operands->empty() ? unit.begin : operands->front().begin, unit.end},
        .operands = *std::move(operands),
        .leaves = {}};
    auto effect = effect_of(code, tree.all);
    if (!effect || !effect->takes.empty())
        return std::nullopt;
    tree.leaves = std::move(effect->leaves);
    return tree;
}

/// The last first: so the largest trees come before their parts.
template <class F>
void for_each_tree(Problem const& p, F f)
{
    for_each_code(p, [&](std::uint32_t piece, std::uint32_t item, CodeView const& code) {
        for (auto i = static_cast<std::uint32_t>(code.instrs().size()) - 1; i-- > 0;)
            if (auto const tree = tree_at(code, i))
                f(Place{.piece = piece, .item = item, .at = i}, *tree);
    });
}

/// Zeros first; other constants only of a single result.
std::vector<Place> trees(Problem const& p)
{
    std::vector<Place> places;
    for_each_tree(p, [&](Place place, Tree const& tree) {
        auto const ways = tree.leaves.size() == 1 ? constants_of(tree.leaves.front()) : 1;
        for (place.which = 0; place.which < ways; ++place.which)
            places.push_back(place);
    });
    return places;
}

std::optional<Problem> with_constants(Problem const& p, std::span<Place const> places)
{
    auto const& place = places.front();
    auto const code = p.pieces[place.piece].source().code(place.item);
    auto const tree = tree_at(code, place.at);
    CodeEdit edit{code};
    std::vector<Instr> constants;
    for (auto const t : tree->leaves)
        if (!push_constant(edit.pools(), constants, t, place.which))
            return std::nullopt;
    edit.replace(tree->all, std::move(constants));
    return with_func(p, place, edit.take());
}

/// What an operand leaves may stand where the whole tree's result stood.
bool fits(CodeView const& code, Range operand, Tree const& tree)
{
    if (tree.leaves.size() != 1)
        return false;
    auto const effect = effect_of(code, operand);
    if (!effect || effect->ends || effect->leaves.size() != 1)
        return false;
    return effect->leaves.front() == tree.leaves.front();
}

std::vector<Place> operands(Problem const& p)
{
    std::vector<Place> places;
    for_each_tree(p, [&](Place place, Tree const& tree) {
        auto const code = p.pieces[place.piece].source().code(place.item);
        for (place.which = 0; place.which < tree.operands.size(); ++place.which)
            if (fits(code, tree.operands[place.which], tree))
                places.push_back(place);
    });
    return places;
}

std::optional<Problem> with_operand(Problem const& p, std::span<Place const> places)
{
    auto const& place = places.front();
    auto const code = p.pieces[place.piece].source().code(place.item);
    auto const tree = tree_at(code, place.at);
    auto const kept = tree->operands[place.which];
    CodeEdit edit{code};
    edit.erase({tree->all.begin, kept.begin});
    edit.erase({kept.end, tree->all.end});
    return with_func(p, place, edit.take());
}

} // namespace

constinit Pass const replace_trees{
    .name = "replace_trees", .many = false, .places = trees, .reduce = with_constants};
constinit Pass const hoist_operands{
    .name = "hoist_operands", .many = false, .places = operands, .reduce = with_operand};

} // namespace touchstone::minimize
