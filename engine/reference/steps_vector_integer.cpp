// Integer operations on lanes (exec/instructions.html#vector-instructions): vunop_, vbinop_ and
// vshiftop_ of the integer shapes (exec/numerics.html).

#include "engine/reference/rules_vector.hpp"

namespace touchstone::reference {

namespace {

using i8 = std::uint8_t;
using i16 = std::uint16_t;
using i32 = std::uint32_t;
using i64 = std::uint64_t;

/// Step_pure/vshiftop, vshiftop_ — exec/instructions.html#exec-vshiftop
///   (v128.const c1) (i32.const i) (sh.vshiftop)  ~>  (v128.const c)    if c = vshiftop(c1, i)
template <Integer L, auto f>
Step vshiftop(Machine& z, Instr const&)
{
    auto const i = z.pop<std::uint32_t>();
    z.push(lanewise_shift<L, f>(z.pop(), i));
    return applied(RuleName::Vshiftop);
}

void add_i8x16(RuleTable& rules)
{
    rules[Opcode::I8x16Abs] = vunop<i8, iabs<i8>>;
    rules[Opcode::I8x16Neg] = vunop<i8, ineg<i8>>;
    rules[Opcode::I8x16Popcnt] = vunop<i8, ipopcnt<i8>>;
    rules[Opcode::I8x16Add] = vbinop<i8, iadd<i8>>;
    rules[Opcode::I8x16Sub] = vbinop<i8, isub<i8>>;
    rules[Opcode::I8x16AddSatS] = vbinop<i8, iadd_sat_s<i8>>;
    rules[Opcode::I8x16AddSatU] = vbinop<i8, iadd_sat_u<i8>>;
    rules[Opcode::I8x16SubSatS] = vbinop<i8, isub_sat_s<i8>>;
    rules[Opcode::I8x16SubSatU] = vbinop<i8, isub_sat_u<i8>>;
    rules[Opcode::I8x16AvgrU] = vbinop<i8, iavgr_u<i8>>;
    rules[Opcode::I8x16MinS] = vbinop<i8, imin_s<i8>>;
    rules[Opcode::I8x16MinU] = vbinop<i8, imin_u<i8>>;
    rules[Opcode::I8x16MaxS] = vbinop<i8, imax_s<i8>>;
    rules[Opcode::I8x16MaxU] = vbinop<i8, imax_u<i8>>;
    rules[Opcode::I8x16Shl] = vshiftop<i8, ishl<i8>>;
    rules[Opcode::I8x16ShrS] = vshiftop<i8, ishr_s<i8>>;
    rules[Opcode::I8x16ShrU] = vshiftop<i8, ishr_u<i8>>;
}

void add_i16x8(RuleTable& rules)
{
    rules[Opcode::I16x8Abs] = vunop<i16, iabs<i16>>;
    rules[Opcode::I16x8Neg] = vunop<i16, ineg<i16>>;
    rules[Opcode::I16x8Add] = vbinop<i16, iadd<i16>>;
    rules[Opcode::I16x8Sub] = vbinop<i16, isub<i16>>;
    rules[Opcode::I16x8Mul] = vbinop<i16, imul<i16>>;
    rules[Opcode::I16x8AddSatS] = vbinop<i16, iadd_sat_s<i16>>;
    rules[Opcode::I16x8AddSatU] = vbinop<i16, iadd_sat_u<i16>>;
    rules[Opcode::I16x8SubSatS] = vbinop<i16, isub_sat_s<i16>>;
    rules[Opcode::I16x8SubSatU] = vbinop<i16, isub_sat_u<i16>>;
    rules[Opcode::I16x8AvgrU] = vbinop<i16, iavgr_u<i16>>;
    rules[Opcode::I16x8Q15mulrSatS] = vbinop<i16, iq15mulr_sat_s<i16>>;
    rules[Opcode::I16x8MinS] = vbinop<i16, imin_s<i16>>;
    rules[Opcode::I16x8MinU] = vbinop<i16, imin_u<i16>>;
    rules[Opcode::I16x8MaxS] = vbinop<i16, imax_s<i16>>;
    rules[Opcode::I16x8MaxU] = vbinop<i16, imax_u<i16>>;
    rules[Opcode::I16x8Shl] = vshiftop<i16, ishl<i16>>;
    rules[Opcode::I16x8ShrS] = vshiftop<i16, ishr_s<i16>>;
    rules[Opcode::I16x8ShrU] = vshiftop<i16, ishr_u<i16>>;
}

void add_i32x4(RuleTable& rules)
{
    rules[Opcode::I32x4Abs] = vunop<i32, iabs<i32>>;
    rules[Opcode::I32x4Neg] = vunop<i32, ineg<i32>>;
    rules[Opcode::I32x4Add] = vbinop<i32, iadd<i32>>;
    rules[Opcode::I32x4Sub] = vbinop<i32, isub<i32>>;
    rules[Opcode::I32x4Mul] = vbinop<i32, imul<i32>>;
    rules[Opcode::I32x4MinS] = vbinop<i32, imin_s<i32>>;
    rules[Opcode::I32x4MinU] = vbinop<i32, imin_u<i32>>;
    rules[Opcode::I32x4MaxS] = vbinop<i32, imax_s<i32>>;
    rules[Opcode::I32x4MaxU] = vbinop<i32, imax_u<i32>>;
    rules[Opcode::I32x4Shl] = vshiftop<i32, ishl<i32>>;
    rules[Opcode::I32x4ShrS] = vshiftop<i32, ishr_s<i32>>;
    rules[Opcode::I32x4ShrU] = vshiftop<i32, ishr_u<i32>>;
}

void add_i64x2(RuleTable& rules)
{
    rules[Opcode::I64x2Abs] = vunop<i64, iabs<i64>>;
    rules[Opcode::I64x2Neg] = vunop<i64, ineg<i64>>;
    rules[Opcode::I64x2Add] = vbinop<i64, iadd<i64>>;
    rules[Opcode::I64x2Sub] = vbinop<i64, isub<i64>>;
    rules[Opcode::I64x2Mul] = vbinop<i64, imul<i64>>;
    rules[Opcode::I64x2Shl] = vshiftop<i64, ishl<i64>>;
    rules[Opcode::I64x2ShrS] = vshiftop<i64, ishr_s<i64>>;
    rules[Opcode::I64x2ShrU] = vshiftop<i64, ishr_u<i64>>;
}

} // namespace

void add_vector_integer_rules(RuleTable& rules)
{
    add_i8x16(rules);
    add_i16x8(rules);
    add_i32x4(rules);
    add_i64x2(rules);
}

} // namespace touchstone::reference
