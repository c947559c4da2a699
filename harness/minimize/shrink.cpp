#include "harness/minimize/shrink.hpp"

#include <bit>

namespace touchstone::minimize {

namespace {

std::uint64_t mask_of(unsigned width)
{
    return width == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
}

/// An arithmetic shift.
std::uint64_t shifted(std::uint64_t bits, unsigned width, unsigned by)
{
    auto const extended = static_cast<std::int64_t>(bits << (64 - width)) >> (64 - width);
    return static_cast<std::uint64_t>(extended >> by) & mask_of(width);
}

std::uint64_t without_highest(std::uint64_t bits)
{
    return bits == 0 ? 0 : bits & ~std::bit_floor(bits);
}

std::uint64_t integer_in_way(std::uint64_t bits, unsigned width, unsigned n)
{
    switch (n) {
    case 0: return 0;
    case 1: return 1;
    case 2: return mask_of(width); // -1
    case 3: return shifted(bits, width, width / 2);
    case 4: return std::bit_floor(bits);
    case 5: return shifted(bits, width, 8);
    case 6: return bits & mask_of(width / 2);
    case 7: return bits & (bits - 1);
    case 8: return without_highest(bits);
    case 9: return shifted(bits, width, 1);
    case 10: return bits & ~std::uint64_t{0xFF};
    default: return (bits - 1) & mask_of(width);
    }
}

std::uint64_t float_in_way(std::uint64_t bits, unsigned width, unsigned n)
{
    auto const is_f32 = width == 32;
    auto const mantissa = is_f32 ? 23U : 52U;
    auto const one = is_f32 ? 0x3F80'0000ULL : 0x3FF0'0000'0000'0000ULL;
    auto const exponent = mask_of(width - 1) & ~mask_of(mantissa);
    auto const sign = is_f32 ? 0x8000'0000ULL : 0x8000'0000'0000'0000ULL;
    switch (n) {
    case 0: return 0;
    case 1: return one;
    case 2: return exponent | std::uint64_t{1} << (mantissa - 1); // canonical NaN
    case 3: return exponent;
    case 4: return sign;
    case 5: return bits & ~sign;
    case 6: return bits & ~mask_of(mantissa);
    case 7: return bits & ~mask_of(mantissa / 2);
    case 8: return bits & mask_of(mantissa);
    case 9: return bits & (bits - 1);
    case 10: return one | (bits & sign);
    default: return without_highest(bits);
    }
}

std::optional<std::uint64_t> unless_same(std::uint64_t now, std::uint64_t bits)
{
    return now == bits ? std::nullopt : std::optional{now};
}

} // namespace

std::optional<std::uint64_t> shrunk_integer(std::uint64_t bits, unsigned width, unsigned n)
{
    return unless_same(integer_in_way(bits, width, n), bits);
}

std::optional<std::uint64_t> shrunk_float(std::uint64_t bits, unsigned width, unsigned n)
{
    return unless_same(float_in_way(bits, width, n), bits);
}

} // namespace touchstone::minimize
