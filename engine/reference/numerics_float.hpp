#pragma once
// Floating-point operations (exec/numerics.html#floating-point-operations), each by its definition.
//
// The profile is the deterministic one: nans_N answers the positive canonical NaN.

#include "engine/reference/floats.hpp"
#include "engine/reference/numerics_integer.hpp"

namespace touchstone::reference {

/// nans_N{z*} — exec/numerics.html#aux-nans: a canonical NaN of either sign, or any arithmetic NaN
/// where an operand is a NaN that is not canonical. Never one bit pattern alone, so wherever this
/// is answered another engine may differ; the deterministic profile takes +nan(canon_N).
template <Float F>
[[nodiscard]] constexpr F nans()
{
    return F::canonical_nan();
}

/// The order of the numbers, zeros being equal; of operands that are not NaN.
template <Float F>
[[nodiscard]] constexpr std::int64_t place(F z)
{
    auto const magnitude = static_cast<std::int64_t>(z.magnitude());
    return z.negative() ? -magnitude : magnitude;
}

/// fadd_ — exec/numerics.html#op-fadd
template <Float F>
[[nodiscard]] constexpr F fadd(F z1, F z2)
{
    using Wide = F::Wide;
    if (z1.is_nan() || z2.is_nan())
        return nans<F>();
    if (z1.is_inf() && z2.is_inf())
        return z1 == z2 ? z1 : nans<F>();
    if (z1.is_inf() || z2.is_inf())
        return z1.is_inf() ? z1 : z2;
    if (z1.is_zero() && z2.is_zero())
        return z1 == z2 ? z1 : F::zero(false);
    if (z1.is_zero() || z2.is_zero())
        return z1.is_zero() ? z2 : z1;
    if (z1.magnitude() == z2.magnitude() && z1 != z2)
        return F::zero(false);

    auto const& great = z1.magnitude() >= z2.magnitude() ? z1 : z2;
    auto const& small = z1.magnitude() >= z2.magnitude() ? z2 : z1;
    auto a = exact(great);
    auto b = exact(small);
    bool const subtract = great.negative() != small.negative();
    // Bring both to one exponent, exactly. Where the type has no room for that, the smaller one is
    // less than a quarter of the last bit of the greater, which is then the nearest number.
    constexpr int room = static_cast<int>(sizeof(Wide)) * 8 - F::M - 3;
    static_assert(room > F::M + 3);
    if (a.e - b.e > room)
        return great;
    a.m <<= a.e - b.e;
    return round_to<F>(
        great.negative(), {subtract ? a.m - b.m : static_cast<Wide>(a.m + b.m), b.e});
}

/// fneg_ — exec/numerics.html#op-fneg: the sign turned round, of a NaN too
template <Float F>
[[nodiscard]] constexpr F fneg(F z)
{
    return {z.bits ^ F::sign_bit};
}

/// fabs_ — exec/numerics.html#op-fabs: the sign positive, of a NaN too
template <Float F>
[[nodiscard]] constexpr F fabs(F z)
{
    return {z.magnitude()};
}

/// fcopysign_ — exec/numerics.html#op-fcopysign: z1 with the sign of z2
template <Float F>
[[nodiscard]] constexpr F fcopysign(F z1, F z2)
{
    return {z1.magnitude() | F::sign(z2.negative())};
}

/// fsub_ — exec/numerics.html#op-fsub: but for the bits of NaNs, the same as z1 + (-z2)
template <Float F>
[[nodiscard]] constexpr F fsub(F z1, F z2)
{
    return fadd(z1, fneg(z2));
}

/// fmul_ — exec/numerics.html#op-fmul
template <Float F>
[[nodiscard]] constexpr F fmul(F z1, F z2)
{
    bool const negative = z1.negative() != z2.negative();
    if (z1.is_nan() || z2.is_nan())
        return nans<F>();
    if ((z1.is_zero() && z2.is_inf()) || (z1.is_inf() && z2.is_zero()))
        return nans<F>();
    if (z1.is_inf() || z2.is_inf())
        return F::inf(negative);
    auto const a = exact(z1);
    auto const b = exact(z2);
    return round_to<F>(negative, {static_cast<F::Wide>(a.m * b.m), a.e + b.e});
}

/// fdiv_ — exec/numerics.html#op-fdiv
template <Float F>
[[nodiscard]] constexpr F fdiv(F z1, F z2)
{
    bool const negative = z1.negative() != z2.negative();
    if (z1.is_nan() || z2.is_nan())
        return nans<F>();
    if ((z1.is_inf() && z2.is_inf()) || (z1.is_zero() && z2.is_zero()))
        return nans<F>();
    if (z1.is_inf() || z2.is_zero())
        return F::inf(negative);
    if (z2.is_inf() || z1.is_zero())
        return F::zero(negative);
    auto a = exact(z1);
    auto const b = exact(z2);
    // enough bits in front that the quotient has at least two more than the format keeps
    auto const shift = F::M + 3 + width(b.m) - width(a.m);
    a.m <<= shift;
    a.e -= shift;
    auto const quotient = static_cast<F::Wide>(a.m / b.m);
    return round_to<F>(negative, {quotient, a.e - b.e, quotient * b.m != a.m});
}

/// fsqrt_ — exec/numerics.html#op-fsqrt
template <Float F>
[[nodiscard]] constexpr F fsqrt(F z)
{
    using Wide = F::Wide;
    if (z.is_nan() || (z.negative() && !z.is_zero()))
        return nans<F>();
    if (z.is_inf() || z.is_zero())
        return z;
    auto a = exact(z);
    // twice as many bits as the root needs, under an even exponent
    auto shift = 2 * (F::M + 3) - width(a.m);
    shift += (a.e - shift) & 1;
    a.m <<= shift;
    a.e -= shift;
    Wide root = 0; // digit by digit: the greatest one whose square is not above a.m
    for (auto bit = Wide{1} << (F::M + 3); bit != 0; bit >>= 1) {
        auto const next = static_cast<Wide>(root | bit);
        if (next * next <= a.m)
            root = next;
    }
    return round_to<F>(false, {root, a.e / 2, root * root != a.m});
}

/// fmin_ — exec/numerics.html#op-fmin: of zeros with different signs the negative one
template <Float F>
[[nodiscard]] constexpr F fmin(F z1, F z2)
{
    if (z1.is_nan() || z2.is_nan())
        return nans<F>();
    if (z1.is_zero() && z2.is_zero())
        return F::zero(z1.negative() || z2.negative());
    return place(z1) <= place(z2) ? z1 : z2;
}

/// fmax_ — exec/numerics.html#op-fmax: of zeros with different signs the positive one
template <Float F>
[[nodiscard]] constexpr F fmax(F z1, F z2)
{
    if (z1.is_nan() || z2.is_nan())
        return nans<F>();
    if (z1.is_zero() && z2.is_zero())
        return F::zero(z1.negative() && z2.negative());
    return place(z1) >= place(z2) ? z1 : z2;
}

/// The magnitude of a finite number as a whole number and what is left.
template <Float F>
struct Whole
{
    F::Bits whole = 0;
    bool rest = false;      ///< something is left
    bool half = false;      ///< at least a half is
    bool more_half = false; ///< more than a half is
};

/// Splits a number whose lowest bit is worth less than one, which means whole < 2^M.
template <Float F>
[[nodiscard]] constexpr Whole<F> split(Exact<typename F::Wide> a)
{
    auto const drop = -a.e;
    if (drop > F::M + 1)
        return {.rest = a.m != 0};
    auto const m = static_cast<F::Bits>(a.m);
    auto const half = typename F::Bits{1} << (drop - 1);
    auto const rest = static_cast<F::Bits>(m & (half | (half - 1)));
    return {static_cast<F::Bits>(m >> drop), rest != 0, rest >= half, rest > half};
}

/// The rules that ceil, floor, trunc and nearest share: NaN, infinities, zeros and whole numbers;
/// otherwise the whole magnitude, one greater where `up` says so, with the operand's sign (so that
/// what lies between -1 and 0 becomes -0 and not +0).
template <Float F, class Up>
[[nodiscard]] constexpr F to_whole(F z, Up up)
{
    if (z.is_nan())
        return nans<F>();
    if (z.is_inf() || z.is_zero())
        return z;
    auto const a = exact(z);
    if (a.e >= 0)
        return z;
    auto const parts = split<F>(a);
    return round_to<F>(z.negative(), {parts.whole + (up(parts) ? 1U : 0U), 0});
}

/// fceil_ — exec/numerics.html#op-fceil: the least whole number not below z
template <Float F>
[[nodiscard]] constexpr F fceil(F z)
{
    return to_whole(z, [z](Whole<F> p) { return p.rest && !z.negative(); });
}

/// ffloor_ — exec/numerics.html#op-ffloor: the greatest whole number not above z
template <Float F>
[[nodiscard]] constexpr F ffloor(F z)
{
    return to_whole(z, [z](Whole<F> p) { return p.rest && z.negative(); });
}

/// ftrunc_ — exec/numerics.html#op-ftrunc: the whole number next to z towards zero
template <Float F>
[[nodiscard]] constexpr F ftrunc(F z)
{
    return to_whole(z, [](Whole<F>) { return false; });
}

/// fnearest_ — exec/numerics.html#op-fnearest: the nearest whole number, of two the even one
template <Float F>
[[nodiscard]] constexpr F fnearest(F z)
{
    return to_whole(z, [](Whole<F> p) { return p.more_half || (p.half && (p.whole & 1) != 0); });
}

/// feq_, fne_, flt_, fgt_, fle_, fge_ — exec/numerics.html#op-feq, #op-fne, #op-flt, #op-fgt,
/// #op-fle, #op-fge: the order of the numbers; a NaN is not even equal to itself
template <Float F>
[[nodiscard]] constexpr std::uint32_t feq(F z1, F z2)
{
    return bool_(!z1.is_nan() && !z2.is_nan() && place(z1) == place(z2));
}
template <Float F>
[[nodiscard]] constexpr std::uint32_t fne(F z1, F z2)
{
    return bool_(z1.is_nan() || z2.is_nan() || place(z1) != place(z2));
}
template <Float F>
[[nodiscard]] constexpr std::uint32_t flt(F z1, F z2)
{
    return bool_(!z1.is_nan() && !z2.is_nan() && place(z1) < place(z2));
}
template <Float F>
[[nodiscard]] constexpr std::uint32_t fgt(F z1, F z2)
{
    return bool_(!z1.is_nan() && !z2.is_nan() && place(z1) > place(z2));
}
template <Float F>
[[nodiscard]] constexpr std::uint32_t fle(F z1, F z2)
{
    return bool_(!z1.is_nan() && !z2.is_nan() && place(z1) <= place(z2));
}
template <Float F>
[[nodiscard]] constexpr std::uint32_t fge(F z1, F z2)
{
    return bool_(!z1.is_nan() && !z2.is_nan() && place(z1) >= place(z2));
}

} // namespace touchstone::reference
