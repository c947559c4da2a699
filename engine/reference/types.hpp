#pragma once
// The types of all modules of a store, closed and rolled up, as one shared graph.
//
// A deftype of the specification is a tree that may be exponentially larger than what was written.
// Here each recursive group stands once for each module that wrote it, other groups are referred
// to, and equality, which is that of the trees, is found pair by pair of groups and then
// remembered.

#include "engine/reference/fields.hpp"

#include "engine/validation/validate.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace touchstone::reference {

/// deftype — syntax/types.html#syntax-deftype: (rectype . i), a node of the graph. The closed types
/// of the runtime structure have it where those of a module have a type index.
enum class DefType : std::uint32_t
{
};

/// inst_valtype, inst_reftype — exec/types.html#type-inst
///   inst_moduleinst(t) = t[:= moduleinst.TYPES]
[[nodiscard]] constexpr HeapType inst_heaptype(std::span<DefType const> types, HeapType ht)
{
    return ht.is_abstract() ? ht : HeapType::type(static_cast<Index>(types[ht.index()]));
}
[[nodiscard]] constexpr ValType inst_valtype(std::span<DefType const> types, ValType t)
{
    return t.is_ref() ? ValType::ref(t.nullable, inst_heaptype(types, t.heap)) : t;
}
/// inst_tabletype, inst_globaltype (inst_memtype is the identity) — exec/types.html#type-inst
[[nodiscard]] TableType inst_tabletype(std::span<DefType const> types, TableType tt);
[[nodiscard]] GlobalType inst_globaltype(std::span<DefType const> types, GlobalType gt);

class TypeGraph
{
public:
    /// alloctypes, rolldt — exec/modules.html#alloc-type: the deftype of each type index of a
    /// module. The same again if it was asked before.
    [[nodiscard]] std::span<DefType const> add(std::shared_ptr<ValidModule const> const& module);
    /// The type of a function or tag of the embedder, without type indices.
    [[nodiscard]] DefType add(FuncType type);

    /// expanddt: its composite type, closed. The reference stays good.
    [[nodiscard]] CompType const& expand(DefType dt) const { return node(dt).comp; }
    [[nodiscard]] Layout const& layout(DefType dt) const { return node(dt).layout; }

    /// Whether both are the same tree.
    [[nodiscard]] bool same(DefType dt1, DefType dt2) const;
    /// |- dt1 <: dt2
    [[nodiscard]] bool matches(DefType dt1, DefType dt2) const;

    /// How many pairs of groups were compared in full, for tests.
    [[nodiscard]] std::uint64_t comparisons() const { return comparisons_; }

private:
    /// What is written in a group, piece by piece. A `Def` leads to another group: two of them are
    /// alike if those are.
    struct Piece
    {
        enum class Kind : std::uint8_t
        {
            Plain,
            Rec, ///< a type of this group, by position
            Def, ///< a deftype
        };
        Kind kind = Kind::Plain;
        std::uint8_t what = 0;
        std::uint32_t value = 0;
        friend constexpr bool operator==(Piece, Piece) = default;
    };
    struct Group
    {
        std::vector<Piece> pieces;
        std::uint64_t fingerprint = 0; ///< equal groups have equal ones; others hardly ever
        Index root = 0;                ///< on the way to the group that stands for all equal ones
    };
    struct Node
    {
        CompType comp;
        Layout layout;
        Index group = 0;
        Index position = 0;
        Index depth = 0; ///< declared supertypes above it
        DefType super{}; ///< itself if it has none
    };
    class Writer;

    [[nodiscard]] Node const& node(DefType dt) const { return nodes_[static_cast<Index>(dt)]; }
    void add_group(std::span<SubType const> group, std::vector<DefType>& types);
    void add_node(SubType const& type, std::span<DefType const> types, Index position);
    [[nodiscard]] Index root(Index group) const;
    [[nodiscard]] bool known_to_differ(Index a, Index b) const;
    [[nodiscard]] bool same_groups(Index a, Index b) const;

    std::deque<Node> nodes_;
    mutable std::deque<Group> groups_;
    mutable std::unordered_set<std::uint64_t> different_;     ///< pairs of groups
    mutable std::unordered_map<std::uint64_t, bool> subtype_; ///< pairs of deftypes
    mutable std::uint64_t comparisons_ = 0;

    struct Added
    {
        std::shared_ptr<ValidModule const> module; // so that its address is not another's later
        std::vector<DefType> types;
    };
    std::unordered_map<ValidModule const*, Added> modules_;
};

} // namespace touchstone::reference
