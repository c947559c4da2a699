// Calls: valid/instructions.html#valid-call

#include "engine/validation/code.hpp"
#include "engine/validation/type_names.hpp"

#include <fmt/format.h>

namespace touchstone {

void CodeValidator::apply(FuncType const& t)
{
    pop(t.params);
    operands_.push(t.results);
}

/// Instr_ok/call — valid/instructions.html#valid-call
///   C |- CALL x : t_1* -> t_2*
///   -- Expand: C.FUNCS[x] ~~ FUNC t_1* -> t_2*
void CodeValidator::call(Instr const& i)
{
    apply(c_.func_type(c_.func(i.x)));
}

/// Instr_ok/call_ref — valid/instructions.html#valid-call_ref
///   C |- CALL_REF x : t_1* (REF NULL x) -> t_2*
///   -- Expand: C.TYPES[x] ~~ FUNC t_1* -> t_2*
void CodeValidator::call_ref(Instr const& i)
{
    auto const& t = c_.func_type(i.x);
    pop_ref(true, HeapType::type(i.x));
    apply(t);
}

/// The premises that call_indirect and return_call_indirect share, and the operand `at`.
///   -- if C.TABLES[x] = at lim rt
///   -- Reftype_sub: C |- rt <: (REF NULL FUNC)
///   -- Expand: C.TYPES[y] ~~ FUNC t_1* -> t_2*
FuncType const& CodeValidator::callee_in_table(Instr const& i)
{
    auto const& table = c_.table(i.y);
    if (!c_.match().val(table.element, funcref))
        violate(fmt::format(
            "type mismatch: instruction requires table of function type but table has {}",
            words(table.element)));
    auto const& t = c_.func_type(i.x);
    pop(as_valtype(table.limits.addr));
    return t;
}

/// Instr_ok/call_indirect — valid/instructions.html#valid-call_indirect
///   C |- CALL_INDIRECT x y : t_1* at -> t_2*
void CodeValidator::call_indirect(Instr const& i)
{
    apply(callee_in_table(i));
}

/// The premises that tail calls share.
///   -- if C.RETURN = (t'_2*)
///   -- Resulttype_sub: C |- t_2* <: t'_2*
void CodeValidator::tail_apply(FuncType const& t)
{
    auto const returned = frames_.front().results();
    if (!c_.match().result(t.results, returned))
        violate(fmt::format(
            "type mismatch: current function requires result type {} but callee returns {}",
            words(returned), words(t.results)));
    pop(t.params);
    set_unreachable();
}

/// Instr_ok/return_call — valid/instructions.html#valid-return_call
///   C |- RETURN_CALL x : t_3* t_1* -> t_4*
///   -- Expand: C.FUNCS[x] ~~ FUNC t_1* -> t_2*
void CodeValidator::return_call(Instr const& i)
{
    tail_apply(c_.func_type(c_.func(i.x)));
}

/// Instr_ok/return_call_ref — valid/instructions.html#valid-return_call_ref
///   C |- RETURN_CALL_REF x : t_3* t_1* (REF NULL x) -> t_4*
///   -- Expand: C.TYPES[x] ~~ FUNC t_1* -> t_2*
void CodeValidator::return_call_ref(Instr const& i)
{
    auto const& t = c_.func_type(i.x);
    pop_ref(true, HeapType::type(i.x));
    tail_apply(t);
}

/// Instr_ok/return_call_indirect — valid/instructions.html#valid-return_call_indirect
///   C |- RETURN_CALL_INDIRECT x y : t_3* t_1* at -> t_4*
void CodeValidator::return_call_indirect(Instr const& i)
{
    tail_apply(callee_in_table(i));
}

} // namespace touchstone
