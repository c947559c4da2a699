#pragma once
// The shapes of numeric instructions: how each kind takes its operands and gives its result. The
// operation itself is a definition of the numerics headers.

#include "engine/reference/numerics_float.hpp"
#include "engine/reference/rules.hpp"

namespace touchstone::reference {

/// Step_pure/unop-val, Step_pure/testop, Step_pure/cvtop-val — exec/instructions.html#exec-unop,
/// #exec-testop, #exec-cvtop
///   (nt.const c1) (nt.unop)  ~>  (nt.const c)          if c in unop_nt(c1)
///   (nt.const c1) (nt.testop)  ~>  (i32.const c)       if c = testop_nt(c1)
///   (nt1.const c1) (nt2.cvtop_nt1)  ~>  (nt2.const c)  if c in cvtop_nt1,nt2(c1)
template <class nt, auto op>
Step unary(Machine& z, Instr const&)
{
    z.push(op(z.pop<nt>()));
    return Step::Next;
}

/// Step_pure/binop-val, Step_pure/relop — exec/instructions.html#exec-binop, #exec-relop
///   (nt.const c1) (nt.const c2) (nt.binop)  ~>  (nt.const c)    if c in binop_nt(c1, c2)
///   (nt.const c1) (nt.const c2) (nt.relop)  ~>  (i32.const c)   if c = relop_nt(c1, c2)
template <class nt, auto op>
Step binary(Machine& z, Instr const&)
{
    auto const c2 = z.pop<nt>();
    auto const c1 = z.pop<nt>();
    z.push(op(c1, c2));
    return Step::Next;
}

/// Step_pure/cvtop-val, Step_pure/cvtop-trap, Step_pure/unop-trap —
/// exec/instructions.html#exec-cvtop
///   (nt1.const c1) (nt2.cvtop_nt1)  ~>  trap    if cvtop_nt1,nt2(c1) = {}
template <class nt, auto op>
Step partial_unary(Machine& z, Instr const&)
{
    auto const c = op(z.pop<nt>());
    if (!c)
        return z.trap(c.error());
    z.push(*c);
    return Step::Next;
}

/// Step_pure/binop-val, Step_pure/binop-trap — exec/instructions.html#exec-binop
///   (nt.const c1) (nt.const c2) (nt.binop)  ~>  trap    if binop_nt(c1, c2) = {}
template <class nt, auto op>
Step partial_binary(Machine& z, Instr const&)
{
    auto const c2 = z.pop<nt>();
    auto const c1 = z.pop<nt>();
    auto const c = op(c1, c2);
    if (!c)
        return z.trap(c.error());
    z.push(*c);
    return Step::Next;
}

/// The result of an operation whose NaNs are chosen by nans_N.
template <Float F>
void push_chosen(Machine& z, F c)
{
    if (c.is_nan())
        z.chose_nan();
    z.push(c);
}

/// Step_pure/unop-val, Step_pure/cvtop-val where the set that c is taken from comes from nans_N
template <class nt, auto op>
Step choosing_unary(Machine& z, Instr const&)
{
    push_chosen(z, op(z.pop<nt>()));
    return Step::Next;
}

/// Step_pure/binop-val where the set that c is taken from comes from nans_N
template <class nt, auto op>
Step choosing_binary(Machine& z, Instr const&)
{
    auto const c2 = z.pop<nt>();
    auto const c1 = z.pop<nt>();
    push_chosen(z, op(c1, c2));
    return Step::Next;
}

} // namespace touchstone::reference
