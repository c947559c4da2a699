#include "engine/validation/matching.hpp"

#include <algorithm>
#include <initializer_list>

namespace touchstone {

using enum AbsHeapType;

/// Heaptype_sub/refl, Heaptype_sub/trans, Heaptype_sub/eq-any, Heaptype_sub/i31-eq,
/// Heaptype_sub/struct-eq, Heaptype_sub/array-eq, Heaptype_sub/none, Heaptype_sub/nofunc,
/// Heaptype_sub/noexn, Heaptype_sub/noextern, Heaptype_sub/bot
/// — valid/matching.html#match-heaptype: between abstract ones, closed under transitivity.
static bool abstract_matches(AbsHeapType a, AbsHeapType b)
{
    auto const one_of = [b](std::initializer_list<AbsHeapType> supers) {
        return std::ranges::find(supers, b) != supers.end();
    };
    switch (a) {
    case Any: return b == Any;
    case Eq: return one_of({Eq, Any});
    case I31: return one_of({I31, Eq, Any});
    case Struct: return one_of({Struct, Eq, Any});
    case Array: return one_of({Array, Eq, Any});
    case None: return one_of({None, I31, Struct, Array, Eq, Any});
    case Func: return b == Func;
    case NoFunc: return one_of({NoFunc, Func});
    case Extern: return b == Extern;
    case NoExtern: return one_of({NoExtern, Extern});
    case Exn: return b == Exn;
    case NoExn: return one_of({NoExn, Exn});
    case Bot: return true;
    }
    return false;
}

/// The abstract type right above, and the one right below, all types of a kind.
static AbsHeapType above(CompType::Kind kind)
{
    switch (kind) {
    case CompType::Kind::Func: return Func;
    case CompType::Kind::Struct: return Struct;
    case CompType::Kind::Array: return Array;
    }
    return Bot;
}
static AbsHeapType below(CompType::Kind kind)
{
    return kind == CompType::Kind::Func ? NoFunc : None;
}

/// Heaptype_sub/struct, Heaptype_sub/array, Heaptype_sub/func, Heaptype_sub/def,
/// Heaptype_sub/typeidx-l, Heaptype_sub/typeidx-r, Heaptype_sub/rec-struct, Heaptype_sub/rec-array,
/// Heaptype_sub/rec-func, Heaptype_sub/rec-sub — valid/matching.html#match-heaptype
///   Ids stand for closed types, so that REC i never occurs.
bool Matching::heap(HeapType a, HeapType b) const
{
    if (a.is_abstract() && b.is_abstract())
        return abstract_matches(a.abstract(), b.abstract());
    if (b.is_abstract())
        return abstract_matches(above(kind(a)), b.abstract());
    if (a.is_abstract())
        return a.abstract() == Bot || a.abstract() == below(kind(b));
    return registry_->matches(id(a.index()), id(b.index()));
}

/// Numtype_sub, Vectype_sub, Valtype_sub/num, Valtype_sub/vec — valid/matching.html#match-valtype
///   equal kinds only: `Matching::val`
/// Valtype_sub/bot
///   C |- BOT <: valtype
/// Valtype_sub/ref, Reftype_sub/nonnull, Reftype_sub/null — valid/matching.html#match-reftype
///   C |- REF ht_1 <: REF ht_2, C |- REF NULL? ht_1 <: REF NULL ht_2    if C |- ht_1 <: ht_2
bool Matching::val_unlike(ValType a, ValType b) const
{
    if (a.kind == ValType::Kind::Bot)
        return true;
    if (!a.is_ref() || !b.is_ref())
        return false;
    return (!a.nullable || b.nullable) && heap(a.heap, b.heap);
}

/// Resulttype_sub — valid/matching.html#match-resulttype
///   C |- t_1* <: t_2*    if (C |- t_1 <: t_2)*
bool Matching::result(std::span<ValType const> a, std::span<ValType const> b) const
{
    return std::ranges::equal(a, b, [this](ValType s, ValType t) { return val(s, t); });
}

/// Storagetype_sub/val, Storagetype_sub/pack, Packtype_sub — valid/matching.html#match-storagetype
bool Matching::storage(StorageType a, StorageType b) const
{
    if (a.pack != b.pack)
        return false;
    return a.pack != StorageType::Pack::No || val(a.unpacked, b.unpacked);
}

/// Fieldtype_sub/const, Fieldtype_sub/var — valid/matching.html#match-fieldtype
///   C |- zt_1 <: zt_2            if C |- zt_1 <: zt_2
///   C |- MUT zt_1 <: MUT zt_2    if C |- zt_1 <: zt_2  and  C |- zt_2 <: zt_1
bool Matching::field(FieldType a, FieldType b) const
{
    if (a.is_mutable != b.is_mutable || !storage(a.storage, b.storage))
        return false;
    return !a.is_mutable || storage(b.storage, a.storage);
}

/// Comptype_sub/struct, Comptype_sub/array, Comptype_sub/func — valid/matching.html#match-comptype
///   C |- STRUCT (ft_1* ft'_1*) <: STRUCT ft_2*           if (C |- ft_1 <: ft_2)*
///   C |- ARRAY ft_1 <: ARRAY ft_2                        if C |- ft_1 <: ft_2
///   C |- FUNC t_11* -> t_12* <: FUNC t_21* -> t_22*      if t_21* <: t_11*  and  t_12* <: t_22*
bool Matching::comp(CompType const& a, CompType const& b) const
{
    if (a.kind != b.kind)
        return false;
    if (a.kind == CompType::Kind::Func)
        return result(b.func.params, a.func.params) && result(a.func.results, b.func.results);
    if (a.fields.size() < b.fields.size())
        return false;
    return std::ranges::equal(std::span{a.fields}.first(b.fields.size()), b.fields,
        [this](FieldType s, FieldType t) { return field(s, t); });
}

/// Limits_sub/max, Limits_sub/eps — valid/matching.html#match-limits
///   [n_1 .. m_1] <: [n_2 .. m_2?]    if n_1 >= n_2  and  (m_1 <= m_2)?
///   [n_1 .. eps] <: [n_2 .. eps]     if n_1 >= n_2
bool Matching::limits(SizeLimits const& a, SizeLimits const& b)
{
    return a.addr == b.addr && a.min >= b.min && (!b.max || (a.max && *a.max <= *b.max));
}

/// Memtype_sub, Externtype_sub/mem — valid/matching.html#match-memtype
bool Matching::memory(MemoryType const& a, MemoryType const& b)
{
    return limits(a.limits, b.limits);
}

/// Tabletype_sub, Externtype_sub/table — valid/matching.html#match-tabletype
bool Matching::table(TableType const& a, TableType const& b) const
{
    return limits(a.limits, b.limits) && val(a.element, b.element) && val(b.element, a.element);
}

/// Globaltype_sub/const, Globaltype_sub/var, Externtype_sub/global
/// — valid/matching.html#match-globaltype
bool Matching::global(GlobalType a, GlobalType b) const
{
    if (a.is_mutable != b.is_mutable || !val(a.value, b.value))
        return false;
    return !a.is_mutable || val(b.value, a.value);
}

/// Tagtype_sub, Externtype_sub/tag — valid/matching.html#match-tagtype
///   deftypes that match both ways are equal
bool Matching::tag(TagType a, TagType b) const
{
    return id(a.type) == id(b.type);
}

/// Externtype_sub/func — valid/matching.html#match-externtype
bool Matching::func(Index a, Index b) const
{
    return registry_->matches(id(a), id(b));
}

HeapType Matching::top(HeapType t) const
{
    switch (t.is_abstract() ? t.abstract() : above(kind(t))) {
    case Any:
    case Eq:
    case I31:
    case Struct:
    case Array:
    case None: return Any;
    case Func:
    case NoFunc: return Func;
    case Extern:
    case NoExtern: return Extern;
    case Exn:
    case NoExn: return Exn;
    case Bot: break;
    }
    return Bot;
}

} // namespace touchstone
