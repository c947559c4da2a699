#include "generators/transform.hpp"

#include "generators/operations.hpp"
#include "generators/scratch.hpp"
#include "generators/vectors.hpp"

namespace touchstone::generators {

namespace {

/// Does the instruction compute a float whose NaN bits are the engine's choice
/// (exec/numerics.html#aux-nans)? Moving and changing bits is no computing.
constexpr bool makes_nan(OpInfo const& row)
{
    if (!is_numeric(row))
        return false;
    auto const is_float = [](OpOperand o) { return o == OpOperand::F32 || o == OpOperand::F64; };
    auto const v = verb(row);
    return is_float(row.type.results()[0]) && is_float(row.type.params()[0]) && v != "abs" &&
           v != "neg" && v != "copysign";
}

constexpr auto makes_nan_by_row = [] consteval {
    std::array<bool, op_table.size()> makes{};
    for (std::size_t i = 0; i < op_table.size(); ++i)
        makes[i] = makes_nan(op_table[i]) || makes_nan_lanes(op_table[i]);
    return makes;
}();

/// tee x; canonical NaN; x = x; select
void canonicalise(std::vector<Instr>& out, ValType::Kind number, Index scratch)
{
    auto const is_f32 = number == ValType::Kind::F32;
    out.push_back({.op = Opcode::LocalTee, .x = scratch});
    out.push_back({.op = is_f32 ? Opcode::F32Const : Opcode::F64Const,
        .imm = is_f32 ? 0x7FC0'0000U : 0x7FF8'0000'0000'0000U});
    out.push_back({.op = Opcode::LocalGet, .x = scratch});
    out.push_back({.op = Opcode::LocalGet, .x = scratch});
    out.push_back({.op = is_f32 ? Opcode::F32Eq : Opcode::F64Eq});
    out.push_back({.op = Opcode::Select});
}

/// tee x; canonical NaNs; lanes of x that equal themselves; bitselect
void canonicalise_lanes(Expr& pools, std::vector<Instr>& out, bool is_f32, Index scratch)
{
    constexpr std::uint64_t nan32 = 0x7FC0'0000'7FC0'0000U;
    constexpr std::uint64_t nan64 = 0x7FF8'0000'0000'0000U;
    auto const nan = is_f32 ? nan32 : nan64;
    out.push_back({.op = Opcode::LocalTee, .x = scratch});
    out.push_back({.op = Opcode::V128Const, .x = static_cast<Index>(pools.vectors.size())});
    pools.vectors.push_back(vector_bytes({.kind = ValType::Kind::V128, .lo = nan, .hi = nan}));
    out.push_back({.op = Opcode::LocalGet, .x = scratch});
    out.push_back({.op = Opcode::LocalGet, .x = scratch});
    out.push_back({.op = is_f32 ? Opcode::F32x4Eq : Opcode::F64x2Eq});
    out.push_back({.op = Opcode::V128Bitselect});
}

} // namespace

Module canonicalise_nans(Module m)
{
    for (auto& f : m.funcs) {
        Scratch scratch{m, f};
        if (!scratch.has_room())
            continue; // no engine runs such a function
        std::vector<Instr> out;
        out.reserve(f.body.instrs.size());
        for (auto const& i : f.body.instrs) {
            out.push_back(i);
            if (!makes_nan_by_row[static_cast<std::size_t>(i.op)])
                continue;
            auto const number = number_kind(info(i.op).type.results()[0]);
            if (number == ValType::Kind::V128)
                canonicalise_lanes(
                    f.body, out, info(i.op).text.starts_with("f32"), scratch.of(number));
            else
                canonicalise(out, number, scratch.of(number));
        }
        f.body.instrs = std::move(out);
    }
    return m;
}

} // namespace touchstone::generators
