// Comparisons of lanes (exec/instructions.html#exec-vrelop): vrelop_ (exec/numerics.html#op-vec).

#include "engine/reference/rules_vector.hpp"

namespace touchstone::reference {

namespace {

using i8 = std::uint8_t;
using i16 = std::uint16_t;
using i32 = std::uint32_t;
using i64 = std::uint64_t;

void add_i8x16(RuleTable& rules)
{
    rules[Opcode::I8x16Eq] = vrelop<i8, ieq<i8>>;
    rules[Opcode::I8x16Ne] = vrelop<i8, ine<i8>>;
    rules[Opcode::I8x16LtS] = vrelop<i8, ilt_s<i8>>;
    rules[Opcode::I8x16LtU] = vrelop<i8, ilt_u<i8>>;
    rules[Opcode::I8x16GtS] = vrelop<i8, igt_s<i8>>;
    rules[Opcode::I8x16GtU] = vrelop<i8, igt_u<i8>>;
    rules[Opcode::I8x16LeS] = vrelop<i8, ile_s<i8>>;
    rules[Opcode::I8x16LeU] = vrelop<i8, ile_u<i8>>;
    rules[Opcode::I8x16GeS] = vrelop<i8, ige_s<i8>>;
    rules[Opcode::I8x16GeU] = vrelop<i8, ige_u<i8>>;
}

void add_i16x8(RuleTable& rules)
{
    rules[Opcode::I16x8Eq] = vrelop<i16, ieq<i16>>;
    rules[Opcode::I16x8Ne] = vrelop<i16, ine<i16>>;
    rules[Opcode::I16x8LtS] = vrelop<i16, ilt_s<i16>>;
    rules[Opcode::I16x8LtU] = vrelop<i16, ilt_u<i16>>;
    rules[Opcode::I16x8GtS] = vrelop<i16, igt_s<i16>>;
    rules[Opcode::I16x8GtU] = vrelop<i16, igt_u<i16>>;
    rules[Opcode::I16x8LeS] = vrelop<i16, ile_s<i16>>;
    rules[Opcode::I16x8LeU] = vrelop<i16, ile_u<i16>>;
    rules[Opcode::I16x8GeS] = vrelop<i16, ige_s<i16>>;
    rules[Opcode::I16x8GeU] = vrelop<i16, ige_u<i16>>;
}

void add_i32x4(RuleTable& rules)
{
    rules[Opcode::I32x4Eq] = vrelop<i32, ieq<i32>>;
    rules[Opcode::I32x4Ne] = vrelop<i32, ine<i32>>;
    rules[Opcode::I32x4LtS] = vrelop<i32, ilt_s<i32>>;
    rules[Opcode::I32x4LtU] = vrelop<i32, ilt_u<i32>>;
    rules[Opcode::I32x4GtS] = vrelop<i32, igt_s<i32>>;
    rules[Opcode::I32x4GtU] = vrelop<i32, igt_u<i32>>;
    rules[Opcode::I32x4LeS] = vrelop<i32, ile_s<i32>>;
    rules[Opcode::I32x4LeU] = vrelop<i32, ile_u<i32>>;
    rules[Opcode::I32x4GeS] = vrelop<i32, ige_s<i32>>;
    rules[Opcode::I32x4GeU] = vrelop<i32, ige_u<i32>>;
}

void add_i64x2(RuleTable& rules)
{
    rules[Opcode::I64x2Eq] = vrelop<i64, ieq<i64>>;
    rules[Opcode::I64x2Ne] = vrelop<i64, ine<i64>>;
    rules[Opcode::I64x2LtS] = vrelop<i64, ilt_s<i64>>;
    rules[Opcode::I64x2GtS] = vrelop<i64, igt_s<i64>>;
    rules[Opcode::I64x2LeS] = vrelop<i64, ile_s<i64>>;
    rules[Opcode::I64x2GeS] = vrelop<i64, ige_s<i64>>;
}

void add_f32x4(RuleTable& rules)
{
    rules[Opcode::F32x4Eq] = vrelop<F32, feq<F32>>;
    rules[Opcode::F32x4Ne] = vrelop<F32, fne<F32>>;
    rules[Opcode::F32x4Lt] = vrelop<F32, flt<F32>>;
    rules[Opcode::F32x4Gt] = vrelop<F32, fgt<F32>>;
    rules[Opcode::F32x4Le] = vrelop<F32, fle<F32>>;
    rules[Opcode::F32x4Ge] = vrelop<F32, fge<F32>>;
}

void add_f64x2(RuleTable& rules)
{
    rules[Opcode::F64x2Eq] = vrelop<F64, feq<F64>>;
    rules[Opcode::F64x2Ne] = vrelop<F64, fne<F64>>;
    rules[Opcode::F64x2Lt] = vrelop<F64, flt<F64>>;
    rules[Opcode::F64x2Gt] = vrelop<F64, fgt<F64>>;
    rules[Opcode::F64x2Le] = vrelop<F64, fle<F64>>;
    rules[Opcode::F64x2Ge] = vrelop<F64, fge<F64>>;
}

} // namespace

void add_vector_relation_rules(RuleTable& rules)
{
    add_i8x16(rules);
    add_i16x8(rules);
    add_i32x4(rules);
    add_i64x2(rules);
    add_f32x4(rules);
    add_f64x2(rules);
}

} // namespace touchstone::reference
