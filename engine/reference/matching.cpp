#include "engine/reference/matching.hpp"

#include <algorithm>

namespace touchstone::reference {

namespace {

/// The top of the hierarchy that an abstract heap type belongs to.
AbsHeapType top_of(AbsHeapType h)
{
    switch (h) {
    case AbsHeapType::Func:
    case AbsHeapType::NoFunc: return AbsHeapType::Func;
    case AbsHeapType::Extern:
    case AbsHeapType::NoExtern: return AbsHeapType::Extern;
    case AbsHeapType::Exn:
    case AbsHeapType::NoExn: return AbsHeapType::Exn;
    default: return AbsHeapType::Any;
    }
}

/// How far below its top, where what is deeper matches what is above it: any, eq, (i31 struct
/// array), none.
int depth_of(AbsHeapType h)
{
    switch (h) {
    case AbsHeapType::Eq: return 1;
    case AbsHeapType::I31:
    case AbsHeapType::Struct:
    case AbsHeapType::Array: return 2;
    case AbsHeapType::None:
    case AbsHeapType::NoFunc:
    case AbsHeapType::NoExtern:
    case AbsHeapType::NoExn: return 3;
    default: return 0;
    }
}

/// Heaptype_sub/refl, /eq-any, /i31-eq, /struct-eq, /array-eq, /none, /nofunc, /noexn, /noextern,
/// /trans — valid/matching.html#match-heaptype
bool heap_matches(HeapType h1, HeapType h2)
{
    if (h1 == h2)
        return true;
    if (!h1.is_abstract() || !h2.is_abstract())
        return false;
    auto const a = h1.abstract();
    auto const b = h2.abstract();
    return top_of(a) == top_of(b) && depth_of(a) > depth_of(b);
}

/// Ref_ok/i31, /struct, /array, /func, /exn, /host, /extern — exec/values.html#valid-ref
ValType type_of(Value const& ref)
{
    if (ref.is_extern)
        return ValType::ref(false, AbsHeapType::Extern);
    switch (ref.ref) {
    case RefKind::Func: return ValType::ref(false, AbsHeapType::Func);
    case RefKind::I31: return ValType::ref(false, AbsHeapType::I31);
    case RefKind::Struct: return ValType::ref(false, AbsHeapType::Struct);
    case RefKind::Array: return ValType::ref(false, AbsHeapType::Array);
    case RefKind::Exn: return ValType::ref(false, AbsHeapType::Exn);
    default: return ValType::ref(false, AbsHeapType::Any);
    }
}

/// Limits_sub — valid/matching.html#match-limits
///   [n1 .. m1?] <: [n2 .. m2?]   if n1 >= n2 and (m2 absent, or m1 <= m2)
bool limits_match(SizeLimits const& l1, SizeLimits const& l2)
{
    return l1.addr == l2.addr && l1.min >= l2.min && (!l2.max || (l1.max && *l1.max <= *l2.max));
}

bool address_ok(Instances const& s, ExternVal x)
{
    switch (x.kind) {
    case ExternKind::Func: return x.address < s.funcs.size();
    case ExternKind::Table: return x.address < s.tables.size();
    case ExternKind::Memory: return x.address < s.mems.size();
    case ExternKind::Global: return x.address < s.globals.size();
    case ExternKind::Tag: return x.address < s.tags.size();
    }
    return false;
}

} // namespace

/// Numtype_sub, Vectype_sub, Reftype_sub/nonnull, Reftype_sub/null — valid/matching.html
bool matches(ValType t1, ValType t2)
{
    if (!t1.is_ref() || !t2.is_ref())
        return t1 == t2;
    return (t2.nullable || !t1.nullable) && heap_matches(t1.heap, t2.heap);
}

/// Val_ok/num, Val_ok/vec, Val_ok/ref, Ref_ok/null, Ref_ok/sub — exec/values.html#valid-val
bool val_ok(Instances const& s, Value const& v, ValType t)
{
    if (v.kind != t.kind)
        return false;
    if (!t.is_ref())
        return true;
    if (v.is_null())
        return t.nullable;
    if (v.ref == RefKind::Func && v.lo >= s.funcs.size())
        return false;
    return matches(type_of(v), t);
}

bool vals_ok(Instances const& s, std::span<Value const> vs, ResultType const& ts)
{
    return std::ranges::equal(vs, ts, [&s](Value const& v, ValType t) { return val_ok(s, v, t); });
}

/// Externaddr_ok/func, /table, /mem, /global, /tag, /sub — exec/values.html#valid-externaddr,
/// with Externtype_sub of the same kinds — valid/matching.html#match-externtype
bool externaddr_ok(
    Instances const& s, ExternVal given, ValidModule const& module, ExternType const& wanted)
{
    if (given.kind != wanted.kind || !address_ok(s, given))
        return false;
    switch (wanted.kind) {
    case ExternKind::Func: return *s.funcs[given.address].type == module.func_type(wanted.func);
    case ExternKind::Table:
    {
        auto const& type = s.tables[given.address].type;
        return limits_match(type.limits, wanted.table.limits) &&
               type.element == wanted.table.element;
    }
    case ExternKind::Memory:
        return limits_match(s.mems[given.address].type.limits, wanted.memory.limits);
    case ExternKind::Global:
    {
        auto const type = s.globals[given.address].type;
        if (type.is_mutable || wanted.global.is_mutable)
            return type == wanted.global;
        return matches(type.value, wanted.global.value);
    }
    case ExternKind::Tag: return s.tags[given.address].type == module.func_type(wanted.tag.type);
    }
    return false;
}

} // namespace touchstone::reference
