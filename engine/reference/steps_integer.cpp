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
    rules[Opcode::I32Eqz] = unary<i32, ieqz<i32>>;
    rules[Opcode::I32Eq] = binary<i32, ieq<i32>>;
    rules[Opcode::I32Ne] = binary<i32, ine<i32>>;
    rules[Opcode::I32LtS] = binary<i32, ilt_s<i32>>;
    rules[Opcode::I32LtU] = binary<i32, ilt_u<i32>>;
    rules[Opcode::I32GtS] = binary<i32, igt_s<i32>>;
    rules[Opcode::I32GtU] = binary<i32, igt_u<i32>>;
    rules[Opcode::I32LeS] = binary<i32, ile_s<i32>>;
    rules[Opcode::I32LeU] = binary<i32, ile_u<i32>>;
    rules[Opcode::I32GeS] = binary<i32, ige_s<i32>>;
    rules[Opcode::I32GeU] = binary<i32, ige_u<i32>>;
    rules[Opcode::I32Clz] = unary<i32, iclz<i32>>;
    rules[Opcode::I32Ctz] = unary<i32, ictz<i32>>;
    rules[Opcode::I32Popcnt] = unary<i32, ipopcnt<i32>>;
    rules[Opcode::I32Add] = binary<i32, iadd<i32>>;
    rules[Opcode::I32Sub] = binary<i32, isub<i32>>;
    rules[Opcode::I32Mul] = binary<i32, imul<i32>>;
    rules[Opcode::I32DivS] = partial_binary<i32, idiv_s<i32>>;
    rules[Opcode::I32DivU] = partial_binary<i32, idiv_u<i32>>;
    rules[Opcode::I32RemS] = partial_binary<i32, irem_s<i32>>;
    rules[Opcode::I32RemU] = partial_binary<i32, irem_u<i32>>;
    rules[Opcode::I32And] = binary<i32, iand<i32>>;
    rules[Opcode::I32Or] = binary<i32, ior<i32>>;
    rules[Opcode::I32Xor] = binary<i32, ixor<i32>>;
    rules[Opcode::I32Shl] = binary<i32, ishl<i32>>;
    rules[Opcode::I32ShrS] = binary<i32, ishr_s<i32>>;
    rules[Opcode::I32ShrU] = binary<i32, ishr_u<i32>>;
    rules[Opcode::I32Rotl] = binary<i32, irotl<i32>>;
    rules[Opcode::I32Rotr] = binary<i32, irotr<i32>>;
    rules[Opcode::I32Extend8S] = unary<i32, iextend_s<i8, i32>>;
    rules[Opcode::I32Extend16S] = unary<i32, iextend_s<i16, i32>>;
}

void add_i64(RuleTable& rules)
{
    rules[Opcode::I64Eqz] = unary<i64, ieqz<i64>>;
    rules[Opcode::I64Eq] = binary<i64, ieq<i64>>;
    rules[Opcode::I64Ne] = binary<i64, ine<i64>>;
    rules[Opcode::I64LtS] = binary<i64, ilt_s<i64>>;
    rules[Opcode::I64LtU] = binary<i64, ilt_u<i64>>;
    rules[Opcode::I64GtS] = binary<i64, igt_s<i64>>;
    rules[Opcode::I64GtU] = binary<i64, igt_u<i64>>;
    rules[Opcode::I64LeS] = binary<i64, ile_s<i64>>;
    rules[Opcode::I64LeU] = binary<i64, ile_u<i64>>;
    rules[Opcode::I64GeS] = binary<i64, ige_s<i64>>;
    rules[Opcode::I64GeU] = binary<i64, ige_u<i64>>;
    rules[Opcode::I64Clz] = unary<i64, iclz<i64>>;
    rules[Opcode::I64Ctz] = unary<i64, ictz<i64>>;
    rules[Opcode::I64Popcnt] = unary<i64, ipopcnt<i64>>;
    rules[Opcode::I64Add] = binary<i64, iadd<i64>>;
    rules[Opcode::I64Sub] = binary<i64, isub<i64>>;
    rules[Opcode::I64Mul] = binary<i64, imul<i64>>;
    rules[Opcode::I64DivS] = partial_binary<i64, idiv_s<i64>>;
    rules[Opcode::I64DivU] = partial_binary<i64, idiv_u<i64>>;
    rules[Opcode::I64RemS] = partial_binary<i64, irem_s<i64>>;
    rules[Opcode::I64RemU] = partial_binary<i64, irem_u<i64>>;
    rules[Opcode::I64And] = binary<i64, iand<i64>>;
    rules[Opcode::I64Or] = binary<i64, ior<i64>>;
    rules[Opcode::I64Xor] = binary<i64, ixor<i64>>;
    rules[Opcode::I64Shl] = binary<i64, ishl<i64>>;
    rules[Opcode::I64ShrS] = binary<i64, ishr_s<i64>>;
    rules[Opcode::I64ShrU] = binary<i64, ishr_u<i64>>;
    rules[Opcode::I64Rotl] = binary<i64, irotl<i64>>;
    rules[Opcode::I64Rotr] = binary<i64, irotr<i64>>;
    rules[Opcode::I64Extend8S] = unary<i64, iextend_s<i8, i64>>;
    rules[Opcode::I64Extend16S] = unary<i64, iextend_s<i16, i64>>;
    rules[Opcode::I64Extend32S] = unary<i64, iextend_s<i32, i64>>;
}

} // namespace

void add_integer_rules(RuleTable& rules)
{
    add_constants(rules);
    add_i32(rules);
    add_i64(rules);
}

} // namespace touchstone::reference
