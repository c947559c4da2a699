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

/// Step_pure/vunop-val, Step_pure/vextunop, Step_pure/vcvtop — exec/instructions.html#exec-vunop,
/// #exec-vextunop, #exec-vcvtop
///   (v128.const c1) (vop)  ~>  (v128.const c)    if c in vop(c1)
/// Step_pure/vunop-trap never comes to be: no such set is empty.
template <auto op>
Step vector_unary(Machine& z, Instr const&)
{
    z.push(op(z.pop()));
    return Step::Next;
}

/// Step_pure/vbinop-val, Step_pure/vrelop, Step_pure/vextbinop, Step_pure/vnarrow,
/// Step_pure/vswizzlop — exec/instructions.html#exec-vbinop, #exec-vrelop, #exec-vextbinop,
/// #exec-vnarrow, #exec-vswizzlop
///   (v128.const c1) (v128.const c2) (vop)  ~>  (v128.const c)    if c in vop(c1, c2)
/// Step_pure/vbinop-trap never comes to be: no such set is empty.
template <auto op>
Step vector_binary(Machine& z, Instr const&)
{
    auto const c2 = z.pop();
    auto const c1 = z.pop();
    z.push(op(c1, c2));
    return Step::Next;
}

/// vunop_: f of each lane
template <LaneType L, auto f>
Step vunop(Machine& z, Instr const& i)
{
    return vector_unary<static_cast<Val (*)(Val)>(lanewise<L, f>)>(z, i);
}

/// vbinop_: f of each pair of lanes
template <LaneType L, auto f>
Step vbinop(Machine& z, Instr const& i)
{
    return vector_binary<static_cast<Val (*)(Val, Val)>(lanewise<L, f>)>(z, i);
}

/// vrelop_: all bits of a lane say whether f holds
template <LaneType L, auto f>
Step vrelop(Machine& z, Instr const& i)
{
    return vector_binary<lanewise_relation<L, f>>(z, i);
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

/// Step_pure/vunop-val, Step_pure/vcvtop where the set that c is taken from comes from nans_N; F is
/// a lane of the result
template <Float F, auto op>
Step choosing_vector_unary(Machine& z, Instr const&)
{
    push_chosen<F>(z, op(z.pop()));
    return Step::Next;
}

/// vunop_ where nans_N chooses
template <Float F, auto f>
Step choosing_vunop(Machine& z, Instr const& i)
{
    return choosing_vector_unary<F, static_cast<Val (*)(Val)>(lanewise<F, f>)>(z, i);
}

/// vbinop_ where nans_N chooses
template <Float F, auto f>
Step choosing_vbinop(Machine& z, Instr const&)
{
    auto const c2 = z.pop();
    auto const c1 = z.pop();
    push_chosen<F>(z, lanewise<F, f>(c1, c2));
    return Step::Next;
}

} // namespace touchstone::reference
