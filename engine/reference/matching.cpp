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

bool abstract_matches(AbsHeapType a, AbsHeapType b)
{
    return a == b || (top_of(a) == top_of(b) && depth_of(a) > depth_of(b));
}

/// What a composite type of this kind is at least.
AbsHeapType abstract_kind(CompType::Kind kind)
{
    switch (kind) {
    case CompType::Kind::Struct: return AbsHeapType::Struct;
    case CompType::Kind::Array: return AbsHeapType::Array;
    default: return AbsHeapType::Func;
    }
}

/// Heaptype_sub/refl, Heaptype_sub/eq-any, Heaptype_sub/i31-eq, Heaptype_sub/struct-eq,
/// Heaptype_sub/array-eq, Heaptype_sub/struct, Heaptype_sub/array, Heaptype_sub/func,
/// Heaptype_sub/def, Heaptype_sub/none, Heaptype_sub/nofunc, Heaptype_sub/noexn,
/// Heaptype_sub/noextern, Heaptype_sub/bot, Heaptype_sub/trans — valid/matching.html#match-heaptype
///   eq <: any    i31 <: eq    struct <: eq    array <: eq
///   dt <: struct    if expanddt(dt) = STRUCT fieldtype*;  array and func likewise
///   dt1 <: dt2      if Deftype_sub
///   none <: ht      if ht <: any;  nofunc, noexn and noextern likewise
///   bot <: ht
bool heap_matches(TypeGraph const& types, HeapType h1, HeapType h2)
{
    if (h1 == h2 || h1 == AbsHeapType::Bot)
        return true;
    auto const defined = [](HeapType h) { return static_cast<DefType>(h.index()); };
    auto const kind = [&](HeapType h) { return abstract_kind(types.expand(defined(h)).kind); };
    if (h1.is_abstract() && h2.is_abstract())
        return abstract_matches(h1.abstract(), h2.abstract());
    if (h1.is_abstract()) {
        auto const is_bottom = depth_of(h1.abstract()) == depth_of(AbsHeapType::None);
        return is_bottom && top_of(h1.abstract()) == top_of(kind(h2));
    }
    if (h2.is_abstract())
        return abstract_matches(kind(h1), h2.abstract());
    return types.matches(defined(h1), defined(h2));
}

/// Ref_ok/null, Ref_ok/i31, Ref_ok/struct, Ref_ok/array, Ref_ok/func, Ref_ok/exn, Ref_ok/host,
/// Ref_ok/extern — exec/values.html#valid-ref
///   s |- ref.null_addr : (ref null bot)
///   s |- (ref.struct_addr a) : (ref dt)    if s.STRUCTS[a].TYPE = dt;  array and func likewise
///   s |- (ref.extern ref) : (ref extern)
ValType type_of(Instances const& s, Ref ref)
{
    auto const defined = [&s](RuleName rule, DefType dt) {
        s.count(rule);
        return ValType::ref(false, HeapType::type(static_cast<Index>(dt)));
    };
    auto const abstract = [&s](RuleName rule, AbsHeapType h) {
        s.count(rule);
        return ValType::ref(rule == RuleName::RefOkNull, h);
    };
    auto const object_type = [&] {
        return static_cast<DefType>(s.heap.at(ref.kind, ref.payload).type);
    };
    if (ref.kind == RefKind::Null)
        return abstract(RuleName::RefOkNull, AbsHeapType::Bot);
    if (ref.is_extern)
        return abstract(RuleName::RefOkExtern, AbsHeapType::Extern);
    switch (ref.kind) {
    case RefKind::Func: return defined(RuleName::RefOkFunc, s.funcs[ref.payload].deftype);
    case RefKind::Struct: return defined(RuleName::RefOkStruct, object_type());
    case RefKind::Array: return defined(RuleName::RefOkArray, object_type());
    case RefKind::I31: return abstract(RuleName::RefOkI31, AbsHeapType::I31);
    case RefKind::Exn: return abstract(RuleName::RefOkExn, AbsHeapType::Exn);
    default: return abstract(RuleName::RefOkHost, AbsHeapType::Any);
    }
}

/// Whether a reference from outside refers to something.
bool address_ok(Instances const& s, Ref ref)
{
    switch (ref.kind) {
    case RefKind::Func: return ref.payload < s.funcs.size();
    case RefKind::Struct:
    case RefKind::Array:
    case RefKind::Exn: return s.heap.has(ref.kind, ref.payload);
    case RefKind::I31: return ref.payload < 1U << 31;
    default: return true;
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

/// Numtype_sub, Vectype_sub, Valtype_sub/num, Valtype_sub/vec, Valtype_sub/ref,
/// Reftype_sub/nonnull, Reftype_sub/null
///   — valid/matching.html#match-valtype
bool matches(TypeGraph const& types, ValType t1, ValType t2)
{
    if (!t1.is_ref() || !t2.is_ref())
        return t1 == t2;
    return (t2.nullable || !t1.nullable) && heap_matches(types, t1.heap, t2.heap);
}

/// Ref_ok/sub — exec/values.html#valid-ref
///   s |- ref : rt    if s |- ref : rt'  and  |- rt' <: rt
bool ref_ok(Instances const& s, Ref ref, ValType rt)
{
    s.count(RuleName::RefOkSub);
    return matches(s.types, type_of(s, ref), rt);
}

/// Val_ok/num, Val_ok/vec, Val_ok/ref, Num_ok, Vec_ok — exec/values.html#valid-val
bool val_ok(Instances const& s, Value const& v, ValType t)
{
    if (v.kind != t.kind)
        return false;
    if (!t.is_ref()) {
        bool const is_vector = t.kind == ValType::Kind::V128;
        s.count(is_vector ? RuleName::VecOk : RuleName::NumOk);
        s.count(is_vector ? RuleName::ValOkVec : RuleName::ValOkNum);
        return true;
    }
    s.count(RuleName::ValOkRef);
    Ref const ref{v.ref, v.is_extern && !v.is_null(), v.lo};
    return address_ok(s, ref) && ref_ok(s, ref, t);
}

bool vals_ok(Instances const& s, std::span<Value const> vs, ResultType const& ts)
{
    return std::ranges::equal(vs, ts, [&s](Value const& v, ValType t) { return val_ok(s, v, t); });
}

namespace {

/// Both ways: what may be written and read.
bool equivalent(TypeGraph const& types, ValType t1, ValType t2)
{
    return matches(types, t1, t2) && matches(types, t2, t1);
}

/// Globaltype_sub/const, Globaltype_sub/var — valid/matching.html#match-globaltype
///   t1 <: t2    if t1 <: t2            mut t1 <: mut t2    if t1 <: t2  and  t2 <: t1
bool global_matches(TypeGraph const& types, GlobalType g1, GlobalType g2)
{
    if (g1.is_mutable != g2.is_mutable)
        return false;
    return g1.is_mutable ? equivalent(types, g1.value, g2.value)
                         : matches(types, g1.value, g2.value);
}

RuleName rule_for(ExternKind kind)
{
    switch (kind) {
    case ExternKind::Func: return RuleName::ExternaddrOkFunc;
    case ExternKind::Table: return RuleName::ExternaddrOkTable;
    case ExternKind::Memory: return RuleName::ExternaddrOkMem;
    case ExternKind::Global: return RuleName::ExternaddrOkGlobal;
    case ExternKind::Tag: return RuleName::ExternaddrOkTag;
    }
    return RuleName::None;
}

} // namespace

/// Externaddr_ok/func, Externaddr_ok/table, Externaddr_ok/mem, Externaddr_ok/global,
/// Externaddr_ok/tag, Externaddr_ok/sub — exec/values.html#valid-externaddr, with
/// Externtype_sub/func, Externtype_sub/table, Externtype_sub/mem, Externtype_sub/global,
/// Externtype_sub/tag, Tabletype_sub, Memtype_sub, Tagtype_sub
///   — valid/matching.html#match-externtype
/// threads and custom-page-sizes, valid/matching.html#memory-types: memories are alike in being
///   shared and in the size of a page
bool externaddr_ok(
    Instances const& s, ExternVal given, std::span<DefType const> types, ExternType const& wanted)
{
    if (given.kind != wanted.kind || !address_ok(s, given))
        return false;
    s.count(rule_for(wanted.kind));
    s.count(RuleName::ExternaddrOkSub);
    switch (wanted.kind) {
    case ExternKind::Func:
        return s.types.matches(s.funcs[given.address].deftype, types[wanted.func]);
    case ExternKind::Table:
    {
        auto const& type = s.tables[given.address].type;
        return limits_match(type.limits, wanted.table.limits) &&
               equivalent(s.types, type.element, inst_valtype(types, wanted.table.element));
    }
    case ExternKind::Memory:
    {
        auto const& type = s.mems[given.address].type;
        return limits_match(type.limits, wanted.memory.limits) &&
               type.is_shared == wanted.memory.is_shared &&
               type.page_log2 == wanted.memory.page_log2;
    }
    case ExternKind::Global:
        return global_matches(
            s.types, s.globals[given.address].type, inst_globaltype(types, wanted.global));
    case ExternKind::Tag:
    {
        auto const tag = s.tags[given.address].type;
        auto const type = types[wanted.tag.type];
        return s.types.matches(tag, type) && s.types.matches(type, tag);
    }
    }
    return false;
}

} // namespace touchstone::reference
