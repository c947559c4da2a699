#pragma once
// Conversions between integers and floating-point numbers (exec/numerics.html#conversions), each by
// its definition.

#include "engine/reference/numerics_float.hpp"

namespace touchstone::reference {

/// The magnitude of truncz(z) for a finite z — exec/numerics.html#aux-trunc; 2^64 where it is that
/// or more.
template <Float F>
[[nodiscard]] constexpr UInt128 truncz_magnitude(F z)
{
    constexpr auto beyond = UInt128{1} << 64;
    auto const a = exact(z);
    if (a.e < 0)
        return split<F>(a).whole;
    if (a.e >= 64 && a.m != 0)
        return beyond;
    auto const m = UInt128{a.m} << a.e;
    return m < beyond ? m : beyond;
}

/// trunc__ — exec/numerics.html#op-trunc
///   trunc_u_M,N(nan) = trunc_u_M,N(inf) = {}
///   trunc_u_M,N(z)   = truncz(z)  if -1 < truncz(z) < 2^N,  {} otherwise
template <Integer iN, Float F>
[[nodiscard]] constexpr Partial<iN> trunc_u(F z)
{
    if (z.is_nan())
        return std::unexpected{Trap::InvalidConversionToInteger};
    if (z.is_inf())
        return std::unexpected{Trap::IntegerOverflow};
    auto const m = truncz_magnitude(z);
    if (z.negative() ? m != 0 : m > std::numeric_limits<iN>::max())
        return std::unexpected{Trap::IntegerOverflow};
    return static_cast<iN>(m);
}

/// trunc__ — exec/numerics.html#op-trunc
///   trunc_s_M,N(nan) = trunc_s_M,N(inf) = {}
///   trunc_s_M,N(z)   = signed_N^-1(truncz(z))  if -2^(N-1) - 1 < truncz(z) < 2^(N-1),  {}
///   otherwise
template <Integer iN, Float F>
[[nodiscard]] constexpr Partial<iN> trunc_s(F z)
{
    if (z.is_nan())
        return std::unexpected{Trap::InvalidConversionToInteger};
    if (z.is_inf())
        return std::unexpected{Trap::IntegerOverflow};
    auto const m = truncz_magnitude(z);
    auto const limit = UInt128{1} << (N<iN> - 1);
    if (z.negative() ? m > limit : m >= limit)
        return std::unexpected{Trap::IntegerOverflow};
    return z.negative() ? isub(iN{0}, static_cast<iN>(m)) : static_cast<iN>(m);
}

/// trunc_sat__, sat_u_ — exec/numerics.html#op-trunc_sat, #aux-sat
///   nan: 0,  -inf: 0,  inf: 2^N - 1,  otherwise sat_u_N(truncz(z))
template <Integer iN, Float F>
[[nodiscard]] constexpr iN trunc_sat_u(F z)
{
    if (z.is_nan())
        return 0;
    if (auto const i = trunc_u<iN>(z))
        return *i;
    return z.negative() ? iN{0} : std::numeric_limits<iN>::max();
}

/// trunc_sat__, sat_s_ — exec/numerics.html#op-trunc_sat, #aux-sat
///   nan: 0,  -inf: -2^(N-1),  inf: 2^(N-1) - 1,  otherwise sat_s_N(truncz(z))
template <Integer iN, Float F>
[[nodiscard]] constexpr iN trunc_sat_s(F z)
{
    if (z.is_nan())
        return 0;
    if (auto const i = trunc_s<iN>(z))
        return *i;
    auto const least = iN{1} << (N<iN> - 1);
    return z.negative() ? least : static_cast<iN>(least - 1);
}

/// convert__ — exec/numerics.html#op-convert
///   convert_u_M,N(i) = float_N(i)
template <Float F, Integer iM>
[[nodiscard]] constexpr F convert_u(iM i)
{
    return round_to<F>(false, {i, 0});
}

/// convert__ — exec/numerics.html#op-convert
///   convert_s_M,N(i) = float_N(signed_M(i))
template <Float F, Integer iM>
[[nodiscard]] constexpr F convert_s(iM i)
{
    bool const negative = signed_(i) < 0;
    return round_to<F>(negative, {negative ? isub(iM{0}, i) : i, 0});
}

/// promote__ — exec/numerics.html#op-promote: the same number; a NaN by nans_N
[[nodiscard]] constexpr F64 promote(F32 z)
{
    if (z.is_nan())
        return nans<F64>();
    if (z.is_inf())
        return F64::inf(z.negative());
    auto const a = exact(z);
    return round_to<F64>(z.negative(), {a.m, a.e});
}

/// demote__ — exec/numerics.html#op-demote: float_N of the number; a NaN by nans_N
[[nodiscard]] constexpr F32 demote(F64 z)
{
    if (z.is_nan())
        return nans<F32>();
    if (z.is_inf())
        return F32::inf(z.negative());
    auto const a = exact(z);
    return round_to<F32>(z.negative(), {static_cast<F32::Wide>(a.m), a.e});
}

/// reinterpret__ — exec/numerics.html#op-reinterpret: the number with the same bits
template <Integer iN, Float F>
    requires std::same_as<iN, typename F::Bits>
[[nodiscard]] constexpr iN reinterpret_as_integer(F z)
{
    return z.bits;
}
template <Float F, Integer iN>
    requires std::same_as<iN, typename F::Bits>
[[nodiscard]] constexpr F reinterpret_as_float(iN i)
{
    return {i};
}

} // namespace touchstone::reference
