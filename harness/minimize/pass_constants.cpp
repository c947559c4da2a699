// Numbers in code and arguments of calls.

#include "harness/minimize/passes.hpp"
#include "harness/minimize/shrink.hpp"

#include <algorithm>
#include <cstring>

namespace touchstone::minimize {

namespace {

/// Every expression of a module, always in the same order.
template <class M, class F>
void for_each_expr(M& m, F f)
{
    for (auto& func : m.funcs)
        f(func.body);
    for (auto& g : m.globals)
        f(g.init);
    for (auto& e : m.elems)
        f(e.offset);
    for (auto& d : m.datas)
        f(d.offset);
}

constexpr unsigned v128_ways = 5;

unsigned ways_of(Instr const& i)
{
    switch (i.op) {
    case Opcode::I32Const:
    case Opcode::I64Const:
    case Opcode::F32Const:
    case Opcode::F64Const: return i.imm == 0 ? 0 : shrink_ways;
    case Opcode::V128Const: return v128_ways;
    default: return accesses_memory(i.op) && (i.imm != 0 || i.lane != 0) ? shrink_ways : 0;
    }
}

/// `at` counts the instructions of all expressions.
std::vector<Place> constants(Problem const& p)
{
    std::vector<Place> places;
    for (std::uint32_t piece = 0; piece < p.pieces.size(); ++piece) {
        if (!p.pieces[piece].source().decoded())
            continue;
        std::uint32_t item = 0;
        for_each_expr(p.pieces[piece].module(), [&](Expr const& e) {
            for (std::uint32_t i = 0; i < e.instrs.size(); ++i)
                for (std::uint32_t way = 0; way < ways_of(e.instrs[i]); ++way)
                    places.push_back({.piece = piece, .item = item, .at = i, .which = way});
            ++item;
        });
    }
    return places;
}

/// All bytes, either half, or every second byte zero; or every lane of 32 bits like the first.
bool shrink_vector(V128& v, unsigned way)
{
    auto const before = v;
    for (std::size_t i = 0; i < v.bytes.size(); ++i) {
        auto const zero = way == 0 || (way == 1 && i >= 8) || (way == 2 && i < 8) ||
                          (way == 3 && i % 2 == 1) || (way == 4 && i >= 4);
        if (zero)
            v.bytes[i] = 0;
    }
    return v != before;
}

bool shrink(Expr& e, Instr& i, unsigned way)
{
    if (i.op == Opcode::V128Const)
        return shrink_vector(e.vectors[i.x], way);
    if (accesses_memory(i.op) && i.lane != 0 && way == 0) {
        i.lane = 0;
        return true;
    }
    auto const is_wide = i.op != Opcode::I32Const && i.op != Opcode::F32Const;
    auto const width = is_wide ? 64U : 32U;
    auto const is_float = i.op == Opcode::F32Const || i.op == Opcode::F64Const;
    auto const now = is_float ? shrunk_float(i.imm, width, way) : shrunk_integer(i.imm, width, way);
    if (!now || (accesses_memory(i.op) && *now > i.imm))
        return false;
    i.imm = *now;
    return true;
}

std::optional<Problem> with_smaller_constant(Problem const& p, std::span<Place const> places)
{
    auto const& place = places.front();
    auto smaller = p;
    std::uint32_t item = 0;
    bool changed = false;
    for_each_expr(smaller.pieces[place.piece].edit(), [&](Expr& e) {
        if (item++ == place.item)
            changed = shrink(e, e.instrs[place.at], place.which);
    });
    return changed ? std::optional{std::move(smaller)} : std::nullopt;
}

std::vector<Place> arguments(Problem const& p)
{
    std::vector<Place> places;
    for (std::uint32_t c = 0; c < p.calls.size(); ++c)
        for (std::uint32_t a = 0; a < p.calls[c].args.size(); ++a)
            for (std::uint32_t way = 0; way < shrink_ways; ++way)
                places.push_back({.item = c, .at = a, .which = way});
    return places;
}

std::optional<Value> shrunk(Value v, unsigned way)
{
    switch (v.kind) {
    case ValType::Kind::Bot:
    case ValType::Kind::Ref: return std::nullopt;
    case ValType::Kind::V128:
    {
        V128 bytes;
        std::memcpy(bytes.bytes.data(), &v.lo, 8);
        std::memcpy(bytes.bytes.data() + 8, &v.hi, 8);
        if (way >= v128_ways || !shrink_vector(bytes, way))
            return std::nullopt;
        std::memcpy(&v.lo, bytes.bytes.data(), 8);
        std::memcpy(&v.hi, bytes.bytes.data() + 8, 8);
        return v;
    }
    default: break;
    }
    auto const width = v.kind == ValType::Kind::I32 || v.kind == ValType::Kind::F32 ? 32U : 64U;
    auto const is_float = v.kind == ValType::Kind::F32 || v.kind == ValType::Kind::F64;
    auto const now = is_float ? shrunk_float(v.lo, width, way) : shrunk_integer(v.lo, width, way);
    if (!now)
        return std::nullopt;
    v.lo = *now;
    return v;
}

std::optional<Problem> with_smaller_argument(Problem const& p, std::span<Place const> places)
{
    auto const& place = places.front();
    auto const now = shrunk(p.calls[place.item].args[place.at], place.which);
    if (!now)
        return std::nullopt;
    auto smaller = p;
    smaller.calls[place.item].args[place.at] = *now;
    return smaller;
}

} // namespace

constinit Pass const shrink_constants{.name = "shrink_constants",
    .many = false,
    .places = constants,
    .reduce = with_smaller_constant};
constinit Pass const shrink_arguments{.name = "shrink_arguments",
    .many = false,
    .places = arguments,
    .reduce = with_smaller_argument};

} // namespace touchstone::minimize
