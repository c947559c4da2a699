// Instructions whose type stands in the table: valid/instructions.html#numeric-instructions,
// #vector-instructions, #memory-instructions

#include "engine/validation/code.hpp"

#include <array>

namespace touchstone {

// An operand of the table is a kind of value type with the same number.
static_assert(static_cast<int>(OpOperand::I32) == static_cast<int>(ValType::Kind::I32));
static_assert(static_cast<int>(OpOperand::V128) == static_cast<int>(ValType::Kind::V128));

static ValType::Kind kind_of(OpOperand o, AddrType at)
{
    if (o == OpOperand::Addr)
        return at == AddrType::I64 ? ValType::Kind::I64 : ValType::Kind::I32;
    return static_cast<ValType::Kind>(o);
}

/// A row's type cell in nine bytes.
struct Shape
{
    std::uint8_t params = 0;
    bool has_result = false;
    bool has_conditions = false; ///< on its immediates
    bool is_wide = false;        ///< more results than this keeps
    std::array<OpOperand, 4> param{};
    OpOperand result{};
};

static constexpr auto shapes = [] consteval {
    std::array<Shape, op_table.size()> all{};
    for (std::size_t k = 0; k < op_table.size(); ++k) {
        auto const& row = op_table[k];
        if (row.type.own_rule())
            continue;
        auto& s = all[k];
        s.params = static_cast<std::uint8_t>(row.type.params().size());
        for (std::size_t p = 0; p < s.params; ++p)
            s.param.at(p) = row.type.params()[p];
        s.is_wide = row.type.results().size() > 1;
        s.has_result = !row.type.results().empty();
        if (s.has_result)
            s.result = row.type.results()[0];
        switch (row.immediates) {
        case Immediates::None:
        case Immediates::Zero:
        case Immediates::I32:
        case Immediates::I64:
        case Immediates::F32:
        case Immediates::F64:
        case Immediates::V128: break;
        default: s.has_conditions = true; break;
        }
    }
    return all;
}();

/// How many lanes a row's shape has: "i16x8.replace_lane" has 8.
static consteval std::uint8_t lanes_of(std::string_view text)
{
    unsigned n = 0;
    for (auto k = text.find('x') + 1; text[k] != '.'; ++k)
        n = n * 10 + static_cast<unsigned>(text[k] - '0');
    return static_cast<std::uint8_t>(n);
}

static constexpr auto lane_counts = [] consteval {
    std::array<std::uint8_t, op_table.size()> counts{};
    for (std::size_t k = 0; k < op_table.size(); ++k)
        if (op_table[k].immediates == Immediates::Lane)
            counts[k] = lanes_of(op_table[k].text);
    return counts;
}();

/// Instr_ok/nop, Instr_ok/const, Instr_ok/unop, Instr_ok/binop, Instr_ok/testop, Instr_ok/relop,
/// Instr_ok/cvtop, Instr_ok/vconst, Instr_ok/vvunop, Instr_ok/vvbinop, Instr_ok/vvternop,
/// Instr_ok/vvtestop, Instr_ok/vunop, Instr_ok/vbinop, Instr_ok/vternop, Instr_ok/vtestop,
/// Instr_ok/vrelop, Instr_ok/vshiftop, Instr_ok/vbitmask, Instr_ok/vswizzlop, Instr_ok/vsplat,
/// Instr_ok/vextunop, Instr_ok/vextbinop, Instr_ok/vextternop, Instr_ok/vnarrow, Instr_ok/vcvtop
///   C |- instr : t_1* -> t_2*    as the table has it
/// Instr_ok/vextract_lane, Instr_ok/vreplace_lane — valid/instructions.html#valid-vextract_lane
///   -- if i < $dim(sh)
/// Instr_ok/vload_lane, Instr_ok/vstore_lane — valid/instructions.html#valid-vload_lane
///   -- if i < 128/N
/// Instr_ok/vshuffle — valid/instructions.html#valid-vshuffle
///   -- (if i < 2*$dim(sh))*
/// Instr_ok/memory.size, Instr_ok/memory.grow, Instr_ok/memory.fill, Instr_ok/memory.init
/// — valid/instructions.html#valid-memory.size
///   -- if C.MEMS[x] = at lim PAGE
/// Instr_ok/memory.init, Instr_ok/data.drop — valid/instructions.html#valid-data.drop
///   -- if C.DATAS[y] = OK
/// Instr_ok/elem.drop — valid/instructions.html#valid-elem.drop
///   -- if C.ELEMS[x] = rt
/// wide-arithmetic, Overview.md: i64.add128 and i64.sub128 : i64 i64 i64 i64 -> i64 i64,
///   i64.mul_wide_s and i64.mul_wide_u : i64 i64 -> i64 i64
/// threads, valid/instructions.html#atomic-memory-instructions: as the table has it
void CodeValidator::simple(Instr const& i)
{
    auto const& s = shapes[static_cast<std::size_t>(i.op)];
    auto const at = s.has_conditions ? immediates_ok(i) : AddrType::I32;
    if (operands_.held() < s.params || s.is_wide) [[unlikely]]
        return apply_slowly(info(i.op).type, at);
    auto const have = operands_.last(s.params);
    for (std::size_t k = 0; k < s.params; ++k)
        if (have[k].kind != kind_of(s.param[k], at)) [[unlikely]]
            return apply_slowly(info(i.op).type, at);
    if (!s.has_result)
        operands_.drop(s.params);
    else if (s.params == 0)
        operands_.push({kind_of(s.result, at)});
    else
        operands_.replace(s.params, {kind_of(s.result, at)});
}

/// The conditions on immediates, and the address type of the memory that they name.
AddrType CodeValidator::immediates_ok(Instr const& i) const
{
    switch (info(i.op).immediates) {
    case Immediates::Memarg: return memarg(i);
    case Immediates::MemargLane:
    {
        auto const at = memarg(i);
        require(i.lane < 128 / access_bits(i.op), "invalid lane index");
        return at;
    }
    case Immediates::Memory: return c_.memory(i.x).limits.addr;
    case Immediates::DataMemory:
    {
        auto const at = c_.memory(i.y).limits.addr;
        c_.data(i.x);
        return at;
    }
    case Immediates::Lane:
        require(i.lane < lane_counts[static_cast<std::size_t>(i.op)], "invalid lane index");
        break;
    case Immediates::Lanes16:
        for (auto const lane : expr_->vectors[i.x].bytes)
            require(lane < 32, "invalid lane index");
        break;
    case Immediates::Data: c_.data(i.x); break;
    case Immediates::Elem: static_cast<void>(c_.elem(i.x)); break;
    default: violate_limit(std::string{info(i.op).text} + " has no rule for its immediates");
    }
    return AddrType::I32;
}

/// In unreachable code, where the operands do not match, and of more than one result.
void CodeValidator::apply_slowly(OpType const& t, AddrType at)
{
    std::array<ValType, 4> types{};
    auto const params = t.params();
    for (std::size_t k = 0; k < params.size(); ++k)
        types[k] = {kind_of(params[k], at)};
    pop(std::span{types}.first(params.size()));
    for (auto const r : t.results())
        push({kind_of(r, at)});
}

} // namespace touchstone
