#include "generators/vectors.hpp"

#include "generators/boundary.hpp"

#include <array>

namespace touchstone::generators {

namespace {

constexpr auto i8_values = std::to_array<std::uint64_t>({0, 1, 0xFF, 2, 0x7F, 0x80, 0x81, 0xFE,
    0x7E, 0x40, 0xC0, 15, 16, 17, 0x20, 0x55, 0xAA, 0x3F, 0xF0, 7});

constexpr auto i16_values =
    std::to_array<std::uint64_t>({0, 1, 0xFFFF, 2, 0x7FFF, 0x8000, 0x8001, 0xFFFE, 0x7F, 0x80,
        0xFF7F, 0xFF80, 0xFF, 0x100, 0x4000, 0xC000, 0x5A82, 0xA57E, 0x5555, 0x7FFE});

constexpr auto shapes = std::to_array<LaneShape>(
    {{8, false}, {16, false}, {32, false}, {64, false}, {32, true}, {64, true}});

} // namespace

std::span<std::uint64_t const> boundary_lanes(LaneShape shape)
{
    switch (shape.bits) {
    case 8: return i8_values;
    case 16: return i16_values;
    case 32: return boundary_values(shape.is_float ? ValType::Kind::F32 : ValType::Kind::I32);
    default: return boundary_values(shape.is_float ? ValType::Kind::F64 : ValType::Kind::I64);
    }
}

Value vector_of(LaneShape shape, std::span<std::uint64_t const> lanes)
{
    Value v{.kind = ValType::Kind::V128};
    auto const mask = shape.bits < 64 ? (std::uint64_t{1} << shape.bits) - 1 : ~std::uint64_t{0};
    for (unsigned k = 0; k < shape.count(); ++k) {
        auto const at = k * shape.bits;
        (at < 64 ? v.lo : v.hi) |= (lanes[k] & mask) << at % 64;
    }
    return v;
}

Value boundary_vector(Entropy& in)
{
    auto const shape = shapes[in.below(shapes.size())];
    auto const pool = boundary_lanes(shape);
    auto const how = in.below(8);
    if (how == 0) {
        auto const lo = in.u64();
        return {.kind = ValType::Kind::V128, .lo = lo, .hi = in.u64()};
    }
    std::vector<std::uint64_t> lanes(shape.count());
    for (std::size_t k = 0; k < lanes.size(); ++k)
        lanes[k] =
            how < 3 && k > 0 ? lanes[0] : pool[in.below(static_cast<std::uint32_t>(pool.size()))];
    return vector_of(shape, lanes);
}

Value boundary_value(Entropy& in, ValType::Kind kind)
{
    return kind == ValType::Kind::V128 ? boundary_vector(in)
                                       : number_value(kind, boundary_biased(in, kind));
}

V128 vector_bytes(Value const& v)
{
    V128 bytes;
    for (std::size_t k = 0; k < 16; ++k)
        bytes.bytes[k] = static_cast<std::uint8_t>((k < 8 ? v.lo : v.hi) >> (k % 8 * 8));
    return bytes;
}

} // namespace touchstone::generators
