// Constants, and operations on all bits of a vector (exec/instructions.html#exec-vvunop and after
// it).

#include "engine/reference/access.hpp"
#include "engine/reference/rules_vector.hpp"

namespace touchstone::reference {

namespace {

/// exec/instructions.html#exec-vconst: (v128.const c) is a value already
Step vconst(Machine& z, Instr const& i)
{
    auto const& c = z.frame.expr->vectors[i.x].bytes;
    z.push(Val{from_bytes<std::uint64_t>(c.data()), from_bytes<std::uint64_t>(c.data() + 8)});
    return Step::Next;
}

// Bit by bit, so that the lanes that are taken do not matter.
using L = std::uint64_t;

/// Step_pure/vvunop, vvunop_ — exec/instructions.html#exec-vvunop
///   (v128.const c1) (v128.not)  ~>  (v128.const c)    if c in vvunop(c1)
Step vvunop_not(Machine& z, Instr const&)
{
    z.push(lanewise<L, inot<L>>(z.pop()));
    return applied(RuleName::Vvunop);
}

/// Step_pure/vvbinop, vvbinop_ — exec/instructions.html#exec-vvbinop
///   (v128.const c1) (v128.const c2) (v128.vvbinop)  ~>  (v128.const c)    if c in vvbinop(c1, c2)
template <auto f>
Step vvbinop(Machine& z, Instr const&)
{
    auto const c2 = z.pop();
    auto const c1 = z.pop();
    z.push(lanewise<L, f>(c1, c2));
    return applied(RuleName::Vvbinop);
}

/// Step_pure/vvternop, vvternop_ — exec/instructions.html#exec-vvternop
///   (v128.const c1) (v128.const c2) (v128.const c3) (v128.bitselect)  ~>  (v128.const c)
///     if c in vvternop(c1, c2, c3)
Step vvternop_bitselect(Machine& z, Instr const&)
{
    auto const c3 = z.pop();
    auto const c2 = z.pop();
    auto const c1 = z.pop();
    z.push(lanewise<L, ibitselect<L>>(c1, c2, c3));
    return applied(RuleName::Vvternop);
}

/// Step_pure/vvtestop — exec/instructions.html#exec-vvtestop
///   (v128.const c1) (v128.any_true)  ~>  (i32.const c)    if c = inez_128(c1)
Step vvtestop_any_true(Machine& z, Instr const&)
{
    auto const c1 = z.pop();
    z.push(inez(ior(c1.lo, c1.hi)));
    return applied(RuleName::Vvtestop);
}

} // namespace

void add_vector_bit_rules(RuleTable& rules)
{
    rules[Opcode::V128Const] = vconst;
    rules[Opcode::V128Not] = vvunop_not;
    rules[Opcode::V128And] = vvbinop<iand<L>>;
    rules[Opcode::V128Andnot] = vvbinop<iandnot<L>>;
    rules[Opcode::V128Or] = vvbinop<ior<L>>;
    rules[Opcode::V128Xor] = vvbinop<ixor<L>>;
    rules[Opcode::V128Bitselect] = vvternop_bitselect;
    rules[Opcode::V128AnyTrue] = vvtestop_any_true;
}

} // namespace touchstone::reference
