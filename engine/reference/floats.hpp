#pragma once
// Floating-point numbers as the specification has them (syntax/values.html#floating-point), on
// integers: formats, exact values, rounding. The host's floats are not used anywhere.

#include <bit>
#include <concepts>
#include <cstdint>
#include <type_traits>

namespace touchstone::reference {

__extension__ using UInt128 = unsigned __int128;

/// fN: the bits of a floating-point number of N bits.
template <unsigned N>
    requires(N == 32 || N == 64)
struct FN
{
    using Bits = std::conditional_t<N == 32, std::uint32_t, std::uint64_t>;
    /// Holds the exact product of two significands, and room to shift.
    using Wide = std::conditional_t<N == 32, std::uint64_t, UInt128>;

    /// signif(N), expon(N) and fbias_N — syntax/values.html#aux-signif,
    /// exec/numerics.html#aux-fbias
    static constexpr int M = N == 32 ? 23 : 52;
    static constexpr int E = N == 32 ? 8 : 11;
    static constexpr int bias = (1 << (E - 1)) - 1;

    static constexpr Bits sign_bit = Bits{1} << (N - 1);
    static constexpr Bits mantissa_mask = (Bits{1} << M) - 1;
    static constexpr Bits exponent_mask = (Bits{1} << E) - 1;
    static constexpr Bits infinity = exponent_mask << M;
    /// The exponent of the lowest bit of a subnormal number, which is the lowest there is.
    static constexpr int lowest = 1 - bias - M;

    Bits bits = 0;

    /// canon_N = 2^(signif(N)-1), as the positive NaN — syntax/values.html#canonical-nan
    [[nodiscard]] static constexpr FN canonical_nan() { return {infinity | Bits{1} << (M - 1)}; }
    [[nodiscard]] static constexpr FN inf(bool negative) { return {infinity | sign(negative)}; }
    [[nodiscard]] static constexpr FN zero(bool negative) { return {sign(negative)}; }

    [[nodiscard]] constexpr bool negative() const { return (bits & sign_bit) != 0; }
    [[nodiscard]] constexpr Bits magnitude() const { return bits & ~sign_bit; }
    [[nodiscard]] constexpr bool is_nan() const { return magnitude() > infinity; }
    [[nodiscard]] constexpr bool is_inf() const { return magnitude() == infinity; }
    [[nodiscard]] constexpr bool is_zero() const { return magnitude() == 0; }

    [[nodiscard]] static constexpr Bits sign(bool negative) { return negative ? sign_bit : 0; }

    friend constexpr bool operator==(FN, FN) = default;
};

using F32 = FN<32>;
using F64 = FN<64>;

template <class T>
concept Float = std::same_as<T, F32> || std::same_as<T, F64>;

/// A non-negative number: m * 2^e, and beyond it something between 0 and 2^e where `more`.
template <class Wide>
struct Exact
{
    Wide m = 0;
    int e = 0;
    bool more = false;
};

/// How many bits a number has without its leading zeros.
[[nodiscard]] constexpr int width(std::uint64_t v)
{
    return static_cast<int>(std::bit_width(v));
}
[[nodiscard]] constexpr int width(UInt128 v)
{
    auto const high = static_cast<std::uint64_t>(v >> 64);
    return high != 0 ? 64 + width(high) : width(static_cast<std::uint64_t>(v));
}

/// The magnitude of a finite number — syntax/values.html#syntax-float
///   NORM m n  is  (1 + m * 2^-M) * 2^n         SUBNORM m  is  m * 2^-M * 2^(2 - 2^(E-1))
template <Float F>
[[nodiscard]] constexpr Exact<typename F::Wide> exact(F z)
{
    auto const m = z.bits & F::mantissa_mask;
    auto const n = static_cast<int>(z.bits >> F::M & F::exponent_mask);
    if (n == 0)
        return {m, F::lowest};
    return {m | typename F::Bits{1} << F::M, F::lowest + n - 1};
}

/// float_N — exec/numerics.html#aux-ieee: the number of the format that is nearest to the exact
/// one, of two equally near the one with an even significand, infinity from half a step beyond the
/// greatest number on.
template <Float F>
[[nodiscard]] constexpr F round_to(bool negative, Exact<typename F::Wide> r)
{
    using Wide = F::Wide;
    auto const wide = width(r.m);
    if (wide == 0)
        return F::zero(negative);

    // m' * 2^e' with the M+1 bits that the format keeps, fewer where it is subnormal
    auto const top = r.e + wide - 1 - F::M;
    auto const e = top > F::lowest ? top : F::lowest;
    constexpr int digits = 8 * sizeof(Wide);
    auto const drop = e - r.e;
    Wide m = 0;
    if (drop <= 0) {
        m = r.m << -drop;
    } else if (drop <= wide) {
        auto const half = Wide{1} << ((drop - 1) % digits); // drop is less
        auto const rest = r.m & (half | (half - 1));
        m = drop == wide ? 0 : r.m >> drop;
        if (rest > half || (rest == half && (r.more || (m & 1) != 0)))
            ++m;
    }

    auto const bits = static_cast<F::Bits>(m);
    if (bits <= F::mantissa_mask)
        return {bits | F::sign(negative)};
    // a significand that was rounded up to 2^(M+1) carries into the exponent, as it should
    auto const n = e - F::lowest;
    if (n >= static_cast<int>(F::exponent_mask) - 1)
        return F::inf(negative);
    return {static_cast<F::Bits>((static_cast<F::Bits>(n) << F::M) + bits) | F::sign(negative)};
}

} // namespace touchstone::reference
