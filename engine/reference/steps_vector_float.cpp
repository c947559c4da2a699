// Floating-point operations on lanes (exec/instructions.html#vector-instructions): vunop_ and
// vbinop_ of f32x4 and f64x2 (exec/numerics.html).

#include "engine/reference/rules_vector.hpp"

namespace touchstone::reference {

namespace {

void add_f32x4(RuleTable& rules)
{
    rules[Opcode::F32x4Abs] = vunop<F32, fabs<F32>>;
    rules[Opcode::F32x4Neg] = vunop<F32, fneg<F32>>;
    rules[Opcode::F32x4Sqrt] = choosing_vunop<F32, fsqrt<F32>>;
    rules[Opcode::F32x4Ceil] = choosing_vunop<F32, fceil<F32>>;
    rules[Opcode::F32x4Floor] = choosing_vunop<F32, ffloor<F32>>;
    rules[Opcode::F32x4Trunc] = choosing_vunop<F32, ftrunc<F32>>;
    rules[Opcode::F32x4Nearest] = choosing_vunop<F32, fnearest<F32>>;
    rules[Opcode::F32x4Add] = choosing_vbinop<F32, fadd<F32>>;
    rules[Opcode::F32x4Sub] = choosing_vbinop<F32, fsub<F32>>;
    rules[Opcode::F32x4Mul] = choosing_vbinop<F32, fmul<F32>>;
    rules[Opcode::F32x4Div] = choosing_vbinop<F32, fdiv<F32>>;
    rules[Opcode::F32x4Min] = choosing_vbinop<F32, fmin<F32>>;
    rules[Opcode::F32x4Max] = choosing_vbinop<F32, fmax<F32>>;
    rules[Opcode::F32x4Pmin] = vbinop<F32, fpmin<F32>>;
    rules[Opcode::F32x4Pmax] = vbinop<F32, fpmax<F32>>;
}

void add_f64x2(RuleTable& rules)
{
    rules[Opcode::F64x2Abs] = vunop<F64, fabs<F64>>;
    rules[Opcode::F64x2Neg] = vunop<F64, fneg<F64>>;
    rules[Opcode::F64x2Sqrt] = choosing_vunop<F64, fsqrt<F64>>;
    rules[Opcode::F64x2Ceil] = choosing_vunop<F64, fceil<F64>>;
    rules[Opcode::F64x2Floor] = choosing_vunop<F64, ffloor<F64>>;
    rules[Opcode::F64x2Trunc] = choosing_vunop<F64, ftrunc<F64>>;
    rules[Opcode::F64x2Nearest] = choosing_vunop<F64, fnearest<F64>>;
    rules[Opcode::F64x2Add] = choosing_vbinop<F64, fadd<F64>>;
    rules[Opcode::F64x2Sub] = choosing_vbinop<F64, fsub<F64>>;
    rules[Opcode::F64x2Mul] = choosing_vbinop<F64, fmul<F64>>;
    rules[Opcode::F64x2Div] = choosing_vbinop<F64, fdiv<F64>>;
    rules[Opcode::F64x2Min] = choosing_vbinop<F64, fmin<F64>>;
    rules[Opcode::F64x2Max] = choosing_vbinop<F64, fmax<F64>>;
    rules[Opcode::F64x2Pmin] = vbinop<F64, fpmin<F64>>;
    rules[Opcode::F64x2Pmax] = vbinop<F64, fpmax<F64>>;
}

} // namespace

void add_vector_float_rules(RuleTable& rules)
{
    add_f32x4(rules);
    add_f64x2(rules);
}

} // namespace touchstone::reference
