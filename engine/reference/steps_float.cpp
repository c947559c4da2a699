// Floating-point instructions (exec/instructions.html#numeric-instructions): unop_, binop_ and
// relop_ of f32 and f64 (exec/numerics.html).

#include "engine/reference/numerics_float.hpp"
#include "engine/reference/rules_numeric.hpp"

namespace touchstone::reference {

namespace {

void add_f32(RuleTable& rules)
{
    rules[Opcode::F32Eq] = relop<F32, feq<F32>>;
    rules[Opcode::F32Ne] = relop<F32, fne<F32>>;
    rules[Opcode::F32Lt] = relop<F32, flt<F32>>;
    rules[Opcode::F32Gt] = relop<F32, fgt<F32>>;
    rules[Opcode::F32Le] = relop<F32, fle<F32>>;
    rules[Opcode::F32Ge] = relop<F32, fge<F32>>;
    rules[Opcode::F32Abs] = unop<F32, fabs<F32>>;
    rules[Opcode::F32Neg] = unop<F32, fneg<F32>>;
    rules[Opcode::F32Ceil] = choosing_unop<F32, fceil<F32>>;
    rules[Opcode::F32Floor] = choosing_unop<F32, ffloor<F32>>;
    rules[Opcode::F32Trunc] = choosing_unop<F32, ftrunc<F32>>;
    rules[Opcode::F32Nearest] = choosing_unop<F32, fnearest<F32>>;
    rules[Opcode::F32Sqrt] = choosing_unop<F32, fsqrt<F32>>;
    rules[Opcode::F32Add] = choosing_binop<F32, fadd<F32>>;
    rules[Opcode::F32Sub] = choosing_binop<F32, fsub<F32>>;
    rules[Opcode::F32Mul] = choosing_binop<F32, fmul<F32>>;
    rules[Opcode::F32Div] = choosing_binop<F32, fdiv<F32>>;
    rules[Opcode::F32Min] = choosing_binop<F32, fmin<F32>>;
    rules[Opcode::F32Max] = choosing_binop<F32, fmax<F32>>;
    rules[Opcode::F32Copysign] = binop<F32, fcopysign<F32>>;
}

void add_f64(RuleTable& rules)
{
    rules[Opcode::F64Eq] = relop<F64, feq<F64>>;
    rules[Opcode::F64Ne] = relop<F64, fne<F64>>;
    rules[Opcode::F64Lt] = relop<F64, flt<F64>>;
    rules[Opcode::F64Gt] = relop<F64, fgt<F64>>;
    rules[Opcode::F64Le] = relop<F64, fle<F64>>;
    rules[Opcode::F64Ge] = relop<F64, fge<F64>>;
    rules[Opcode::F64Abs] = unop<F64, fabs<F64>>;
    rules[Opcode::F64Neg] = unop<F64, fneg<F64>>;
    rules[Opcode::F64Ceil] = choosing_unop<F64, fceil<F64>>;
    rules[Opcode::F64Floor] = choosing_unop<F64, ffloor<F64>>;
    rules[Opcode::F64Trunc] = choosing_unop<F64, ftrunc<F64>>;
    rules[Opcode::F64Nearest] = choosing_unop<F64, fnearest<F64>>;
    rules[Opcode::F64Sqrt] = choosing_unop<F64, fsqrt<F64>>;
    rules[Opcode::F64Add] = choosing_binop<F64, fadd<F64>>;
    rules[Opcode::F64Sub] = choosing_binop<F64, fsub<F64>>;
    rules[Opcode::F64Mul] = choosing_binop<F64, fmul<F64>>;
    rules[Opcode::F64Div] = choosing_binop<F64, fdiv<F64>>;
    rules[Opcode::F64Min] = choosing_binop<F64, fmin<F64>>;
    rules[Opcode::F64Max] = choosing_binop<F64, fmax<F64>>;
    rules[Opcode::F64Copysign] = binop<F64, fcopysign<F64>>;
}

} // namespace

void add_float_rules(RuleTable& rules)
{
    add_f32(rules);
    add_f64(rules);
}

} // namespace touchstone::reference
