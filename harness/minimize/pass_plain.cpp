// Instructions said more plainly: a tee that is dropped, an empty arm, a call through a table.

#include "harness/minimize/cut.hpp"
#include "harness/minimize/passes.hpp"

namespace touchstone::minimize {

namespace {

constexpr std::uint32_t tee_and_drop = 0;
constexpr std::uint32_t empty_else = 1;
constexpr std::uint32_t indirect_call = 2; ///< and more, one a function it may be

bool is_at(CodeView const& code, std::uint32_t at, Opcode op)
{
    return at < code.instrs().size() && code.instrs()[at].op == op;
}

/// Functions of the type that a call through a table has, few of them.
std::vector<Index> candidates(ValidModule const& m, Instr const& call)
{
    constexpr std::size_t most = 8;
    std::vector<Index> found;
    for (Index x = 0; x < m.funcs().size() && found.size() < most; ++x)
        if (m.funcs()[x] == call.x)
            found.push_back(x);
    return found;
}

void add_at(std::vector<Place>& places, Place place, Source const& source, CodeView const& code)
{
    auto const& instr = code.instrs()[place.at];
    auto const add = [&](std::uint32_t which) {
        place.which = which;
        places.push_back(place);
    };
    if (instr.op == Opcode::LocalTee && is_at(code, place.at + 1, Opcode::Drop))
        add(tee_and_drop);
    if (instr.op == Opcode::Else && is_at(code, place.at + 1, Opcode::End))
        add(empty_else);
    if (instr.op == Opcode::CallIndirect && code.step(place.at).reachable)
        for (std::uint32_t k = 0; k < candidates(source.valid_module(), instr).size(); ++k)
            add(indirect_call + k);
}

std::vector<Place> wordy(Problem const& p)
{
    std::vector<Place> places;
    for_each_code(p, [&](std::uint32_t piece, std::uint32_t item, CodeView const& code) {
        for (std::uint32_t i = 0; i < code.instrs().size(); ++i)
            add_at(places, {.piece = piece, .item = item, .at = i}, p.pieces[piece].source(), code);
    });
    return places;
}

/// An `if` may do without `else` where it leaves what it takes.
bool takes_what_it_leaves(CodeView const& code, std::uint32_t else_at)
{
    auto const begin = code.nesting->partner[else_at];
    auto const end = code.nesting->partner[begin];
    auto const floor = code.step(end).floor;
    return operands_before(code, begin + 1, floor) == operands_before(code, end + 1, floor);
}

std::optional<Problem> plain(Problem const& p, std::span<Place const> places)
{
    auto const& place = places.front();
    auto const& source = p.pieces[place.piece].source();
    auto const code = source.code(place.item);
    auto instr = code.instrs()[place.at];
    CodeEdit edit{code};
    if (place.which == tee_and_drop && instr.op == Opcode::LocalTee) {
        instr.op = Opcode::LocalSet;
        edit.replace({place.at, place.at + 2}, {instr});
    } else if (place.which == empty_else && instr.op == Opcode::Else) {
        if (!takes_what_it_leaves(code, place.at))
            return std::nullopt;
        edit.erase({place.at, place.at + 1});
    } else {
        auto const to = candidates(source.valid_module(), instr)[place.which - indirect_call];
        edit.replace(
            {place.at, place.at + 1}, {{.op = Opcode::Drop}, {.op = Opcode::Call, .x = to}});
    }
    return with_func(p, place, edit.take());
}

} // namespace

constinit Pass const say_plainly{
    .name = "say_plainly", .many = false, .places = wordy, .reduce = plain};

} // namespace touchstone::minimize
