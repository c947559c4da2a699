// Conversions (exec/instructions.html#exec-cvtop): cvtop__ of the number types
// (exec/numerics.html).

#include "engine/reference/numerics_convert.hpp"
#include "engine/reference/rules_numeric.hpp"

namespace touchstone::reference {

void add_conversion_rules(RuleTable& rules)
{
    using i32 = std::uint32_t;
    using i64 = std::uint64_t;

    rules[Opcode::I32WrapI64] = cvtop<i64, wrap<i32, i64>>;
    rules[Opcode::I64ExtendI32S] = cvtop<i32, extend_s<i64, i32>>;
    rules[Opcode::I64ExtendI32U] = cvtop<i32, extend_u<i64, i32>>;

    rules[Opcode::I32TruncF32S] = partial_cvtop<F32, trunc_s<i32, F32>>;
    rules[Opcode::I32TruncF32U] = partial_cvtop<F32, trunc_u<i32, F32>>;
    rules[Opcode::I32TruncF64S] = partial_cvtop<F64, trunc_s<i32, F64>>;
    rules[Opcode::I32TruncF64U] = partial_cvtop<F64, trunc_u<i32, F64>>;
    rules[Opcode::I64TruncF32S] = partial_cvtop<F32, trunc_s<i64, F32>>;
    rules[Opcode::I64TruncF32U] = partial_cvtop<F32, trunc_u<i64, F32>>;
    rules[Opcode::I64TruncF64S] = partial_cvtop<F64, trunc_s<i64, F64>>;
    rules[Opcode::I64TruncF64U] = partial_cvtop<F64, trunc_u<i64, F64>>;

    rules[Opcode::I32TruncSatF32S] = cvtop<F32, trunc_sat_s<i32, F32>>;
    rules[Opcode::I32TruncSatF32U] = cvtop<F32, trunc_sat_u<i32, F32>>;
    rules[Opcode::I32TruncSatF64S] = cvtop<F64, trunc_sat_s<i32, F64>>;
    rules[Opcode::I32TruncSatF64U] = cvtop<F64, trunc_sat_u<i32, F64>>;
    rules[Opcode::I64TruncSatF32S] = cvtop<F32, trunc_sat_s<i64, F32>>;
    rules[Opcode::I64TruncSatF32U] = cvtop<F32, trunc_sat_u<i64, F32>>;
    rules[Opcode::I64TruncSatF64S] = cvtop<F64, trunc_sat_s<i64, F64>>;
    rules[Opcode::I64TruncSatF64U] = cvtop<F64, trunc_sat_u<i64, F64>>;

    rules[Opcode::F32ConvertI32S] = cvtop<i32, convert_s<F32, i32>>;
    rules[Opcode::F32ConvertI32U] = cvtop<i32, convert_u<F32, i32>>;
    rules[Opcode::F32ConvertI64S] = cvtop<i64, convert_s<F32, i64>>;
    rules[Opcode::F32ConvertI64U] = cvtop<i64, convert_u<F32, i64>>;
    rules[Opcode::F64ConvertI32S] = cvtop<i32, convert_s<F64, i32>>;
    rules[Opcode::F64ConvertI32U] = cvtop<i32, convert_u<F64, i32>>;
    rules[Opcode::F64ConvertI64S] = cvtop<i64, convert_s<F64, i64>>;
    rules[Opcode::F64ConvertI64U] = cvtop<i64, convert_u<F64, i64>>;

    rules[Opcode::F32DemoteF64] = choosing_cvtop<F64, demote>;
    rules[Opcode::F64PromoteF32] = choosing_cvtop<F32, promote>;

    rules[Opcode::I32ReinterpretF32] = cvtop<F32, reinterpret_as_integer<i32, F32>>;
    rules[Opcode::I64ReinterpretF64] = cvtop<F64, reinterpret_as_integer<i64, F64>>;
    rules[Opcode::F32ReinterpretI32] = cvtop<i32, reinterpret_as_float<F32, i32>>;
    rules[Opcode::F64ReinterpretI64] = cvtop<i64, reinterpret_as_float<F64, i64>>;
}

} // namespace touchstone::reference
