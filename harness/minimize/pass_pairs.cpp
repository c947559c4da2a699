// A value that is made and dropped, with other code in between.

#include "harness/minimize/cut.hpp"
#include "harness/minimize/passes.hpp"

namespace touchstone::minimize {

namespace {

std::vector<Place> drops(Problem const& p)
{
    std::vector<Place> places;
    for_each_code(p, [&](std::uint32_t piece, std::uint32_t item, CodeView const& code) {
        for (auto i = static_cast<std::uint32_t>(code.instrs().size()) - 1; i-- > 0;)
            if (code.instrs()[i].op == Opcode::Drop && code.step(i).reachable)
                places.push_back({.piece = piece, .item = item, .at = i});
    });
    return places;
}

/// Without the drop, and with drops of its operands in the place of what made the value.
std::optional<Problem> without_pair(Problem const& p, std::span<Place const> places)
{
    auto const& place = places.front();
    auto const code = p.pieces[place.piece].source().code(place.item);
    auto const top = code.step(place.at).top;
    if (top == FuncTrace::none)
        return std::nullopt;
    auto const maker = unit_at(code, code.trace->operands[top].producer);
    auto const effect = effect_of(code, maker);
    if (!effect || effect->ends || effect->leaves.size() != 1)
        return std::nullopt;
    CodeEdit edit{code};
    edit.replace(maker, std::vector<Instr>(effect->takes.size(), Instr{.op = Opcode::Drop}));
    edit.erase({place.at, place.at + 1});
    return with_func(p, place, edit.take());
}

} // namespace

constinit Pass const drop_pairs{
    .name = "drop_pairs", .many = false, .places = drops, .reduce = without_pair};

} // namespace touchstone::minimize
