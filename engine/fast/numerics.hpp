#pragma once
// Numbers as the fast engine computes them: with the machine's own arithmetic, and exact bounds
// where the machine says otherwise than the specification (exec/numerics.html).

#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace touchstone::fast {

// Integers

template <std::unsigned_integral T>
[[nodiscard]] constexpr unsigned shift_count(T n)
{
    return static_cast<unsigned>(n % std::numeric_limits<T>::digits);
}

/// The low bits, sign-extended to the whole.
template <std::signed_integral Low, std::unsigned_integral T>
[[nodiscard]] constexpr T sign_extended(T v)
{
    return static_cast<T>(static_cast<std::make_signed_t<T>>(static_cast<Low>(v)));
}

// Floats

template <std::floating_point T>
using BitsOf = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;

template <std::floating_point T>
inline constexpr BitsOf<T> sign_bit = BitsOf<T>{1} << (sizeof(T) * 8 - 1);

template <std::floating_point T>
[[nodiscard]] constexpr BitsOf<T> bits_of(T v)
{
    return std::bit_cast<BitsOf<T>>(v);
}

/// The positive canonical NaN: what the deterministic profile makes of every NaN result.
template <std::floating_point T>
inline constexpr T canonical_nan =
    std::bit_cast<T>(sizeof(T) == 4 ? static_cast<BitsOf<T>>(0x7FC0'0000U)
                                    : static_cast<BitsOf<T>>(0x7FF8'0000'0000'0000U));

/// Equal operands are the same number or zeros of either sign: then signs decide.
template <std::floating_point T>
[[nodiscard]] T float_min(T a, T b)
{
    if (a == b)
        return std::bit_cast<T>(bits_of(a) | bits_of(b));
    if (a != a || b != b)
        return canonical_nan<T>;
    return a < b ? a : b;
}
template <std::floating_point T>
[[nodiscard]] T float_max(T a, T b)
{
    if (a == b)
        return std::bit_cast<T>(bits_of(a) & bits_of(b));
    if (a != a || b != b)
        return canonical_nan<T>;
    return a > b ? a : b;
}

/// The range in which truncation toward zero gives an `Int`: both bounds are exact in `Float`.
/// `from` itself is inside where `Float` has nothing between it and the integers' minimum.
template <std::integral Int, std::floating_point Float>
[[nodiscard]] constexpr bool truncates_into(Float v)
{
    constexpr int value_bits = std::numeric_limits<Int>::digits;
    constexpr auto above = static_cast<Float>(std::uint64_t{1} << (value_bits - 1)) * 2;
    if constexpr (std::is_unsigned_v<Int>)
        return v > Float{-1} && v < above;
    else if constexpr (value_bits < std::numeric_limits<Float>::digits)
        return v > -above - 1 && v < above;
    else
        return v >= -above && v < above;
}

/// trunc_sat: NaN is zero, what is out of range the nearest bound.
template <std::integral Int, std::floating_point Float>
[[nodiscard]] constexpr Int truncate_saturating(Float v)
{
    if (v != v)
        return 0;
    if (truncates_into<Int>(v))
        return static_cast<Int>(v);
    return v < 0 ? std::numeric_limits<Int>::min() : std::numeric_limits<Int>::max();
}

} // namespace touchstone::fast
