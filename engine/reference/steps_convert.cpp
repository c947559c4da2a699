// Conversions (exec/instructions.html#exec-cvtop): cvtop__ of the number types
// (exec/numerics.html).

#include "engine/reference/numerics_convert.hpp"
#include "engine/reference/rules_numeric.hpp"

namespace touchstone::reference {

void add_conversion_rules(RuleTable& rules)
{
    using i32 = std::uint32_t;
    using i64 = std::uint64_t;

    rules[Opcode::I32WrapI64] = unary<i64, wrap<i32, i64>>;
    rules[Opcode::I64ExtendI32S] = unary<i32, extend_s<i64, i32>>;
    rules[Opcode::I64ExtendI32U] = unary<i32, extend_u<i64, i32>>;

    rules[Opcode::I32TruncF32S] = partial_unary<F32, trunc_s<i32, F32>>;
    rules[Opcode::I32TruncF32U] = partial_unary<F32, trunc_u<i32, F32>>;
    rules[Opcode::I32TruncF64S] = partial_unary<F64, trunc_s<i32, F64>>;
    rules[Opcode::I32TruncF64U] = partial_unary<F64, trunc_u<i32, F64>>;
    rules[Opcode::I64TruncF32S] = partial_unary<F32, trunc_s<i64, F32>>;
    rules[Opcode::I64TruncF32U] = partial_unary<F32, trunc_u<i64, F32>>;
    rules[Opcode::I64TruncF64S] = partial_unary<F64, trunc_s<i64, F64>>;
    rules[Opcode::I64TruncF64U] = partial_unary<F64, trunc_u<i64, F64>>;

    rules[Opcode::I32TruncSatF32S] = unary<F32, trunc_sat_s<i32, F32>>;
    rules[Opcode::I32TruncSatF32U] = unary<F32, trunc_sat_u<i32, F32>>;
    rules[Opcode::I32TruncSatF64S] = unary<F64, trunc_sat_s<i32, F64>>;
    rules[Opcode::I32TruncSatF64U] = unary<F64, trunc_sat_u<i32, F64>>;
    rules[Opcode::I64TruncSatF32S] = unary<F32, trunc_sat_s<i64, F32>>;
    rules[Opcode::I64TruncSatF32U] = unary<F32, trunc_sat_u<i64, F32>>;
    rules[Opcode::I64TruncSatF64S] = unary<F64, trunc_sat_s<i64, F64>>;
    rules[Opcode::I64TruncSatF64U] = unary<F64, trunc_sat_u<i64, F64>>;

    rules[Opcode::F32ConvertI32S] = unary<i32, convert_s<F32, i32>>;
    rules[Opcode::F32ConvertI32U] = unary<i32, convert_u<F32, i32>>;
    rules[Opcode::F32ConvertI64S] = unary<i64, convert_s<F32, i64>>;
    rules[Opcode::F32ConvertI64U] = unary<i64, convert_u<F32, i64>>;
    rules[Opcode::F64ConvertI32S] = unary<i32, convert_s<F64, i32>>;
    rules[Opcode::F64ConvertI32U] = unary<i32, convert_u<F64, i32>>;
    rules[Opcode::F64ConvertI64S] = unary<i64, convert_s<F64, i64>>;
    rules[Opcode::F64ConvertI64U] = unary<i64, convert_u<F64, i64>>;

    rules[Opcode::F32DemoteF64] = choosing_unary<F64, demote>;
    rules[Opcode::F64PromoteF32] = choosing_unary<F32, promote>;

    rules[Opcode::I32ReinterpretF32] = unary<F32, reinterpret_as_integer<i32, F32>>;
    rules[Opcode::I64ReinterpretF64] = unary<F64, reinterpret_as_integer<i64, F64>>;
    rules[Opcode::F32ReinterpretI32] = unary<i32, reinterpret_as_float<F32, i32>>;
    rules[Opcode::F64ReinterpretI64] = unary<i64, reinterpret_as_float<F64, i64>>;
}

} // namespace touchstone::reference
