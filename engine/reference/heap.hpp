#pragma once
// Structs, arrays and exceptions (exec/runtime.html#syntax-structinst, #syntax-arrayinst,
// #syntax-exninst), with the limit on them.

#include "engine/embedding/limits.hpp"
#include "engine/reference/types.hpp"

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace touchstone::reference {

/// structinst, arrayinst: {TYPE deftype, FIELDS fieldval*}; exninst: {TAG tagaddr, FIELDS val*}
struct Object
{
    std::unique_ptr<std::uint8_t[]> bytes;
    std::uint32_t length = 0; ///< how many fields
    Index type = 0;           ///< a DefType, or of an exception the address of its tag
    bool is_live = false;     ///< otherwise the place is free
};

/// What an object to be made takes.
struct ObjectSize
{
    std::uint32_t length = 0;
    std::uint64_t bytes = 0;
    std::uint64_t units = 0; ///< 1 + ceil(counted bytes / 16)
};
[[nodiscard]] ObjectSize size_of_struct(Layout const& layout);
[[nodiscard]] ObjectSize size_of_array(Layout const& layout, std::uint32_t length);

/// Objects by kind and address. An address is used again only after `sweep` freed it.
class Heap
{
public:
    explicit Heap(Limits const& limits) : limits_{limits} {}

    /// Whether so much more is within the limit.
    [[nodiscard]] bool has_room(std::uint64_t units) const
    {
        return units <= limits_.heap_units && units_ <= limits_.heap_units - units;
    }
    /// Whether what is unreachable does not count, so that finding it makes room.
    [[nodiscard]] bool counts_live() const { return limits_.heap_counts_live; }

    /// Makes one, all zero; nothing if the machine has no memory for it.
    [[nodiscard]] std::optional<Index> add(RefKind kind, Index type, ObjectSize const& size);

    [[nodiscard]] Object& at(RefKind kind, std::uint64_t a) { return space(kind)[a]; }
    [[nodiscard]] Object const& at(RefKind kind, std::uint64_t a) const { return space(kind)[a]; }
    /// Whether there is such an object.
    [[nodiscard]] bool has(RefKind kind, std::uint64_t a) const;

    /// For each object of a kind whether it is kept; all else goes.
    using Marks = std::array<std::vector<bool>, 3>;
    [[nodiscard]] Marks no_marks() const;
    /// Sets the mark of what a reference refers to, if it refers to an object; whether that was
    /// new.
    [[nodiscard]] bool mark(Marks& marks, Ref r) const;
    void sweep(Marks const& marks, TypeGraph const& types, std::span<DefType const> tags);

    [[nodiscard]] std::uint64_t units() const { return units_; }

private:
    using Space = std::deque<Object>;

    [[nodiscard]] static constexpr bool is_object(RefKind kind)
    {
        return kind == RefKind::Struct || kind == RefKind::Array || kind == RefKind::Exn;
    }
    [[nodiscard]] static constexpr std::size_t number(RefKind kind)
    {
        return static_cast<std::size_t>(kind) - static_cast<std::size_t>(RefKind::Struct);
    }
    [[nodiscard]] Space& space(RefKind kind) { return spaces_[number(kind)]; }
    [[nodiscard]] Space const& space(RefKind kind) const { return spaces_[number(kind)]; }

    Limits const& limits_;
    std::array<Space, 3> spaces_; ///< STRUCTS, ARRAYS, EXNS
    std::array<std::vector<Index>, 3> free_;
    std::uint64_t units_ = 0;
};

} // namespace touchstone::reference
