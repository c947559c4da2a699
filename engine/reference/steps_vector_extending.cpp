// Operations whose results have wider lanes (exec/instructions.html#exec-vextunop,
// #exec-vextbinop): vextunop__ and vextbinop__ (exec/numerics.html).

#include "engine/reference/rules_vector.hpp"

namespace touchstone::reference {

namespace {

using i8 = std::uint8_t;
using i16 = std::uint16_t;
using i32 = std::uint32_t;
using i64 = std::uint64_t;

void add_sums(RuleTable& rules)
{
    rules[Opcode::I16x8ExtaddPairwiseI8x16S] =
        vextunop<extadd_pairwise<i8, i16, extend_s<i16, i8>>>;
    rules[Opcode::I16x8ExtaddPairwiseI8x16U] =
        vextunop<extadd_pairwise<i8, i16, extend_u<i16, i8>>>;
    rules[Opcode::I32x4ExtaddPairwiseI16x8S] =
        vextunop<extadd_pairwise<i16, i32, extend_s<i32, i16>>>;
    rules[Opcode::I32x4ExtaddPairwiseI16x8U] =
        vextunop<extadd_pairwise<i16, i32, extend_u<i32, i16>>>;
    rules[Opcode::I32x4DotI16x8S] = vextbinop<dot<i16, i32>>;
}

void add_products(RuleTable& rules)
{
    rules[Opcode::I16x8ExtmulLowI8x16S] = vextbinop<extmul<i8, i16, extend_s<i16, i8>, Half::Low>>;
    rules[Opcode::I16x8ExtmulLowI8x16U] = vextbinop<extmul<i8, i16, extend_u<i16, i8>, Half::Low>>;
    rules[Opcode::I16x8ExtmulHighI8x16S] =
        vextbinop<extmul<i8, i16, extend_s<i16, i8>, Half::High>>;
    rules[Opcode::I16x8ExtmulHighI8x16U] =
        vextbinop<extmul<i8, i16, extend_u<i16, i8>, Half::High>>;
    rules[Opcode::I32x4ExtmulLowI16x8S] =
        vextbinop<extmul<i16, i32, extend_s<i32, i16>, Half::Low>>;
    rules[Opcode::I32x4ExtmulLowI16x8U] =
        vextbinop<extmul<i16, i32, extend_u<i32, i16>, Half::Low>>;
    rules[Opcode::I32x4ExtmulHighI16x8S] =
        vextbinop<extmul<i16, i32, extend_s<i32, i16>, Half::High>>;
    rules[Opcode::I32x4ExtmulHighI16x8U] =
        vextbinop<extmul<i16, i32, extend_u<i32, i16>, Half::High>>;
    rules[Opcode::I64x2ExtmulLowI32x4S] =
        vextbinop<extmul<i32, i64, extend_s<i64, i32>, Half::Low>>;
    rules[Opcode::I64x2ExtmulLowI32x4U] =
        vextbinop<extmul<i32, i64, extend_u<i64, i32>, Half::Low>>;
    rules[Opcode::I64x2ExtmulHighI32x4S] =
        vextbinop<extmul<i32, i64, extend_s<i64, i32>, Half::High>>;
    rules[Opcode::I64x2ExtmulHighI32x4U] =
        vextbinop<extmul<i32, i64, extend_u<i64, i32>, Half::High>>;
}

} // namespace

void add_vector_extending_rules(RuleTable& rules)
{
    add_sums(rules);
    add_products(rules);
}

} // namespace touchstone::reference
