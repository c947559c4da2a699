// Parametric and variable instructions: valid/instructions.html#parametric-instructions

#include "engine/validation/code.hpp"
#include "engine/validation/type_names.hpp"

#include <fmt/format.h>

#include <array>

namespace touchstone {

/// Instr_ok/select-impl — valid/instructions.html#valid-select
///   C |- SELECT : t t I32 -> t
///   -- Valtype_ok: C |- t : OK
///   -- Valtype_sub: C |- t <: t'
///   -- if t' = numtype  or  t' = vectype
void CodeValidator::select()
{
    pop(i32);
    auto const t2 = pop_any();
    auto const t1 = pop_any();
    for (auto const t : {t1, t2})
        if (t.is_ref())
            violate("type mismatch: instruction requires numeric or vector type but stack has " +
                    words(t));
    auto const t = t1.kind == ValType::Kind::Bot ? t2 : t1;
    if (t2.kind != ValType::Kind::Bot && t2.kind != t.kind)
        violate(fmt::format("type mismatch: instruction requires {} but stack has {}",
            words(std::array{t1, t1, i32}), words(std::array{t1, t2, i32})));
    push(t);
}

/// Instr_ok/select-expl — valid/instructions.html#valid-select
///   C |- SELECT t : t t I32 -> t
///   -- Valtype_ok: C |- t : OK
void CodeValidator::select_t(Instr const& i)
{
    require(i.y == 1, "invalid result arity");
    auto const t = expr_->types[i.x];
    valtype_ok(c_, t);
    pop(std::array{t, t, i32});
    push(t);
}

/// Instr_ok/local.get — valid/instructions.html#valid-local.get
///   C |- LOCAL.GET x : eps -> t
///   -- if C.LOCALS[x] = SET t
void CodeValidator::local_get(Instr const& i)
{
    auto const t = locals_.type(i.x);
    if (!locals_.is_set(i.x, t)) [[unlikely]]
        violate(fmt::format("uninitialized local {}", i.x));
    push(t);
}

/// Instr_ok/local.set — valid/instructions.html#valid-local.set
///   C |- LOCAL.SET x : t ->_(x) eps
///   -- if C.LOCALS[x] = init t
void CodeValidator::local_set(Instr const& i)
{
    auto const t = locals_.type(i.x);
    pop(t);
    locals_.set(i.x, t);
}

/// Instr_ok/local.tee — valid/instructions.html#valid-local.tee
///   C |- LOCAL.TEE x : t ->_(x) t
///   -- if C.LOCALS[x] = init t
void CodeValidator::local_tee(Instr const& i)
{
    auto const t = locals_.type(i.x);
    pop(t);
    push(t);
    locals_.set(i.x, t);
}

/// Instr_ok/global.get — valid/instructions.html#valid-global.get
///   C |- GLOBAL.GET x : eps -> t
///   -- if C.GLOBALS[x] = mut? t
void CodeValidator::global_get(Instr const& i)
{
    push(c_.global(i.x).value);
}

/// Instr_ok/global.set — valid/instructions.html#valid-global.set
///   C |- GLOBAL.SET x : t -> eps
///   -- if C.GLOBALS[x] = MUT t
void CodeValidator::global_set(Instr const& i)
{
    auto const g = c_.global(i.x);
    require(g.is_mutable, "immutable global");
    pop(g.value);
}

} // namespace touchstone
