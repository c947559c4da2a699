// Exceptions: valid/instructions.html#valid-throw

#include "engine/validation/code.hpp"
#include "engine/validation/type_names.hpp"

#include <fmt/format.h>

namespace touchstone {

/// Instr_ok/throw — valid/instructions.html#valid-throw
///   C |- THROW x : t_1* t* -> t_2*
///   -- Expand: $as_deftype(C.TAGS[x]) ~~ FUNC t* -> eps
void CodeValidator::throw_(Instr const& i)
{
    pop(c_.tag(i.x));
    set_unreachable();
}

/// Instr_ok/throw_ref — valid/instructions.html#valid-throw_ref
///   C |- THROW_REF : t_1* (REF NULL EXN) -> t_2*
void CodeValidator::throw_ref()
{
    pop(exnref);
    set_unreachable();
}

/// Instr_ok/try_table — valid/instructions.html#valid-try_table
///   C |- TRY_TABLE bt catch* instr* : t_1* -> t_2*
///   -- Blocktype_ok: C |- bt : t_1* -> t_2*
///   -- Instrs_ok: {LABELS (t_2*)} ++ C |- instr* : t_1* ->_(x*) t_2*
///   -- (Catch_ok: C |- catch : OK)*
void CodeValidator::try_table(Instr const& i)
{
    auto const frame = blocktype_ok(i);
    for (auto const& c : std::span{expr_->catches}.subspan(i.x, i.y))
        catch_ok(c);
    enter(frame);
}

/// Catch_ok/catch, Catch_ok/catch_ref, Catch_ok/catch_all, Catch_ok/catch_all_ref
/// — valid/instructions.html#valid-catch
///   C |- CATCH x l : OK          if C.TAGS[x] ~~ FUNC t* -> eps  and  t* <: C.LABELS[l]
///   C |- CATCH_REF x l : OK      if C.TAGS[x] ~~ FUNC t* -> eps  and  t* (REF EXN) <: C.LABELS[l]
///   C |- CATCH_ALL l : OK        if eps <: C.LABELS[l]
///   C |- CATCH_ALL_REF l : OK    if (REF EXN) <: C.LABELS[l]
void CodeValidator::catch_ok(Catch const& c)
{
    bool const has_tag = c.kind == Catch::Kind::Catch || c.kind == Catch::Kind::CatchRef;
    bool const has_ref = c.kind == Catch::Kind::CatchRef || c.kind == Catch::Kind::CatchAllRef;
    auto const ts = has_tag ? std::span{c_.tag(c.tag)} : std::span<ValType const>{};
    auto const target = label(c.label);
    auto const match = c_.match();
    auto const exn = ValType::ref(false, AbsHeapType::Exn);

    bool const fits = has_ref ? target.size() == ts.size() + 1 && match.val(exn, target.back()) &&
                                    match.result(ts, target.first(ts.size()))
                              : match.result(ts, target);
    if (!fits)
        violate(fmt::format("type mismatch: label requires {} but catch handler has {}{}",
                    words(target), words(ts), has_ref ? " and the exception" : ""),
            has_tag ? (has_ref ? "Catch_ok/catch_ref" : "Catch_ok/catch")
                    : (has_ref ? "Catch_ok/catch_all_ref" : "Catch_ok/catch_all"));
}

} // namespace touchstone
