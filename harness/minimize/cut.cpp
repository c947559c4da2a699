#include "harness/minimize/cut.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <tuple>

namespace touchstone::minimize {

namespace {

bool closes(Opcode op)
{
    return op == Opcode::Else || op == Opcode::End;
}

bool opens(CodeView const& code, std::uint32_t at)
{
    auto const partner = code.nesting->partner[at];
    return partner != Nesting::none && partner > at;
}

/// The instruction before `at` in the same block, a block counting as one; absent at its start.
std::optional<std::uint32_t> previous(CodeView const& code, std::uint32_t at)
{
    if (at == 0)
        return std::nullopt;
    auto const before = at - 1;
    if (code.instrs()[before].op == Opcode::End)
        return code.nesting->partner[before];
    if (opens(code, before) || code.instrs()[before].op == Opcode::Else)
        return std::nullopt;
    return before;
}

std::uint32_t floor_of(CodeView const& code, Range r)
{
    auto const steps = std::span{code.trace->steps}.subspan(r.begin, r.size());
    return std::ranges::min_element(steps, {}, &FuncTrace::Step::floor)->floor;
}

void push_drops(std::vector<Instr>& out, std::size_t n)
{
    out.insert(out.end(), n, Instr{.op = Opcode::Drop});
}

bool push_null(std::vector<Instr>& out, ValType type)
{
    if (type.heap == HeapType{AbsHeapType::Bot})
        return false;
    if (type.nullable) {
        Instr null{.op = Opcode::RefNull};
        null.set_heap_type(type.heap);
        out.push_back(null);
        return true;
    }
    if (type.heap != HeapType{AbsHeapType::I31} && type.heap != HeapType{AbsHeapType::Eq} &&
        type.heap != HeapType{AbsHeapType::Any})
        return false;
    out.push_back({.op = Opcode::I32Const});
    out.push_back({.op = Opcode::RefI31});
    return true;
}

using Bits = std::span<std::uint64_t const>;

constexpr std::array<std::uint64_t, 4> i32_bits{0, 1, 0xFFFF'FFFF, 0x8000'0000};
constexpr std::array<std::uint64_t, 4> i64_bits{0, 1, 0xFFFF'FFFF'FFFF'FFFF, 0x8000'0000'0000'0000};
constexpr std::array<std::uint64_t, 4> f32_bits{0, 0x3F80'0000, 0x7FC0'0000, 0x8000'0000};
constexpr std::array<std::uint64_t, 4> f64_bits{
    0, 0x3FF0'0000'0000'0000, 0x7FF8'0000'0000'0000, 0x8000'0000'0000'0000};

Bits bits_of(ValType::Kind k)
{
    switch (k) {
    case ValType::Kind::I32: return i32_bits;
    case ValType::Kind::I64: return i64_bits;
    case ValType::Kind::F32: return f32_bits;
    case ValType::Kind::F64: return f64_bits;
    default: return {};
    }
}

Opcode const_of(ValType::Kind k)
{
    switch (k) {
    case ValType::Kind::I64: return Opcode::I64Const;
    case ValType::Kind::F32: return Opcode::F32Const;
    case ValType::Kind::F64: return Opcode::F64Const;
    default: return Opcode::I32Const;
    }
}

} // namespace

Range whole(CodeView const& code, std::uint32_t from, std::uint32_t n)
{
    auto const& instrs = code.instrs();
    auto at = from;
    while (at < instrs.size() && at < from + n && !closes(instrs[at].op))
        at = opens(code, at) ? code.nesting->partner[at] + 1 : at + 1;
    return {from, at};
}

Range unit_at(CodeView const& code, std::uint32_t at)
{
    auto const partner = code.nesting->partner[at];
    if (partner == Nesting::none)
        return {at, at + 1};
    return {std::min(at, partner), std::max(at, partner) + 1};
}

std::vector<ValType> operands_before(CodeView const& code, std::uint32_t at, std::uint32_t down_to)
{
    std::vector<ValType> types;
    auto top = code.step(at).top;
    for (auto height = code.step(at).height; height > down_to; --height) {
        types.push_back(code.trace->operands[top].type);
        top = code.trace->operands[top].below;
    }
    std::ranges::reverse(types);
    return types;
}

std::vector<ValType> results_around(CodeView const& code, std::uint32_t at)
{
    auto const block = code.nesting->around[at];
    if (block == Nesting::none)
        return code.type->results;
    auto const end = code.nesting->partner[block];
    return operands_before(code, end + 1, code.step(end).floor);
}

std::optional<Effect> effect_of(CodeView const& code, Range r)
{
    if (r.empty() || !code.step(r.begin).reachable)
        return std::nullopt;
    auto const floor = floor_of(code, r);
    Effect e{.takes = operands_before(code, r.begin, floor), .leaves = {}};
    if (code.step(r.end).reachable)
        e.leaves = operands_before(code, r.end, floor);
    else if (closes(code.instrs()[r.end].op)) {
        e.ends = true;
        e.leaves = results_around(code, r.begin);
    } else
        return std::nullopt;
    return e;
}

std::optional<std::vector<Range>> operand_ranges(CodeView const& code, Range unit)
{
    auto const floor = floor_of(code, unit);
    auto wanted = code.step(unit.begin).height - floor;
    std::vector<Range> ranges;
    auto end = unit.begin;
    std::optional at{unit.begin};
    while (wanted > 0) {
        at = previous(code, *at);
        if (!at)
            return std::nullopt;
        auto const height = code.step(*at).height;
        if (height >= floor + wanted)
            continue;
        if (height + 1 != floor + wanted)
            return std::nullopt; // one instruction made several of them
        if (floor_of(code, {*at, end}) < height)
            return std::nullopt; // it also uses what was there before
        ranges.push_back({*at, end});
        end = *at;
        --wanted;
    }
    std::ranges::reverse(ranges);
    return ranges;
}

unsigned constants_of(ValType type)
{
    return std::max(1U, static_cast<unsigned>(bits_of(type.kind).size()));
}

bool push_constant(Expr& pools, std::vector<Instr>& out, ValType type, unsigned n)
{
    switch (type.kind) {
    case ValType::Kind::Bot: return false;
    case ValType::Kind::Ref: return n == 0 && push_null(out, type);
    case ValType::Kind::V128:
        out.push_back({.op = Opcode::V128Const, .x = static_cast<Index>(pools.vectors.size())});
        pools.vectors.emplace_back();
        return n == 0;
    default: out.push_back({.op = const_of(type.kind), .imm = bits_of(type.kind)[n]}); return true;
    }
}

std::optional<std::vector<Instr>> stand_in(Expr& pools, Effect const& effect)
{
    auto const same = static_cast<std::size_t>(
        std::ranges::mismatch(effect.takes, effect.leaves).in1 - effect.takes.begin());
    std::vector<Instr> out;
    push_drops(out, effect.takes.size() - same);
    for (auto const t : std::span{effect.leaves}.subspan(same))
        if (!push_constant(pools, out, t))
            return std::nullopt;
    return out;
}

bool CodeEdit::cut(Range r)
{
    auto const effect = effect_of(code_, r);
    if (!effect)
        return false;
    auto with = stand_in(pools(), *effect);
    if (!with)
        return false;
    replace(r, *std::move(with));
    return true;
}

Func CodeEdit::take()
{
    // the outermost first, and of two changes of the same range the one that leaves less
    std::ranges::sort(changes_, {},
        [](Change const& c) { return std::tuple{c.range.begin, ~c.range.end, c.with.size()}; });
    std::vector<Instr> out;
    std::uint32_t done = 0;
    auto const& in = code_.instrs();
    for (auto const& c : changes_) {
        if (c.range.begin < done)
            continue;
        out.insert(out.end(), in.begin() + done, in.begin() + c.range.begin);
        out.insert(out.end(), c.with.begin(), c.with.end());
        done = c.range.end;
    }
    out.insert(out.end(), in.begin() + done, in.end());
    func_.body.instrs = std::move(out);
    return std::move(func_);
}

} // namespace touchstone::minimize
