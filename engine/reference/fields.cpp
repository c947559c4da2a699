#include "engine/reference/fields.hpp"

#include <bit>
#include <cstring>

namespace touchstone::reference {

namespace {

static_assert(std::endian::native == std::endian::little, "fields are kept in the host's order");

/// zsize / 8, but for references, whose kind needs room too.
constexpr std::uint32_t width(StorageType zt)
{
    switch (zt.pack) {
    case StorageType::Pack::I8: return 1;
    case StorageType::Pack::I16: return 2;
    case StorageType::Pack::No: break;
    }
    switch (zt.unpacked.kind) {
    case ValType::Kind::I32:
    case ValType::Kind::F32: return 4;
    case ValType::Kind::I64:
    case ValType::Kind::F64: return 8;
    default: return sizeof(Val);
    }
}

/// What the limit counts: references 8 bytes.
constexpr std::uint32_t counted_width(StorageType zt)
{
    return zt.unpacked.is_ref() ? 8 : width(zt);
}

void add(Layout& layout, StorageType zt)
{
    layout.places.push_back({zt, static_cast<std::uint32_t>(layout.size)});
    layout.size += width(zt);
    layout.counted += counted_width(zt);
}

} // namespace

Layout layout_of(CompType const& comp)
{
    Layout layout;
    for (auto const& t : comp.func.params)
        add(layout, {.unpacked = t});
    for (auto const& field : comp.fields)
        add(layout, field.storage);
    return layout;
}

Val load_field(std::uint8_t const* at, StorageType zt)
{
    Val val;
    auto const n = width(zt);
    if (n == sizeof(Val)) {
        std::memcpy(&val.hi, at + sizeof val.lo, sizeof val.hi);
        std::memcpy(&val.lo, at, sizeof val.lo);
    } else {
        std::memcpy(&val.lo, at, n);
    }
    return val;
}

void store_field(std::uint8_t* at, StorageType zt, Val val)
{
    auto const n = width(zt);
    if (n == sizeof(Val)) {
        std::memcpy(at, &val.lo, sizeof val.lo);
        std::memcpy(at + sizeof val.lo, &val.hi, sizeof val.hi);
    } else {
        std::memcpy(at, &val.lo, n);
    }
}

Val load_field_s(std::uint8_t const* at, StorageType zt)
{
    auto const val = load_field(at, zt);
    if (zt.pack == StorageType::Pack::No)
        return val;
    std::uint64_t const sign = zt.pack == StorageType::Pack::I8 ? 0x80 : 0x8000;
    return {((val.lo ^ sign) - sign) & 0xFFFF'FFFF};
}

} // namespace touchstone::reference
