#pragma once
// The elements of an array, for the rules of arrays.

#include "engine/reference/machine.hpp"

namespace touchstone::reference {

/// An array with the type that an instruction names for it.
class Elements
{
public:
    Elements(Machine& z, Index x, Object const& array)
        : layout_{&z.store.types.layout(z.type(x))}, array_{&array}
    {}

    [[nodiscard]] std::uint32_t size() const { return array_->length; }
    [[nodiscard]] StorageType storage() const { return layout_->places.front().storage; }
    /// How many bytes one takes: zsize(zt) / 8 where it is no reference.
    [[nodiscard]] std::uint64_t width() const { return layout_->size; }
    [[nodiscard]] std::uint8_t* at(std::uint64_t i) const
    {
        return array_->bytes.get() + i * width();
    }
    void set(std::uint64_t i, Val val) const { store_field(at(i), storage(), val); }

private:
    Layout const* layout_;
    Object const* array_;
};

/// A new array of type x, all zero; nothing if the limit forbids it.
[[nodiscard]] inline std::optional<Index> new_array(Machine& z, Index x, std::uint32_t n)
{
    auto const type = z.type(x);
    return z.allocate(
        RefKind::Array, static_cast<Index>(type), size_of_array(z.store.types.layout(type), n));
}

/// It with what an instruction writes into it.
[[nodiscard]] inline Elements elements_at(Machine& z, Index x, Index a)
{
    return {z, x, z.store.heap.at(RefKind::Array, a)};
}

inline void push_array(Machine& z, Index a)
{
    z.push(to_val({.kind = RefKind::Array, .payload = a}));
}

} // namespace touchstone::reference
