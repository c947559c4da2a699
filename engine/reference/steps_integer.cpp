// Constants and integer instructions (exec/instructions.html#numeric-instructions): unop_, binop_,
// testop_ and relop_ of i32 and i64 (exec/numerics.html).

#include "engine/reference/numerics_integer.hpp"
#include "engine/reference/rules_numeric.hpp"

namespace touchstone::reference {

namespace {

using i8 = std::uint8_t;
using i16 = std::uint16_t;
using i32 = std::uint32_t;
using i64 = std::uint64_t;

/// exec/instructions.html#exec-const: (nt.const c) is a value already
Step const_(Machine& z, Instr const& i)
{
    z.push(i.imm);
    return Step::Next;
}

void add_constants(RuleTable& rules)
{
    rules[Opcode::I32Const] = const_;
    rules[Opcode::I64Const] = const_;
    rules[Opcode::F32Const] = const_;
    rules[Opcode::F64Const] = const_;
}

void add_i32(RuleTable& rules)
{
    rules[Opcode::I32Eqz] = testop<i32, ieqz<i32>>;
    rules[Opcode::I32Eq] = relop<i32, ieq<i32>>;
    rules[Opcode::I32Ne] = relop<i32, ine<i32>>;
    rules[Opcode::I32LtS] = relop<i32, ilt_s<i32>>;
    rules[Opcode::I32LtU] = relop<i32, ilt_u<i32>>;
    rules[Opcode::I32GtS] = relop<i32, igt_s<i32>>;
    rules[Opcode::I32GtU] = relop<i32, igt_u<i32>>;
    rules[Opcode::I32LeS] = relop<i32, ile_s<i32>>;
    rules[Opcode::I32LeU] = relop<i32, ile_u<i32>>;
    rules[Opcode::I32GeS] = relop<i32, ige_s<i32>>;
    rules[Opcode::I32GeU] = relop<i32, ige_u<i32>>;
    rules[Opcode::I32Clz] = unop<i32, iclz<i32>>;
    rules[Opcode::I32Ctz] = unop<i32, ictz<i32>>;
    rules[Opcode::I32Popcnt] = unop<i32, ipopcnt<i32>>;
    rules[Opcode::I32Add] = binop<i32, iadd<i32>>;
    rules[Opcode::I32Sub] = binop<i32, isub<i32>>;
    rules[Opcode::I32Mul] = binop<i32, imul<i32>>;
    rules[Opcode::I32DivS] = partial_binop<i32, idiv_s<i32>>;
    rules[Opcode::I32DivU] = partial_binop<i32, idiv_u<i32>>;
    rules[Opcode::I32RemS] = partial_binop<i32, irem_s<i32>>;
    rules[Opcode::I32RemU] = partial_binop<i32, irem_u<i32>>;
    rules[Opcode::I32And] = binop<i32, iand<i32>>;
    rules[Opcode::I32Or] = binop<i32, ior<i32>>;
    rules[Opcode::I32Xor] = binop<i32, ixor<i32>>;
    rules[Opcode::I32Shl] = binop<i32, ishl<i32>>;
    rules[Opcode::I32ShrS] = binop<i32, ishr_s<i32>>;
    rules[Opcode::I32ShrU] = binop<i32, ishr_u<i32>>;
    rules[Opcode::I32Rotl] = binop<i32, irotl<i32>>;
    rules[Opcode::I32Rotr] = binop<i32, irotr<i32>>;
    rules[Opcode::I32Extend8S] = unop<i32, iextend_s<i8, i32>>;
    rules[Opcode::I32Extend16S] = unop<i32, iextend_s<i16, i32>>;
}

void add_i64(RuleTable& rules)
{
    rules[Opcode::I64Eqz] = testop<i64, ieqz<i64>>;
    rules[Opcode::I64Eq] = relop<i64, ieq<i64>>;
    rules[Opcode::I64Ne] = relop<i64, ine<i64>>;
    rules[Opcode::I64LtS] = relop<i64, ilt_s<i64>>;
    rules[Opcode::I64LtU] = relop<i64, ilt_u<i64>>;
    rules[Opcode::I64GtS] = relop<i64, igt_s<i64>>;
    rules[Opcode::I64GtU] = relop<i64, igt_u<i64>>;
    rules[Opcode::I64LeS] = relop<i64, ile_s<i64>>;
    rules[Opcode::I64LeU] = relop<i64, ile_u<i64>>;
    rules[Opcode::I64GeS] = relop<i64, ige_s<i64>>;
    rules[Opcode::I64GeU] = relop<i64, ige_u<i64>>;
    rules[Opcode::I64Clz] = unop<i64, iclz<i64>>;
    rules[Opcode::I64Ctz] = unop<i64, ictz<i64>>;
    rules[Opcode::I64Popcnt] = unop<i64, ipopcnt<i64>>;
    rules[Opcode::I64Add] = binop<i64, iadd<i64>>;
    rules[Opcode::I64Sub] = binop<i64, isub<i64>>;
    rules[Opcode::I64Mul] = binop<i64, imul<i64>>;
    rules[Opcode::I64DivS] = partial_binop<i64, idiv_s<i64>>;
    rules[Opcode::I64DivU] = partial_binop<i64, idiv_u<i64>>;
    rules[Opcode::I64RemS] = partial_binop<i64, irem_s<i64>>;
    rules[Opcode::I64RemU] = partial_binop<i64, irem_u<i64>>;
    rules[Opcode::I64And] = binop<i64, iand<i64>>;
    rules[Opcode::I64Or] = binop<i64, ior<i64>>;
    rules[Opcode::I64Xor] = binop<i64, ixor<i64>>;
    rules[Opcode::I64Shl] = binop<i64, ishl<i64>>;
    rules[Opcode::I64ShrS] = binop<i64, ishr_s<i64>>;
    rules[Opcode::I64ShrU] = binop<i64, ishr_u<i64>>;
    rules[Opcode::I64Rotl] = binop<i64, irotl<i64>>;
    rules[Opcode::I64Rotr] = binop<i64, irotr<i64>>;
    rules[Opcode::I64Extend8S] = unop<i64, iextend_s<i8, i64>>;
    rules[Opcode::I64Extend16S] = unop<i64, iextend_s<i16, i64>>;
    rules[Opcode::I64Extend32S] = unop<i64, iextend_s<i32, i64>>;
}

} // namespace

void add_integer_rules(RuleTable& rules)
{
    add_constants(rules);
    add_i32(rules);
    add_i64(rules);
}

} // namespace touchstone::reference
