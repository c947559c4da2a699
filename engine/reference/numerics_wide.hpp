#pragma once
// Integers of 128 bits as two halves, computed digit by digit (wide-arithmetic, Overview.md).

#include "engine/reference/numerics_integer.hpp"

namespace touchstone::reference {

/// high * 2^64 + low
struct I128
{
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    friend constexpr bool operator==(I128, I128) = default;
};

/// (i1 + i2) mod 2^128
[[nodiscard]] constexpr I128 add128(I128 i1, I128 i2)
{
    auto const low = iadd(i1.low, i2.low);
    std::uint64_t const carry = low < i1.low ? 1 : 0;
    return {low, iadd(iadd(i1.high, i2.high), carry)};
}

/// (i1 - i2) mod 2^128
[[nodiscard]] constexpr I128 sub128(I128 i1, I128 i2)
{
    std::uint64_t const borrow = i1.low < i2.low ? 1 : 0;
    return {isub(i1.low, i2.low), isub(isub(i1.high, i2.high), borrow)};
}

/// i1 * i2, by digits of 32 bits
[[nodiscard]] constexpr I128 mul_wide_u(std::uint64_t i1, std::uint64_t i2)
{
    constexpr unsigned bits = 32;
    constexpr std::uint64_t digit = 0xFFFF'FFFF;
    auto const a0 = i1 & digit, a1 = i1 >> bits;
    auto const b0 = i2 & digit, b1 = i2 >> bits;
    I128 product{a0 * b0, a1 * b1};
    for (auto const middle : {a0 * b1, a1 * b0})
        product = add128(product, {middle << bits, middle >> bits});
    return product;
}

/// signed_64(i1) * signed_64(i2) mod 2^128: a negative factor is 2^64 less than its bits say
[[nodiscard]] constexpr I128 mul_wide_s(std::uint64_t i1, std::uint64_t i2)
{
    auto product = mul_wide_u(i1, i2);
    if (signed_(i1) < 0)
        product = sub128(product, {0, i2});
    if (signed_(i2) < 0)
        product = sub128(product, {0, i1});
    return product;
}

} // namespace touchstone::reference
