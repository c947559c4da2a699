// Locals that are not needed, and values that go through one on the way to their only use.

#include "harness/minimize/cut.hpp"
#include "harness/minimize/labels.hpp"
#include "harness/minimize/passes.hpp"

#include <algorithm>

namespace touchstone::minimize {

namespace {

/// A function that declares more than this is left alone.
constexpr std::uint64_t most_locals = 50'000;

bool is_local(Instr const& i)
{
    return info(i.op).immediates == Immediates::Local;
}

std::uint64_t locals_of(Func const& f)
{
    std::uint64_t n = 0;
    for (auto const& group : f.locals)
        n += group.count;
    return n;
}

std::vector<Place> locals(Problem const& p)
{
    std::vector<Place> places;
    for_each_code(p, [&](std::uint32_t piece, std::uint32_t item, CodeView const& code) {
        auto const n = locals_of(*code.func);
        for (std::uint32_t x = n > most_locals ? 0 : static_cast<std::uint32_t>(n); x-- > 0;)
            places.push_back({.piece = piece, .item = item, .at = x});
    });
    return places;
}

/// The groups without one local, counted without the parameters.
std::vector<Locals> without(std::vector<Locals> groups, std::uint32_t local)
{
    for (auto& group : groups) {
        if (local < group.count) {
            --group.count;
            break;
        }
        local -= group.count;
    }
    std::erase_if(groups, [](Locals const& group) { return group.count == 0; });
    return groups;
}

/// Each get is zero, each set a drop, each tee nothing.
bool forget_local(CodeView const& code, Index local, CodeEdit& edit)
{
    for (std::uint32_t i = 0; i < code.instrs().size(); ++i) {
        auto instr = code.instrs()[i];
        if (!is_local(instr) || instr.x < local)
            continue;
        if (instr.x > local) {
            --instr.x;
            edit.replace({i, i + 1}, {instr});
        } else if (!edit.cut({i, i + 1}))
            return false;
    }
    return true;
}

/// Places of several functions at once would need several edits a function: one at a time.
std::optional<Problem> without_local(Problem const& p, std::span<Place const> places)
{
    auto const& place = places.front();
    auto const code = p.pieces[place.piece].source().code(place.item);
    CodeEdit edit{code};
    auto const local = static_cast<Index>(code.type->params.size()) + place.at;
    if (!forget_local(code, local, edit))
        return std::nullopt;
    edit.func().locals = without(code.func->locals, place.at);
    return with_func(p, place, edit.take());
}

/// Each local.get whose local is set in one place before it.
std::vector<Place> gets(Problem const& p)
{
    std::vector<Place> places;
    for_each_code(p, [&](std::uint32_t piece, std::uint32_t item, CodeView const& code) {
        for (std::uint32_t i = 0; i < code.instrs().size(); ++i)
            if (code.instrs()[i].op == Opcode::LocalGet)
                places.push_back({.piece = piece, .item = item, .at = i});
    });
    return places;
}

/// The last place before `at` where this local is set, in whatever block.
std::optional<std::uint32_t> set_before(CodeView const& code, std::uint32_t at)
{
    auto const local = code.instrs()[at].x;
    for (auto i = at; i-- > 0;)
        if (auto const& instr = code.instrs()[i];
            (instr.op == Opcode::LocalSet || instr.op == Opcode::LocalTee) && instr.x == local)
            return i;
    return std::nullopt;
}

/// Moves what is set to where it is read.
std::optional<Problem> with_forwarded(Problem const& p, std::span<Place const> places)
{
    auto const& place = places.front();
    auto const code = p.pieces[place.piece].source().code(place.item);
    auto const set = set_before(code, place.at);
    if (!set || !code.step(*set).reachable || !code.step(place.at).reachable)
        return std::nullopt;
    auto const made = operand_ranges(code, {*set, *set + 1});
    if (!made || made->size() != 1 || made->front().end != *set ||
        !stays_inside(code, made->front()))
        return std::nullopt;
    auto const effect = effect_of(code, made->front());
    if (!effect || !effect->takes.empty() || effect->leaves.size() != 1)
        return std::nullopt;
    auto const value = std::vector<Instr>{
        code.instrs().begin() + made->front().begin, code.instrs().begin() + made->front().end};
    CodeEdit edit{code};
    if (code.instrs()[*set].op == Opcode::LocalSet)
        edit.erase({made->front().begin, *set + 1});
    else
        edit.erase({*set, *set + 1});
    edit.replace({place.at, place.at + 1}, value);
    return with_func(p, place, edit.take());
}

} // namespace

constinit Pass const drop_locals{
    .name = "drop_locals", .many = false, .places = locals, .reduce = without_local};
constinit Pass const forward_locals{
    .name = "forward_locals", .many = false, .places = gets, .reduce = with_forwarded};

} // namespace touchstone::minimize
