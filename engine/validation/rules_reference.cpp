// References: valid/instructions.html#reference-instructions

#include "engine/validation/code.hpp"

#include <fmt/format.h>

#include <array>

namespace touchstone {

/// Instr_ok/ref.null — valid/instructions.html#valid-ref.null
///   C |- REF.NULL ht : eps -> (REF NULL ht)
///   -- Heaptype_ok: C |- ht : OK
void CodeValidator::ref_null(Instr const& i)
{
    heaptype_ok(c_, i.heap_type());
    push_ref(true, i.heap_type());
}

/// Instr_ok/ref.func — valid/instructions.html#valid-ref.func
///   C |- REF.FUNC x : eps -> (REF dt)
///   -- if C.FUNCS[x] = dt
///   -- if x <- C.REFS
void CodeValidator::ref_func(Instr const& i)
{
    auto const type = c_.func(i.x);
    if (!c_.refs[i.x])
        violate(fmt::format("undeclared function reference {}", i.x));
    push_ref(false, HeapType::type(type));
}

/// Instr_ok/ref.is_null — valid/instructions.html#valid-ref.is_null
///   C |- REF.IS_NULL : (REF NULL ht) -> I32
void CodeValidator::ref_is_null()
{
    pop_ref();
    push(i32);
}

/// Instr_ok/ref.as_non_null — valid/instructions.html#valid-ref.as_non_null
///   C |- REF.AS_NON_NULL : (REF NULL ht) -> (REF ht)
void CodeValidator::ref_as_non_null()
{
    push_ref(false, pop_ref().heap);
}

/// Instr_ok/ref.eq — valid/instructions.html#valid-ref.eq
///   C |- REF.EQ : (REF NULL EQ) (REF NULL EQ) -> I32
void CodeValidator::ref_eq()
{
    auto const eqref = ValType::ref(true, AbsHeapType::Eq);
    pop(std::array{eqref, eqref});
    push(i32);
}

/// Instr_ok/ref.test — valid/instructions.html#valid-ref.test
///   C |- REF.TEST rt : rt' -> I32
///   -- Reftype_ok: C |- rt : OK
///   -- Reftype_sub: C |- rt <: rt'
///   The greatest such rt' takes every operand.
void CodeValidator::ref_test(Instr const& i, bool nullable)
{
    auto const rt = ValType::ref(nullable, i.heap_type());
    valtype_ok(c_, rt);
    pop_ref(true, c_.match().top(rt.heap));
    push(i32);
}

/// Instr_ok/ref.cast — valid/instructions.html#valid-ref.cast
///   C |- REF.CAST rt : rt' -> rt
///   -- Reftype_ok: C |- rt : OK
///   -- Reftype_sub: C |- rt <: rt'
void CodeValidator::ref_cast(Instr const& i, bool nullable)
{
    auto const rt = ValType::ref(nullable, i.heap_type());
    valtype_ok(c_, rt);
    pop_ref(true, c_.match().top(rt.heap));
    push(rt);
}

/// Instr_ok/ref.i31 — valid/instructions.html#valid-ref.i31
///   C |- REF.I31 : I32 -> (REF I31)
void CodeValidator::ref_i31()
{
    pop(i32);
    push_ref(false, AbsHeapType::I31);
}

/// Instr_ok/i31.get — valid/instructions.html#valid-i31.get
///   C |- I31.GET sx : (REF NULL I31) -> I32
void CodeValidator::i31_get()
{
    pop_ref(true, AbsHeapType::I31);
    push(i32);
}

/// Instr_ok/extern.convert_any — valid/instructions.html#valid-extern.convert_any
///   C |- EXTERN.CONVERT_ANY : (REF null_1? ANY) -> (REF null_2? EXTERN)
///   -- if null_1? = null_2?
void CodeValidator::extern_convert_any()
{
    auto const rt = pop_ref();
    push(rt);
    pop_ref(rt.nullable, AbsHeapType::Any);
    push_ref(rt.nullable, AbsHeapType::Extern);
}

/// Instr_ok/any.convert_extern — valid/instructions.html#valid-any.convert_extern
///   C |- ANY.CONVERT_EXTERN : (REF null_1? EXTERN) -> (REF null_2? ANY)
///   -- if null_1? = null_2?
void CodeValidator::any_convert_extern()
{
    auto const rt = pop_ref();
    push(rt);
    pop_ref(rt.nullable, AbsHeapType::Extern);
    push_ref(rt.nullable, AbsHeapType::Any);
}

} // namespace touchstone
