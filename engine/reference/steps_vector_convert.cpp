// Conversions of lanes (exec/instructions.html#exec-vcvtop, #exec-vnarrow): vcvtop__ and
// vnarrowop__ (exec/numerics.html).

#include "engine/reference/rules_vector.hpp"

namespace touchstone::reference {

namespace {

using i8 = std::uint8_t;
using i16 = std::uint16_t;
using i32 = std::uint32_t;
using i64 = std::uint64_t;

void add_narrowing(RuleTable& rules)
{
    rules[Opcode::I8x16NarrowI16x8S] = vnarrow_by<vnarrow<i16, i8, narrow_s<i8, i16>>>;
    rules[Opcode::I8x16NarrowI16x8U] = vnarrow_by<vnarrow<i16, i8, narrow_u<i8, i16>>>;
    rules[Opcode::I16x8NarrowI32x4S] = vnarrow_by<vnarrow<i32, i16, narrow_s<i16, i32>>>;
    rules[Opcode::I16x8NarrowI32x4U] = vnarrow_by<vnarrow<i32, i16, narrow_u<i16, i32>>>;
}

void add_extension(RuleTable& rules)
{
    rules[Opcode::I16x8ExtendLowI8x16S] = vcvtop<vcvt<i8, i16, extend_s<i16, i8>, Half::Low>>;
    rules[Opcode::I16x8ExtendLowI8x16U] = vcvtop<vcvt<i8, i16, extend_u<i16, i8>, Half::Low>>;
    rules[Opcode::I16x8ExtendHighI8x16S] = vcvtop<vcvt<i8, i16, extend_s<i16, i8>, Half::High>>;
    rules[Opcode::I16x8ExtendHighI8x16U] = vcvtop<vcvt<i8, i16, extend_u<i16, i8>, Half::High>>;
    rules[Opcode::I32x4ExtendLowI16x8S] = vcvtop<vcvt<i16, i32, extend_s<i32, i16>, Half::Low>>;
    rules[Opcode::I32x4ExtendLowI16x8U] = vcvtop<vcvt<i16, i32, extend_u<i32, i16>, Half::Low>>;
    rules[Opcode::I32x4ExtendHighI16x8S] = vcvtop<vcvt<i16, i32, extend_s<i32, i16>, Half::High>>;
    rules[Opcode::I32x4ExtendHighI16x8U] = vcvtop<vcvt<i16, i32, extend_u<i32, i16>, Half::High>>;
    rules[Opcode::I64x2ExtendLowI32x4S] = vcvtop<vcvt<i32, i64, extend_s<i64, i32>, Half::Low>>;
    rules[Opcode::I64x2ExtendLowI32x4U] = vcvtop<vcvt<i32, i64, extend_u<i64, i32>, Half::Low>>;
    rules[Opcode::I64x2ExtendHighI32x4S] = vcvtop<vcvt<i32, i64, extend_s<i64, i32>, Half::High>>;
    rules[Opcode::I64x2ExtendHighI32x4U] = vcvtop<vcvt<i32, i64, extend_u<i64, i32>, Half::High>>;
}

void add_float(RuleTable& rules)
{
    rules[Opcode::I32x4TruncSatF32x4S] = vcvtop<vcvt<F32, i32, trunc_sat_s<i32, F32>>>;
    rules[Opcode::I32x4TruncSatF32x4U] = vcvtop<vcvt<F32, i32, trunc_sat_u<i32, F32>>>;
    rules[Opcode::I32x4TruncSatF64x2SZero] = vcvtop<vcvt<F64, i32, trunc_sat_s<i32, F64>>>;
    rules[Opcode::I32x4TruncSatF64x2UZero] = vcvtop<vcvt<F64, i32, trunc_sat_u<i32, F64>>>;
    rules[Opcode::F32x4ConvertI32x4S] = vcvtop<vcvt<i32, F32, convert_s<F32, i32>>>;
    rules[Opcode::F32x4ConvertI32x4U] = vcvtop<vcvt<i32, F32, convert_u<F32, i32>>>;
    rules[Opcode::F64x2ConvertLowI32x4S] = vcvtop<vcvt<i32, F64, convert_s<F64, i32>>>;
    rules[Opcode::F64x2ConvertLowI32x4U] = vcvtop<vcvt<i32, F64, convert_u<F64, i32>>>;
    rules[Opcode::F32x4DemoteF64x2Zero] = choosing_vcvtop<F32, vcvt<F64, F32, demote>>;
    rules[Opcode::F64x2PromoteLowF32x4] = choosing_vcvtop<F64, vcvt<F32, F64, promote>>;
}

} // namespace

void add_vector_convert_rules(RuleTable& rules)
{
    add_narrowing(rules);
    add_extension(rules);
    add_float(rules);
}

} // namespace touchstone::reference
