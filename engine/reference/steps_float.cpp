// Floating-point instructions (exec/instructions.html#numeric-instructions): unop_, binop_ and
// relop_ of f32 and f64 (exec/numerics.html).

#include "engine/reference/numerics_float.hpp"
#include "engine/reference/rules_numeric.hpp"

namespace touchstone::reference {

namespace {

void add_f32(RuleTable& rules)
{
    rules[Opcode::F32Eq] = binary<F32, feq<F32>>;
    rules[Opcode::F32Ne] = binary<F32, fne<F32>>;
    rules[Opcode::F32Lt] = binary<F32, flt<F32>>;
    rules[Opcode::F32Gt] = binary<F32, fgt<F32>>;
    rules[Opcode::F32Le] = binary<F32, fle<F32>>;
    rules[Opcode::F32Ge] = binary<F32, fge<F32>>;
    rules[Opcode::F32Abs] = unary<F32, fabs<F32>>;
    rules[Opcode::F32Neg] = unary<F32, fneg<F32>>;
    rules[Opcode::F32Ceil] = choosing_unary<F32, fceil<F32>>;
    rules[Opcode::F32Floor] = choosing_unary<F32, ffloor<F32>>;
    rules[Opcode::F32Trunc] = choosing_unary<F32, ftrunc<F32>>;
    rules[Opcode::F32Nearest] = choosing_unary<F32, fnearest<F32>>;
    rules[Opcode::F32Sqrt] = choosing_unary<F32, fsqrt<F32>>;
    rules[Opcode::F32Add] = choosing_binary<F32, fadd<F32>>;
    rules[Opcode::F32Sub] = choosing_binary<F32, fsub<F32>>;
    rules[Opcode::F32Mul] = choosing_binary<F32, fmul<F32>>;
    rules[Opcode::F32Div] = choosing_binary<F32, fdiv<F32>>;
    rules[Opcode::F32Min] = choosing_binary<F32, fmin<F32>>;
    rules[Opcode::F32Max] = choosing_binary<F32, fmax<F32>>;
    rules[Opcode::F32Copysign] = binary<F32, fcopysign<F32>>;
}

void add_f64(RuleTable& rules)
{
    rules[Opcode::F64Eq] = binary<F64, feq<F64>>;
    rules[Opcode::F64Ne] = binary<F64, fne<F64>>;
    rules[Opcode::F64Lt] = binary<F64, flt<F64>>;
    rules[Opcode::F64Gt] = binary<F64, fgt<F64>>;
    rules[Opcode::F64Le] = binary<F64, fle<F64>>;
    rules[Opcode::F64Ge] = binary<F64, fge<F64>>;
    rules[Opcode::F64Abs] = unary<F64, fabs<F64>>;
    rules[Opcode::F64Neg] = unary<F64, fneg<F64>>;
    rules[Opcode::F64Ceil] = choosing_unary<F64, fceil<F64>>;
    rules[Opcode::F64Floor] = choosing_unary<F64, ffloor<F64>>;
    rules[Opcode::F64Trunc] = choosing_unary<F64, ftrunc<F64>>;
    rules[Opcode::F64Nearest] = choosing_unary<F64, fnearest<F64>>;
    rules[Opcode::F64Sqrt] = choosing_unary<F64, fsqrt<F64>>;
    rules[Opcode::F64Add] = choosing_binary<F64, fadd<F64>>;
    rules[Opcode::F64Sub] = choosing_binary<F64, fsub<F64>>;
    rules[Opcode::F64Mul] = choosing_binary<F64, fmul<F64>>;
    rules[Opcode::F64Div] = choosing_binary<F64, fdiv<F64>>;
    rules[Opcode::F64Min] = choosing_binary<F64, fmin<F64>>;
    rules[Opcode::F64Max] = choosing_binary<F64, fmax<F64>>;
    rules[Opcode::F64Copysign] = binary<F64, fcopysign<F64>>;
}

} // namespace

void add_float_rules(RuleTable& rules)
{
    add_f32(rules);
    add_f64(rules);
}

} // namespace touchstone::reference
