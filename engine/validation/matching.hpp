#pragma once
// Subtyping ("matching") of types: valid/matching.html.

#include "engine/validation/canonical.hpp"

#include <span>

namespace touchstone {

/// The relations of the chapter on types whose type indices `ids` translates to ids of `registry`.
/// With empty `ids` the indices are ids already, as `closed` makes them.
class Matching
{
public:
    Matching(TypeRegistry const& registry, std::span<TypeId const> ids)
        : registry_{&registry}, ids_{ids}
    {}

    [[nodiscard]] bool heap(HeapType a, HeapType b) const;
    [[nodiscard]] bool val(ValType a, ValType b) const
    {
        if (a.kind == b.kind && !a.is_ref())
            return true;
        return a == b || val_unlike(a, b);
    }
    [[nodiscard]] bool result(std::span<ValType const> a, std::span<ValType const> b) const;
    [[nodiscard]] bool storage(StorageType a, StorageType b) const;
    [[nodiscard]] bool field(FieldType a, FieldType b) const;
    [[nodiscard]] bool comp(CompType const& a, CompType const& b) const;

    [[nodiscard]] static bool limits(SizeLimits const& a, SizeLimits const& b);
    [[nodiscard]] static bool memory(MemoryType const& a, MemoryType const& b);
    [[nodiscard]] bool table(TableType const& a, TableType const& b) const;
    [[nodiscard]] bool global(GlobalType a, GlobalType b) const;
    [[nodiscard]] bool tag(TagType a, TagType b) const;
    [[nodiscard]] bool func(Index a, Index b) const;

    /// The greatest heap type above `t`.
    [[nodiscard]] HeapType top(HeapType t) const;

private:
    [[nodiscard]] bool val_unlike(ValType a, ValType b) const;
    [[nodiscard]] TypeId id(Index x) const { return ids_.empty() ? TypeId{x} : ids_[x]; }
    [[nodiscard]] CompType::Kind kind(HeapType t) const { return registry_->kind(id(t.index())); }

    TypeRegistry const* registry_;
    std::span<TypeId const> ids_;
};

} // namespace touchstone
