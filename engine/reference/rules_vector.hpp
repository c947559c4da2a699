#pragma once
// The shapes of vector instructions: how each kind takes its operands and gives its result. The
// operation itself is a definition of the numerics headers.

#include "engine/reference/numerics_relaxed.hpp"
#include "engine/reference/rules.hpp"

namespace touchstone::reference {

// Each group of vector instructions enters its own.
void add_vector_bit_rules(RuleTable& rules);
void add_vector_lane_rules(RuleTable& rules);
void add_vector_integer_rules(RuleTable& rules);
void add_vector_relation_rules(RuleTable& rules);
void add_vector_float_rules(RuleTable& rules);
void add_vector_convert_rules(RuleTable& rules);
void add_vector_extending_rules(RuleTable& rules);
void add_relaxed_vector_rules(RuleTable& rules);

///   (v128.const c1) (vop)  ~>  (v128.const c)    if c in vop(c1)
template <auto op, RuleName rule>
Step vector_unary(Machine& z, Instr const&)
{
    z.push(op(z.pop()));
    return applied(rule);
}

/// Step_pure/vextunop — exec/instructions.html#exec-vextunop
template <auto op>
inline constexpr Rule vextunop = vector_unary<op, RuleName::Vextunop>;

/// Step_pure/vcvtop — exec/instructions.html#exec-vcvtop
template <auto op>
inline constexpr Rule vcvtop = vector_unary<op, RuleName::Vcvtop>;

///   (v128.const c1) (v128.const c2) (vop)  ~>  (v128.const c)    if c in vop(c1, c2)
template <auto op, RuleName rule>
Step vector_binary(Machine& z, Instr const&)
{
    auto const c2 = z.pop();
    auto const c1 = z.pop();
    z.push(op(c1, c2));
    return applied(rule);
}

/// Step_pure/vextbinop — exec/instructions.html#exec-vextbinop
template <auto op>
inline constexpr Rule vextbinop = vector_binary<op, RuleName::Vextbinop>;

/// Step_pure/vnarrow — exec/instructions.html#exec-vnarrow
template <auto op>
inline constexpr Rule vnarrow_by = vector_binary<op, RuleName::Vnarrow>;

/// Step_pure/vswizzlop — exec/instructions.html#exec-vswizzlop
template <auto op>
inline constexpr Rule vswizzlop = vector_binary<op, RuleName::Vswizzlop>;

/// Step_pure/vunop-val, vunop_ — exec/instructions.html#exec-vunop: f of each lane
template <LaneType L, auto f>
Step vunop(Machine& z, Instr const& i)
{
    return vector_unary<static_cast<Val (*)(Val)>(lanewise<L, f>), RuleName::VunopVal>(z, i);
}

/// Step_pure/vbinop-val, vbinop_ — exec/instructions.html#exec-vbinop: f of each pair of lanes
template <LaneType L, auto f>
Step vbinop(Machine& z, Instr const& i)
{
    return vector_binary<static_cast<Val (*)(Val, Val)>(lanewise<L, f>), RuleName::VbinopVal>(z, i);
}

/// Step_pure/vrelop, vrelop_ — exec/instructions.html#exec-vrelop: all bits of a lane say whether f
/// holds
template <LaneType L, auto f>
Step vrelop(Machine& z, Instr const& i)
{
    return vector_binary<lanewise_relation<L, f>, RuleName::Vrelop>(z, i);
}

/// A result whose NaNs in lanes of this type are chosen by nans_N.
template <Float F>
void push_chosen(Machine& z, Val v)
{
    for (auto const lane : lanes<F>(v))
        if (lane.is_nan())
            z.chose_nan();
    z.push(v);
}

template <Float F, auto op, RuleName rule>
Step choosing_vector_unary(Machine& z, Instr const&)
{
    push_chosen<F>(z, op(z.pop()));
    return applied(rule);
}

/// Step_pure/vcvtop where the set that c is taken from comes from nans_N; F is a lane of the result
template <Float F, auto op>
inline constexpr Rule choosing_vcvtop = choosing_vector_unary<F, op, RuleName::Vcvtop>;

/// Step_pure/vunop-val, vunop_ where nans_N chooses
template <Float F, auto f>
Step choosing_vunop(Machine& z, Instr const& i)
{
    return choosing_vector_unary<F, static_cast<Val (*)(Val)>(lanewise<F, f>), RuleName::VunopVal>(
        z, i);
}

/// Step_pure/vbinop-val, vbinop_ where nans_N chooses
template <Float F, auto f>
Step choosing_vbinop(Machine& z, Instr const&)
{
    auto const c2 = z.pop();
    auto const c1 = z.pop();
    push_chosen<F>(z, lanewise<F, f>(c1, c2));
    return applied(RuleName::VbinopVal);
}

} // namespace touchstone::reference
