// Relaxed vector instructions (exec/numerics.html#relaxed-ops).

#include "engine/reference/rules_vector.hpp"

namespace touchstone::reference {

namespace {

using i8 = std::uint8_t;
using i16 = std::uint16_t;
using i32 = std::uint32_t;
using i64 = std::uint64_t;

/// What came of a relaxed operation; F: its lanes, if they are floats whose NaNs nans_N chooses.
template <class F>
Step push_relaxed(Machine& z, Relaxed<Val> const& r, RuleName rule)
{
    if (r.differs)
        z.chose_relaxed();
    if constexpr (Float<F>)
        push_chosen<F>(z, r.value);
    else
        z.push(r.value);
    return applied(rule);
}

/// Step_pure/vcvtop — exec/instructions.html#exec-vcvtop
template <LaneType From, LaneType To, auto f>
Step relaxed_unary(Machine& z, Instr const&)
{
    return push_relaxed<To>(z, relaxed_lanewise<From, To, f>(z.pop()), RuleName::Vcvtop);
}

/// Step_pure/vbinop-val — exec/instructions.html#exec-vbinop
template <LaneType L, auto f>
Step relaxed_binary(Machine& z, Instr const&)
{
    auto const c2 = z.pop();
    auto const c1 = z.pop();
    return push_relaxed<L>(z, relaxed_lanewise<L, L, f>(c1, c2), RuleName::VbinopVal);
}

/// Step_pure/vternop-val, vternop_ — exec/instructions.html#exec-vternop
///   (v128.const c1) (v128.const c2) (v128.const c3) (sh.vternop)  ~>  (v128.const c)
///     if c in vternop(c1, c2, c3)
template <LaneType L, auto f>
Step relaxed_ternary(Machine& z, Instr const&)
{
    auto const c3 = z.pop();
    auto const c2 = z.pop();
    auto const c1 = z.pop();
    return push_relaxed<L>(z, relaxed_lanewise<L, L, f>(c1, c2, c3), RuleName::VternopVal);
}

/// Step_pure/vswizzlop, Step_pure/vextbinop — exec/instructions.html#exec-vswizzlop,
/// #exec-vextbinop
template <auto op, RuleName rule>
Step relaxed_vectors(Machine& z, Instr const&)
{
    auto const c2 = z.pop();
    auto const c1 = z.pop();
    return push_relaxed<Val>(z, op(c1, c2), rule);
}

/// Step_pure/vextternop — exec/instructions.html#exec-vextternop
///   (v128.const c1) (v128.const c2) (v128.const c3) (vextternop)  ~>  (v128.const c)
///     if vextternop(c1, c2, c3) = c
Step relaxed_dot_add_step(Machine& z, Instr const&)
{
    auto const c3 = z.pop();
    auto const c2 = z.pop();
    auto const c1 = z.pop();
    return push_relaxed<Val>(z, relaxed_dot_add(c1, c2, c3), RuleName::Vextternop);
}

void add_float(RuleTable& rules)
{
    rules[Opcode::I32x4RelaxedTruncF32x4S] = relaxed_unary<F32, i32, relaxed_trunc_s<i32, F32>>;
    rules[Opcode::I32x4RelaxedTruncF32x4U] = relaxed_unary<F32, i32, relaxed_trunc_u<i32, F32>>;
    rules[Opcode::I32x4RelaxedTruncF64x2SZero] = relaxed_unary<F64, i32, relaxed_trunc_s<i32, F64>>;
    rules[Opcode::I32x4RelaxedTruncF64x2UZero] = relaxed_unary<F64, i32, relaxed_trunc_u<i32, F64>>;
    rules[Opcode::F32x4RelaxedMadd] = relaxed_ternary<F32, frelaxed_madd<F32>>;
    rules[Opcode::F32x4RelaxedNmadd] = relaxed_ternary<F32, frelaxed_nmadd<F32>>;
    rules[Opcode::F32x4RelaxedMin] = relaxed_binary<F32, frelaxed_min<F32>>;
    rules[Opcode::F32x4RelaxedMax] = relaxed_binary<F32, frelaxed_max<F32>>;
    rules[Opcode::F64x2RelaxedMadd] = relaxed_ternary<F64, frelaxed_madd<F64>>;
    rules[Opcode::F64x2RelaxedNmadd] = relaxed_ternary<F64, frelaxed_nmadd<F64>>;
    rules[Opcode::F64x2RelaxedMin] = relaxed_binary<F64, frelaxed_min<F64>>;
    rules[Opcode::F64x2RelaxedMax] = relaxed_binary<F64, frelaxed_max<F64>>;
}

void add_integer(RuleTable& rules)
{
    rules[Opcode::I8x16RelaxedLaneselect] = relaxed_ternary<i8, irelaxed_laneselect<i8>>;
    rules[Opcode::I16x8RelaxedLaneselect] = relaxed_ternary<i16, irelaxed_laneselect<i16>>;
    rules[Opcode::I32x4RelaxedLaneselect] = relaxed_ternary<i32, irelaxed_laneselect<i32>>;
    rules[Opcode::I64x2RelaxedLaneselect] = relaxed_ternary<i64, irelaxed_laneselect<i64>>;
    rules[Opcode::I16x8RelaxedQ15mulrS] = relaxed_binary<i16, irelaxed_q15mulr_s<i16>>;
    rules[Opcode::I8x16RelaxedSwizzle] = relaxed_vectors<ivrelaxed_swizzle, RuleName::Vswizzlop>;
    rules[Opcode::I16x8RelaxedDotI8x16I7x16S] = relaxed_vectors<relaxed_dot, RuleName::Vextbinop>;
    rules[Opcode::I32x4RelaxedDotI8x16I7x16AddS] = relaxed_dot_add_step;
}

} // namespace

void add_relaxed_vector_rules(RuleTable& rules)
{
    add_float(rules);
    add_integer(rules);
}

} // namespace touchstone::reference
