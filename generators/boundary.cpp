#include "generators/boundary.hpp"

#include <array>

namespace touchstone::generators {

namespace {

constexpr std::size_t pair_count = 20;

constexpr auto i32_values = std::to_array<std::uint64_t>({
    // for pairs
    0,
    1,
    0xFFFF'FFFF,
    2,
    0x7FFF'FFFF,
    0x8000'0000,
    0x8000'0001,
    0xFFFF'FFFE,
    31,
    32,
    33,
    7,
    0xFF,
    0x80,
    0x7FFF,
    0xFFFF'8000,
    0x1'0000,
    0x5555'5555,
    0xDEAD'BEEF,
    0xFFFF'FFF9,
    // the rest
    3,
    10,
    63,
    64,
    0x7F,
    0x81,
    0x100,
    0xFFFF,
    0x8000,
    0x8001,
    0xFFFF'FF80,
    0xFFFF'FF7F,
    0xFFFF'0000,
    0x00FF'FFFF,
    0x0100'0000,
    0x0100'0001,
    0x4000'0000,
    0x3FFF'FFFF,
    0xC000'0000,
    0x7FFF'FFFE,
    0x7FFF'FF80,
    0x7FFF'FFC0,
    0xAAAA'AAAA,
    0x0123'4567,
    0x89AB'CDEF,
    0xFEDC'BA98,
    0xFFFF'FF00,
    0xFFFF'FF01,
    0x0F0F'0F0F,
    0x8080'8080,
    0xFFFF'FFE0,
    0xFFFF'FFE1,
    0x1'FFFF,
});

constexpr auto i64_values = std::to_array<std::uint64_t>({
    // for pairs
    0,
    1,
    0xFFFF'FFFF'FFFF'FFFF,
    2,
    0x7FFF'FFFF'FFFF'FFFF,
    0x8000'0000'0000'0000,
    0x8000'0000'0000'0001,
    0xFFFF'FFFF'FFFF'FFFE,
    63,
    64,
    32,
    7,
    0xFFFF'FFFF,
    0x1'0000'0000,
    0x7FFF'FFFF,
    0x8000'0000,
    0xFFFF'FFFF'8000'0000,
    0xFFFF'FFFF'7FFF'FFFF,
    0x0123'4567'89AB'CDEF,
    0xFFFF'FFFF'FFFF'FFF9,
    // the rest
    3,
    10,
    31,
    33,
    65,
    0x7F,
    0x80,
    0xFF,
    0x100,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x1'0000,
    0xFFFF'FFFF'FFFF'FF80,
    0xFFFF'FFFF'FFFF'8000,
    0x1'0000'0001,
    0x8000'0001,
    0x0100'0000,
    0x0100'0001,
    0x001F'FFFF'FFFF'FFFF,
    0x0020'0000'0000'0000,
    0x0020'0000'0000'0001,
    0x0020'0000'0000'0003,
    0x4000'0000'0000'0000,
    0x3FFF'FFFF'FFFF'FFFF,
    0xC000'0000'0000'0000,
    0x7FFF'FFFF'FFFF'FC00,
    0x7FFF'FFFF'FFFF'FDFF,
    0x7FFF'FFFF'FFFF'FE00,
    0x7FFF'FF80'0000'0000,
    0xFFFF'FFFF'FFFF'F400,
    0xFFFF'FFFF'FFFF'F800,
    0xFFFF'FF80'0000'0000,
    0x7FFF'FFBF'FFFF'FFFF,
    0x7FFF'FFC0'0000'0000,
    0x5555'5555'5555'5555,
    0xAAAA'AAAA'AAAA'AAAA,
    0xFFFF'FFFF'0000'0000,
    0x8080'8080'8080'8080,
    0x0F0F'0F0F'0F0F'0F0F,
    0xFEDC'BA98'7654'3210,
    0x8000'0080'0000'0001,
});

constexpr auto f32_values = std::to_array<std::uint64_t>({
    // for pairs: zeros, ones, infinities, NaNs (canonical, arithmetic, signalling), extremes
    0x0000'0000,
    0x8000'0000,
    0x3F80'0000,
    0xBF80'0000,
    0x7F80'0000,
    0xFF80'0000,
    0x7FC0'0000,
    0xFFC0'0000,
    0x7FC1'2345,
    0x7FA0'0000,
    0x0000'0001,
    0x8000'0001,
    0x007F'FFFF,
    0x0080'0000,
    0x7F7F'FFFF,
    0xFF7F'FFFF,
    0x3F00'0000,
    0x3FC0'0000,
    0x4F00'0000,
    0x3F80'0001,
    // the rest: ties
    0xBF00'0000,
    0xBFC0'0000,
    0x4020'0000,
    0xC020'0000,
    0x4060'0000,
    0x3EFF'FFFF,
    0x3F00'0001,
    0x4B00'0000,
    0x4AFF'FFFF,
    0x4B80'0000,
    0x4B7F'FFFF,
    0xCB00'0001,
    0x4A80'0001,
    0x4B00'0001,
    // subnormals, NaNs
    0x807F'FFFF,
    0x8080'0000,
    0x0080'0001,
    0x7F80'0001,
    0xFFA0'0001,
    0xFFFF'FFFF,
    0x7FFF'FFFF,
    // 2^7, 2^15, 2^31, 2^32, 2^63, 2^64 and neighbours, both signs
    0x4300'0000,
    0x4700'0000,
    0x4EFF'FFFF,
    0x4F00'0001,
    0xCF00'0000,
    0xCEFF'FFFF,
    0xCF00'0001,
    0x4F80'0000,
    0x4F7F'FFFF,
    0x4F80'0001,
    0x5F00'0000,
    0x5EFF'FFFF,
    0x5F00'0001,
    0xDF00'0000,
    0xDEFF'FFFF,
    0xDF00'0001,
    0x5F80'0000,
    0x5F7F'FFFF,
    0x5F80'0001,
    0xBF7F'FFFF,
    0x3F7F'FFFF,
    0xBF80'0001,
    0x4049'0FDB,
    0x2EDB'E6FF,
    0x3DCC'CCCD,
    0x4000'0000,
    0xC000'0000,
    0x4040'0000,
});

constexpr auto f64_values = std::to_array<std::uint64_t>({
    // for pairs
    0x0000'0000'0000'0000,
    0x8000'0000'0000'0000,
    0x3FF0'0000'0000'0000,
    0xBFF0'0000'0000'0000,
    0x7FF0'0000'0000'0000,
    0xFFF0'0000'0000'0000,
    0x7FF8'0000'0000'0000,
    0xFFF8'0000'0000'0000,
    0x7FF8'1234'5678'9ABC,
    0x7FF4'0000'0000'0000,
    0x0000'0000'0000'0001,
    0x8000'0000'0000'0001,
    0x000F'FFFF'FFFF'FFFF,
    0x0010'0000'0000'0000,
    0x7FEF'FFFF'FFFF'FFFF,
    0xFFEF'FFFF'FFFF'FFFF,
    0x3FE0'0000'0000'0000,
    0x3FF8'0000'0000'0000,
    0x41E0'0000'0000'0000,
    0x3FF0'0000'0000'0001,
    // the rest: ties
    0xBFE0'0000'0000'0000,
    0xBFF8'0000'0000'0000,
    0x4004'0000'0000'0000,
    0xC004'0000'0000'0000,
    0x400C'0000'0000'0000,
    0x3FDF'FFFF'FFFF'FFFF,
    0x3FE0'0000'0000'0001,
    0x4330'0000'0000'0000,
    0x432F'FFFF'FFFF'FFFF,
    0x4340'0000'0000'0000,
    0x433F'FFFF'FFFF'FFFF,
    0xC330'0000'0000'0001,
    // subnormals, NaNs
    0x800F'FFFF'FFFF'FFFF,
    0x8010'0000'0000'0000,
    0x7FF0'0000'0000'0001,
    0xFFF4'0000'0000'0001,
    0xFFFF'FFFF'FFFF'FFFF,
    0x7FFF'FFFF'FFFF'FFFF,
    0x7FF8'0000'0000'0001,
    // 2^31, 2^32, 2^63, 2^64 and neighbours, both signs; what truncates to the last integer
    0x41DF'FFFF'FFC0'0000,
    0x41DF'FFFF'FFFF'FFFF,
    0x41DF'FFFF'FFE0'0000,
    0x41E0'0000'0000'0001,
    0xC1E0'0000'0000'0000,
    0xC1E0'0000'0010'0000,
    0xC1E0'0000'001F'FFFF,
    0xC1E0'0000'0020'0000,
    0x41F0'0000'0000'0000,
    0x41EF'FFFF'FFE0'0000,
    0x41EF'FFFF'FFFF'FFFF,
    0x41F0'0000'0000'0001,
    0x43E0'0000'0000'0000,
    0x43DF'FFFF'FFFF'FFFF,
    0x43E0'0000'0000'0001,
    0xC3E0'0000'0000'0000,
    0xC3E0'0000'0000'0001,
    0x43F0'0000'0000'0000,
    0x43EF'FFFF'FFFF'FFFF,
    0x43F0'0000'0000'0001,
    0xBFEF'FFFF'FFFF'FFFF,
    0x3FEF'FFFF'FFFF'FFFF,
    // what f32 rounds, overflows and underflows at
    0x47EF'FFFF'E000'0000,
    0x47EF'FFFF'F000'0000,
    0x47EF'FFFF'EFFF'FFFF,
    0x36A0'0000'0000'0000,
    0x3690'0000'0000'0000,
    0x3690'0000'0000'0001,
    0x380F'FFFF'E000'0000,
    0x380F'FFFF'F000'0000,
    0x3810'0000'0000'0000,
    0x3FF0'0000'1000'0000,
    0x3FF0'0000'3000'0000,
    0x3FF0'0000'1000'0001,
    0x4009'21FB'5444'2D18,
    0x3FB9'9999'9999'999A,
    0x4000'0000'0000'0000,
    0xC008'0000'0000'0000,
});

static_assert(i32_values.size() > pair_count && i64_values.size() > pair_count &&
              f32_values.size() > pair_count && f64_values.size() > pair_count);

constexpr bool is_64(ValType::Kind k)
{
    return k == ValType::Kind::I64 || k == ValType::Kind::F64;
}

/// 2^k - 1, 2^k or 2^k + 1, of either sign.
std::uint64_t near_power_of_two(Entropy& in, unsigned bits)
{
    auto const power = std::uint64_t{1} << in.below(bits);
    auto const how = in.byte();
    auto const near = power + (how & 3U) % 3 - 1;
    return (how & 4) != 0 ? std::uint64_t{0} - near : near;
}

} // namespace

std::span<std::uint64_t const> boundary_values(ValType::Kind number)
{
    switch (number) {
    case ValType::Kind::I64: return i64_values;
    case ValType::Kind::F32: return f32_values;
    case ValType::Kind::F64: return f64_values;
    default: return i32_values;
    }
}

std::span<std::uint64_t const> boundary_pair_values(ValType::Kind number)
{
    return boundary_values(number).first(pair_count);
}

std::uint64_t boundary_biased(Entropy& in, ValType::Kind number)
{
    auto const mask = is_64(number) ? ~std::uint64_t{0} : std::uint64_t{0xFFFF'FFFF};
    auto const is_integer = number == ValType::Kind::I32 || number == ValType::Kind::I64;
    auto const how = in.below(16);
    if (is_integer && how < 5)
        return in.below(24);
    if (is_integer && how < 7)
        return near_power_of_two(in, is_64(number) ? 64 : 32) & mask;
    if (how < 14) {
        auto const pool = boundary_values(number);
        return pool[in.below(static_cast<std::uint32_t>(pool.size()))];
    }
    return (is_64(number) ? in.u64() : in.u32()) & mask;
}

Value number_value(ValType::Kind number, std::uint64_t bits)
{
    return {.kind = number, .lo = bits};
}

} // namespace touchstone::generators
