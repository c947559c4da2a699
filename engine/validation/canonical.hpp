#pragma once
// Canonical ids of defined types: two type indices, of one module or of several, have the same id
// exactly if the specification calls their types equal.

#include "engine/syntax/module.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace touchstone {

/// A defined type (deftype) of a `TypeRegistry`; counts from 0 and fits a `HeapType`.
enum class TypeId : std::uint32_t
{
};

/// Interns recursive groups. A group is equal to an earlier one if both are written alike once
/// references into the group count from its start and all others are ids: iso-recursive equality
/// without unrolling. Adding takes time linear in the types' size.
class TypeRegistry
{
public:
    /// The id of each type index of a module whose type section is valid.
    [[nodiscard]] std::vector<TypeId> add(Module const& m);

    /// Adds one recursive group of a module, and its ids behind `ids`, which has those of all
    /// earlier type indices. Type indices in the group are not beyond its end, and a supertype
    /// comes before its subtypes.
    void add_group(std::span<SubType const> group, std::vector<TypeId>& ids);

    /// Deftype_sub/refl, Deftype_sub/super, in O(log depth).
    [[nodiscard]] bool matches(TypeId sub, TypeId super) const;

    [[nodiscard]] CompType::Kind kind(TypeId t) const { return node(t).kind; }
    [[nodiscard]] std::optional<TypeId> super(TypeId t) const;
    [[nodiscard]] std::size_t size() const { return nodes_.size(); }

private:
    struct Node
    {
        CompType::Kind kind;
        std::uint32_t depth; ///< declared supertypes above
        TypeId super;        ///< itself if it has none
        TypeId jump;         ///< an ancestor further up, for skipping; itself if it has none
    };

    [[nodiscard]] Node const& node(TypeId t) const { return nodes_[static_cast<std::size_t>(t)]; }
    void add_node(CompType::Kind kind, std::optional<TypeId> super);

    std::unordered_map<std::u32string, TypeId> groups_; ///< a group as written: its first id
    std::vector<Node> nodes_;
};

/// The same type with the ids of its module's type indices in their place, for comparisons across
/// modules.
[[nodiscard]] constexpr ValType closed(ValType t, std::span<TypeId const> ids)
{
    if (t.is_ref() && !t.heap.is_abstract())
        t.heap = HeapType::type(static_cast<Index>(ids[t.heap.index()]));
    return t;
}

} // namespace touchstone
