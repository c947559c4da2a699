#include "generators/shape.hpp"
#include "generators/smith_function.hpp"

namespace touchstone::generators {

/// A nullable type above, in the hierarchy of any.
ValType FunctionWriter::wider(ValType t)
{
    std::vector<HeapType> above{AbsHeapType::Any};
    for (auto const abstract : {AbsHeapType::Eq, AbsHeapType::Struct, AbsHeapType::Array})
        if (matches(plan_.types, t.heap, abstract))
            above.emplace_back(abstract);
    auto const& types = plan_.types.types;
    if (!t.heap.is_abstract())
        for (auto const super : types[t.heap.index()].supers)
            above.push_back(HeapType::type(super));
    return ValType::ref(true, above[in_.below(static_cast<std::uint32_t>(above.size()))]);
}

/// Any type of the hierarchy of any, non-null.
ValType FunctionWriter::target_of_cast()
{
    if (!in_.chance(72))
        return non_null(typed_reference_type(in_, plan_));
    return ValType::ref(false, in_.chance(128) ? AbsHeapType::None : AbsHeapType::Eq);
}

/// A value that is cast to this type: surely, or after a test, or at a risk.
void FunctionWriter::cast_value(ValType t, std::uint32_t depth)
{
    auto const cast = t.nullable ? Opcode::RefCastNull : Opcode::RefCast;
    if (risk()) {
        typed_reference(wider(t), depth);
        return code_.heap_type(cast, t.heap);
    }
    switch (in_.below(4)) {
    case 0: // upwards, or to the same
        typed_reference(t, depth);
        return code_.heap_type(cast, t.heap);
    case 1: return cast_branch(t, false, depth);
    case 2: return cast_branch(t, true, depth);
    default: return tested_cast(t, depth);
    }
}

/// block (result t) (br_on_cast 0 wide t (wide)) (drop) (fresh t) end; or the other way round
void FunctionWriter::cast_branch(ValType t, bool on_fail, std::uint32_t depth)
{
    auto const from = wider(t);
    open(Opcode::Block, {}, {t}, true);
    if (on_fail) {
        open(Opcode::Block, {}, {t.nullable ? non_null(from) : from}, true);
        typed_reference(from, depth);
        code_.br_cast(Opcode::BrOnCastFail, 0, from, t);
        code_.op(Opcode::Br, 1);
        close();
    } else {
        typed_reference(from, depth);
        code_.br_cast(Opcode::BrOnCast, 0, from, t);
    }
    code_.op(Opcode::Drop);
    fresh(t, depth);
    close();
}

/// if (ref.test t (local)) (ref.cast t (local)) else (fresh t)
void FunctionWriter::tested_cast(ValType t, std::uint32_t depth)
{
    auto const l = matching_local(wider(t));
    if (!l)
        return fresh(t, depth);
    code_.op(Opcode::LocalGet, *l);
    code_.heap_type(t.nullable ? Opcode::RefTestNull : Opcode::RefTest, t.heap);
    open(Opcode::If, {}, {t}, true);
    code_.op(Opcode::LocalGet, *l);
    code_.heap_type(t.nullable ? Opcode::RefCastNull : Opcode::RefCast, t.heap);
    code_.op(Opcode::Else);
    fresh(t, depth);
    close();
}

/// An i32 that a reference gives: tests, comparisons, lengths, small integers.
bool FunctionWriter::reference_number(std::uint32_t depth)
{
    auto const eq = ValType::ref(true, AbsHeapType::Eq);
    switch (in_.below(8)) {
    case 0:
    case 1:
    {
        auto const target = target_of_cast();
        auto const is_func = family(plan_.types, target.heap) == AbsHeapType::Func;
        auto const op = in_.chance(100) ? Opcode::RefTestNull : Opcode::RefTest;
        typed_reference(is_func ? funcref : wider(target), depth);
        code_.heap_type(op, target.heap);
        return true;
    }
    case 2:
    case 3:
        typed_reference(eq, depth);
        if (auto const l = matching_local(eq); l && in_.chance(128))
            code_.op(Opcode::LocalGet, *l);
        else
            typed_reference(eq, depth);
        code_.op(Opcode::RefEq);
        return true;
    case 4:
        typed_reference(typed_reference_type(in_, plan_), depth);
        code_.op(Opcode::RefIsNull);
        return true;
    case 5:
    {
        auto const is_sure = !risk();
        typed_reference(ValType::ref(!is_sure, AbsHeapType::Array), depth);
        code_.op(Opcode::ArrayLen);
        return true;
    }
    default:
        typed_reference(ValType::ref(false, AbsHeapType::I31), depth);
        code_.op(in_.chance(128) ? Opcode::I31GetS : Opcode::I31GetU);
        return true;
    }
}

/// block (br_on_null 0 (ref)) (keep it) ... end; or a chance for a null to trap
void FunctionWriter::cast_statement(std::uint32_t nesting)
{
    auto const t = typed_reference_type(in_, plan_);
    if (risk()) {
        auto const l = matching_local(t);
        if (in_.chance(128) || !l)
            code_.ref_null(t.heap);
        else
            code_.op(Opcode::LocalGet, *l);
        code_.op(Opcode::RefAsNonNull);
        return keep(non_null(t));
    }
    open(Opcode::Block, {}, {}, true);
    typed_reference(t, 2);
    code_.op(Opcode::BrOnNull, 0);
    keep(non_null(t));
    if (nesting > 0)
        statements(2, nesting - 1);
    close();
}

} // namespace touchstone::generators
