#pragma once
// Field values (exec/runtime.html#syntax-fieldval), and how they lie in the bytes of an object.

#include "engine/reference/value.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace touchstone::reference {

/// One field of an object: what it holds and where it begins.
struct FieldPlace
{
    StorageType storage;
    std::uint32_t offset = 0;
};

/// The fields of a struct, the values of an exception, or the elements of an array, one of which
/// stands for all.
struct Layout
{
    std::vector<FieldPlace> places;
    std::uint64_t size = 0;    ///< bytes that they take
    std::uint64_t counted = 0; ///< bytes that they count for the limit
};

[[nodiscard]] Layout layout_of(CompType const& comp);

/// A value as it lies there: packed, and where it is read without sign extension.
[[nodiscard]] Val load_field(std::uint8_t const* at, StorageType zt);

/// packfield_ — exec/runtime.html#aux-packfield
///   packfield_t(val) = val        packfield_pt((i32.const i)) = (pt.pack wrap_32,|pt|(i))
void store_field(std::uint8_t* at, StorageType zt, Val val);

/// unpackfield_ with sx = S — exec/runtime.html#aux-unpackfield
///   unpackfield_t(val) = val      unpackfield_pt^sx((pt.pack i)) = (i32.const
///   extend_|pt|,32^sx(i))
[[nodiscard]] Val load_field_s(std::uint8_t const* at, StorageType zt);

} // namespace touchstone::reference
