// Types: valid/types.html

#include "engine/validation/context.hpp"
#include "engine/validation/type_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace touchstone {

/// Heaptype_ok/abs, Heaptype_ok/typeuse, Heaptype_ok/bot, Typeuse_ok/typeidx
/// — valid/types.html#valid-heaptype
///   C |- absheaptype : OK
///   C |- x : OK    if C.TYPES[x] = dt
/// Typeuse_ok/rec, Typeuse_ok/deftype, Deftype_ok, Subtype_ok2, Rectype_ok2/empty, Rectype_ok2/cons
///   are about closed types, which no module can write; `types_ok` makes only well-formed ones.
void heaptype_ok(Context const& c, HeapType t)
{
    if (!t.is_abstract() && t.index() >= c.type_count)
        violate(fmt::format("unknown type {}", t.index()), "Typeuse_ok/typeidx");
}

/// Numtype_ok, Vectype_ok, Reftype_ok, Valtype_ok/num, Valtype_ok/vec, Valtype_ok/ref,
/// Valtype_ok/bot — valid/types.html#valid-valtype
void valtype_ok(Context const& c, ValType t)
{
    if (t.is_ref())
        heaptype_ok(c, t.heap);
}

/// Resulttype_ok — valid/types.html#valid-resulttype
static void resulttype_ok(Context const& c, ResultType const& ts)
{
    for (auto const t : ts)
        valtype_ok(c, t);
}

/// Fieldtype_ok, Storagetype_ok/val, Storagetype_ok/pack, Packtype_ok
/// — valid/types.html#valid-fieldtype
static void fieldtype_ok(Context const& c, FieldType t)
{
    if (t.storage.pack == StorageType::Pack::No)
        valtype_ok(c, t.storage.unpacked);
}

/// Comptype_ok/struct, Comptype_ok/array, Comptype_ok/func — valid/types.html#valid-comptype
static void comptype_ok(Context const& c, CompType const& t)
{
    if (t.kind == CompType::Kind::Func) {
        resulttype_ok(c, t.func.params);
        resulttype_ok(c, t.func.results);
        return;
    }
    for (auto const f : t.fields)
        fieldtype_ok(c, f);
}

/// Subtype_ok — valid/types.html#valid-subtype: the premises that do not compare types
///   C |- SUB FINAL? x* comptype : OK(x_0)
///   -- if |x*| <= 1
///   -- (if x < x_0)*
///   -- Comptype_ok: C |- comptype : OK
static void subtype_well_formed(Context const& c, Index x0)
{
    auto const& t = c.module->types[x0];
    for (auto const x : t.supers)
        static_cast<void>(c.type(x));
    if (t.supers.size() > 1)
        violate(fmt::format("sub type {} has more than one super type", x0), "Subtype_ok");
    for (auto const x : t.supers)
        if (x >= x0)
            violate(fmt::format("forward use of type {} in sub type definition", x), "Subtype_ok");
    comptype_ok(c, t.comp);
}

/// Subtype_ok — valid/types.html#valid-subtype: the premises that compare types
///   -- (if $unrolldt(C.TYPES[x]) = SUB yy* comptype')*
///   -- (Comptype_sub: C |- comptype <: comptype')*
static void subtype_matches_supers(Context const& c, Index x0)
{
    auto const& t = c.module->types[x0];
    for (auto const x : t.supers) {
        auto const& super = c.module->types[x];
        if (super.is_final)
            violate(fmt::format("sub type {} has final super type {}", x0, x), "Subtype_ok");
        if (!c.match().comp(t.comp, super.comp))
            violate(fmt::format("sub type {} does not match super type {}", x0, x), "Subtype_ok");
    }
}

/// Rectype_ok/empty, Rectype_ok/cons, Type_ok — valid/types.html#valid-rectype
///   C |- TYPE rectype : dt*
///   -- if x = |C.TYPES|
///   -- if dt* = $rolldt(x, rectype)
///   -- Rectype_ok: C ++ {TYPES dt*} |- rectype : OK(x)
static void type_ok(Context& c, RecGroup g)
{
    auto const group = std::span{c.module->types}.subspan(g.first, g.count);
    c.type_count = g.first + g.count;
    for (Index i = 0; i < g.count; ++i)
        subtype_well_formed(c, g.first + i);
    c.registry.add_group(group, c.type_ids);
    for (Index i = 0; i < g.count; ++i)
        subtype_matches_supers(c, g.first + i);
    for (auto const& t : group)
        c.defaultable.push_back(std::ranges::all_of(
            t.comp.fields, [](FieldType f) { return defaultable(f.storage.unpacked); }));
}

/// Types_ok/empty, Types_ok/cons — valid/modules.html#valid-types
void types_ok(Context& c)
{
    c.type_ids.reserve(c.module->types.size());
    for (auto const g : c.module->rec_groups)
        type_ok(c, g);
}

/// Limits_ok — valid/types.html#valid-limits
///   C |- [n .. m?] : k
///   -- if n <= k
///   -- (if n <= m <= k)?
static void limits_ok(SizeLimits const& l, std::uint64_t k, std::string_view too_large)
{
    if (l.min > k || (l.max && *l.max > k))
        violate(std::string{too_large}, "Limits_ok");
    require(
        !l.max || l.min <= *l.max, "size minimum must not be greater than maximum", "Limits_ok");
}

/// Memtype_ok, Externtype_ok/mem — valid/types.html#valid-memtype
///   C |- at limits PAGE : OK
///   -- Limits_ok: C |- limits : 2^(|at| - 16)
/// custom-page-sizes, valid/types.html#memory-types: a page has 1 or 65,536 bytes, of single bytes
///   there are at most 2^|at| - 1
/// threads, valid/types.html#memory-types: a shared memory has a maximum
void memtype_ok(MemoryType const& t)
{
    auto const is_64 = t.limits.addr == AddrType::I64;
    if (t.page_bytes() == 1) {
        limits_ok(t.limits,
            is_64 ? std::numeric_limits<std::uint64_t>::max()
                  : std::numeric_limits<std::uint32_t>::max(),
            "memory size must be at most 2^|at|-1 pages of one byte");
    } else {
        require(t.page_bytes() == page_size, "invalid custom page size", "Memtype_ok");
        limits_ok(t.limits, std::uint64_t{1} << (is_64 ? 48 : 16),
            is_64 ? "memory size must be at most 2^48 pages (256 TiB) for i64"
                  : "memory size must be at most 2^16 pages (4 GiB) for i32");
    }
    require(!t.is_shared || t.limits.max, "shared memory must have maximum", "Memtype_ok");
}

/// Tabletype_ok, Externtype_ok/table — valid/types.html#valid-tabletype
///   C |- at limits reftype : OK
///   -- Limits_ok: C |- limits : 2^|at| - 1
///   -- Reftype_ok: C |- reftype : OK
void tabletype_ok(Context const& c, TableType const& t)
{
    valtype_ok(c, t.element);
    if (t.limits.addr == AddrType::I64)
        limits_ok(t.limits, std::numeric_limits<std::uint64_t>::max(),
            "table size must be at most 2^64-1 for i64");
    else
        limits_ok(t.limits, std::numeric_limits<std::uint32_t>::max(),
            "table size must be at most 2^32-1 for i32");
}

/// Tagtype_ok, Externtype_ok/tag — valid/types.html#valid-tagtype
///   C |- x : OK
///   -- Expand_use: x ~~_C FUNC t_1* -> []
void tagtype_ok(Context const& c, TagType t)
{
    require(c.func_type(t.type).results.empty(), "non-empty tag result type", "Tagtype_ok");
}

/// Externtype_ok/func, Externtype_ok/global, Globaltype_ok — valid/types.html#valid-externtype
void externtype_ok(Context const& c, ExternType const& t)
{
    switch (t.kind) {
    case ExternKind::Func: static_cast<void>(c.func_type(t.func)); return;
    case ExternKind::Table: return tabletype_ok(c, t.table);
    case ExternKind::Memory: return memtype_ok(t.memory);
    case ExternKind::Global: return valtype_ok(c, t.global.value);
    case ExternKind::Tag: return tagtype_ok(c, t.tag);
    }
}

} // namespace touchstone
