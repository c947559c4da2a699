#pragma once
// The shapes of numeric instructions: how each kind takes its operands and gives its result. The
// operation itself is a definition of the numerics headers.

#include "engine/reference/numerics_float.hpp"
#include "engine/reference/rules.hpp"

namespace touchstone::reference {

template <class nt, auto op, RuleName rule>
Step unary(Machine& z, Instr const&)
{
    z.push(op(z.pop<nt>()));
    return applied(rule);
}

/// Step_pure/unop-val — exec/instructions.html#exec-unop
///   (nt.const c1) (nt.unop)  ~>  (nt.const c)          if c in unop_nt(c1)
template <class nt, auto op>
inline constexpr Rule unop = unary<nt, op, RuleName::UnopVal>;

/// Step_pure/testop — exec/instructions.html#exec-testop
///   (nt.const c1) (nt.testop)  ~>  (i32.const c)       if c = testop_nt(c1)
template <class nt, auto op>
inline constexpr Rule testop = unary<nt, op, RuleName::Testop>;

/// Step_pure/cvtop-val — exec/instructions.html#exec-cvtop
///   (nt1.const c1) (nt2.cvtop_nt1)  ~>  (nt2.const c)  if c in cvtop_nt1,nt2(c1)
template <class nt, auto op>
inline constexpr Rule cvtop = unary<nt, op, RuleName::CvtopVal>;

template <class nt, auto op, RuleName rule>
Step binary(Machine& z, Instr const&)
{
    auto const c2 = z.pop<nt>();
    auto const c1 = z.pop<nt>();
    z.push(op(c1, c2));
    return applied(rule);
}

/// Step_pure/binop-val — exec/instructions.html#exec-binop
///   (nt.const c1) (nt.const c2) (nt.binop)  ~>  (nt.const c)    if c in binop_nt(c1, c2)
template <class nt, auto op>
inline constexpr Rule binop = binary<nt, op, RuleName::BinopVal>;

/// Step_pure/relop — exec/instructions.html#exec-relop
///   (nt.const c1) (nt.const c2) (nt.relop)  ~>  (i32.const c)   if c = relop_nt(c1, c2)
template <class nt, auto op>
inline constexpr Rule relop = binary<nt, op, RuleName::Relop>;

/// Step_pure/cvtop-val, Step_pure/cvtop-trap — exec/instructions.html#exec-cvtop
///   (nt1.const c1) (nt2.cvtop_nt1)  ~>  trap    if cvtop_nt1,nt2(c1) = {}
template <class nt, auto op>
Step partial_cvtop(Machine& z, Instr const&)
{
    auto const c = op(z.pop<nt>());
    if (!c)
        return z.trap(c.error(), RuleName::CvtopTrap);
    z.push(*c);
    return applied(RuleName::CvtopVal);
}

/// Step_pure/binop-val, Step_pure/binop-trap — exec/instructions.html#exec-binop
///   (nt.const c1) (nt.const c2) (nt.binop)  ~>  trap    if binop_nt(c1, c2) = {}
template <class nt, auto op>
Step partial_binop(Machine& z, Instr const&)
{
    auto const c2 = z.pop<nt>();
    auto const c1 = z.pop<nt>();
    auto const c = op(c1, c2);
    if (!c)
        return z.trap(c.error(), RuleName::BinopTrap);
    z.push(*c);
    return applied(RuleName::BinopVal);
}

/// The result of an operation whose NaNs are chosen by nans_N.
template <Float F>
void push_chosen(Machine& z, F c)
{
    if (c.is_nan())
        z.chose_nan();
    z.push(c);
}

template <class nt, auto op, RuleName rule>
Step choosing_unary(Machine& z, Instr const&)
{
    push_chosen(z, op(z.pop<nt>()));
    return applied(rule);
}

/// Step_pure/unop-val, Step_pure/cvtop-val where the set that c is taken from comes from nans_N
template <class nt, auto op>
inline constexpr Rule choosing_unop = choosing_unary<nt, op, RuleName::UnopVal>;
template <class nt, auto op>
inline constexpr Rule choosing_cvtop = choosing_unary<nt, op, RuleName::CvtopVal>;

/// Step_pure/binop-val where the set that c is taken from comes from nans_N
template <class nt, auto op>
Step choosing_binop(Machine& z, Instr const&)
{
    auto const c2 = z.pop<nt>();
    auto const c1 = z.pop<nt>();
    push_chosen(z, op(c1, c2));
    return applied(RuleName::BinopVal);
}

} // namespace touchstone::reference
