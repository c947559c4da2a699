// Wide arithmetic (the proposal's Overview.md): 128-bit operations on pairs of i64, the lower half
// first.

#include "engine/reference/numerics_wide.hpp"
#include "engine/reference/rules.hpp"

namespace touchstone::reference {

namespace {

void push(Machine& z, I128 i)
{
    z.push(i.low);
    z.push(i.high);
}

[[nodiscard]] I128 pop_wide(Machine& z)
{
    auto const high = z.pop<std::uint64_t>();
    return {z.pop<std::uint64_t>(), high};
}

/// wide-arithmetic, Overview.md: i64.add128, i64.sub128
///   (i64.const a) (i64.const b) (i64.const c) (i64.const d) i64.add128
///     ~>  (i64.const low) (i64.const high)    of ((b a) + (d c)) mod 2^128
template <I128 (*op)(I128, I128)>
Step on_pairs(Machine& z, Instr const&)
{
    auto const i2 = pop_wide(z);
    auto const i1 = pop_wide(z);
    push(z, op(i1, i2));
    return Step::Next;
}

/// wide-arithmetic, Overview.md: i64.mul_wide_s, i64.mul_wide_u
///   (i64.const a) (i64.const b) i64.mul_wide_u  ~>  (i64.const low) (i64.const high)    of a * b
template <I128 (*op)(std::uint64_t, std::uint64_t)>
Step widening(Machine& z, Instr const&)
{
    auto const i2 = z.pop<std::uint64_t>();
    auto const i1 = z.pop<std::uint64_t>();
    push(z, op(i1, i2));
    return Step::Next;
}

} // namespace

void add_wide_rules(RuleTable& rules)
{
    rules[Opcode::I64Add128] = on_pairs<add128>;
    rules[Opcode::I64Sub128] = on_pairs<sub128>;
    rules[Opcode::I64MulWideS] = widening<mul_wide_s>;
    rules[Opcode::I64MulWideU] = widening<mul_wide_u>;
}

} // namespace touchstone::reference
