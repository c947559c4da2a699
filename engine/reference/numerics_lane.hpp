#pragma once
// Scalar operations that only lanes of vectors use (exec/numerics.html), each by its definition.

#include "engine/reference/numerics_convert.hpp"

namespace touchstone::reference {

/// sat_u_ — exec/numerics.html#aux-sat: the number of N bits that is nearest
template <Integer iN>
[[nodiscard]] constexpr iN sat_u(std::int64_t i)
{
    if (i < 0)
        return 0;
    constexpr auto greatest = std::numeric_limits<iN>::max();
    return static_cast<std::uint64_t>(i) > greatest ? greatest : static_cast<iN>(i);
}

/// sat_s_ and signed_N^-1 of it — exec/numerics.html#aux-sat
template <Integer iN>
[[nodiscard]] constexpr iN sat_s(std::int64_t i)
{
    using Limits = std::numeric_limits<std::make_signed_t<iN>>;
    auto const j = i < Limits::min() ? Limits::min() : i > Limits::max() ? Limits::max() : i;
    return static_cast<iN>(j);
}

/// inot_ — exec/numerics.html#op-inot: each bit the other one
template <Integer iN>
[[nodiscard]] constexpr iN inot(iN i)
{
    return static_cast<iN>(~Big{i});
}

/// iandnot_ — exec/numerics.html#op-iandnot
///   iandnot_N(i1, i2) = iand_N(i1, inot_N(i2))
template <Integer iN>
[[nodiscard]] constexpr iN iandnot(iN i1, iN i2)
{
    return iand(i1, inot(i2));
}

/// ibitselect_ — exec/numerics.html#op-ibitselect
///   ibitselect_N(i1, i2, i3) = ior_N(iand_N(i1, i3), iand_N(i2, inot_N(i3)))
template <Integer iN>
[[nodiscard]] constexpr iN ibitselect(iN i1, iN i2, iN i3)
{
    return ior(iand(i1, i3), iand(i2, inot(i3)));
}

/// inez_ — exec/numerics.html#op-inez
template <Integer iN>
[[nodiscard]] constexpr std::uint32_t inez(iN i)
{
    return bool_(i != 0);
}

/// ineg_ — exec/numerics.html#op-ineg
///   ineg_N(i) = (2^N - i) mod 2^N
template <Integer iN>
[[nodiscard]] constexpr iN ineg(iN i)
{
    return isub(iN{0}, i);
}

/// iabs_ — exec/numerics.html#op-iabs
///   iabs_N(i) = i          if signed_N(i) >= 0
///   iabs_N(i) = ineg_N(i)  otherwise
template <Integer iN>
[[nodiscard]] constexpr iN iabs(iN i)
{
    return signed_(i) >= 0 ? i : ineg(i);
}

/// imin_, imax_ — exec/numerics.html#op-imin, #op-imax
template <Integer iN>
[[nodiscard]] constexpr iN imin_u(iN i1, iN i2)
{
    return i1 <= i2 ? i1 : i2;
}
template <Integer iN>
[[nodiscard]] constexpr iN imin_s(iN i1, iN i2)
{
    return signed_(i1) <= signed_(i2) ? i1 : i2;
}
template <Integer iN>
[[nodiscard]] constexpr iN imax_u(iN i1, iN i2)
{
    return i1 >= i2 ? i1 : i2;
}
template <Integer iN>
[[nodiscard]] constexpr iN imax_s(iN i1, iN i2)
{
    return signed_(i1) >= signed_(i2) ? i1 : i2;
}

/// An i<N> that leaves room for sums and products of two.
template <class iN>
concept ShortInteger = Integer<iN> && sizeof(iN) <= 2;

/// iadd_sat_ — exec/numerics.html#op-iadd_sat
///   iadd_sat_u_N(i1, i2) = sat_u_N(i1 + i2)
///   iadd_sat_s_N(i1, i2) = signed_N^-1(sat_s_N(signed_N(i1) + signed_N(i2)))
template <ShortInteger iN>
[[nodiscard]] constexpr iN iadd_sat_u(iN i1, iN i2)
{
    return sat_u<iN>(std::int64_t{i1} + std::int64_t{i2});
}
template <ShortInteger iN>
[[nodiscard]] constexpr iN iadd_sat_s(iN i1, iN i2)
{
    return sat_s<iN>(std::int64_t{signed_(i1)} + std::int64_t{signed_(i2)});
}

/// isub_sat_ — exec/numerics.html#op-isub_sat
///   isub_sat_u_N(i1, i2) = sat_u_N(i1 - i2)
///   isub_sat_s_N(i1, i2) = signed_N^-1(sat_s_N(signed_N(i1) - signed_N(i2)))
template <ShortInteger iN>
[[nodiscard]] constexpr iN isub_sat_u(iN i1, iN i2)
{
    return sat_u<iN>(std::int64_t{i1} - std::int64_t{i2});
}
template <ShortInteger iN>
[[nodiscard]] constexpr iN isub_sat_s(iN i1, iN i2)
{
    return sat_s<iN>(std::int64_t{signed_(i1)} - std::int64_t{signed_(i2)});
}

/// iavgr_ — exec/numerics.html#op-iavgr
///   iavgr_u_N(i1, i2) = truncz((i1 + i2 + 1) / 2)
template <ShortInteger iN>
[[nodiscard]] constexpr iN iavgr_u(iN i1, iN i2)
{
    return static_cast<iN>((Big{i1} + Big{i2} + 1) / 2);
}

/// iq15mulr_sat_ — exec/numerics.html#op-iq15mulrsat
///   iq15mulr_sat_s_N(i1, i2) = signed_N^-1(sat_s_N(ishr_s_N(i1 * i2 + 2^14, 15)))
/// with i1 and i2 as signed numbers
template <ShortInteger iN>
[[nodiscard]] constexpr iN iq15mulr_sat_s(iN i1, iN i2)
{
    auto const product = std::int64_t{signed_(i1)} * std::int64_t{signed_(i2)};
    return sat_s<iN>((product + (1 << 14)) >> 15);
}

/// narrow__ — exec/numerics.html#op-narrow
///   narrow_s_M,N(i) = signed_N^-1(sat_s_N(signed_M(i)))
///   narrow_u_M,N(i) = sat_u_N(signed_M(i))
template <Integer iN, Integer iM>
[[nodiscard]] constexpr iN narrow_s(iM i)
{
    return sat_s<iN>(signed_(i));
}
template <Integer iN, Integer iM>
[[nodiscard]] constexpr iN narrow_u(iM i)
{
    return sat_u<iN>(signed_(i));
}

/// fpmin_ — exec/numerics.html#op-fpmin
///   fpmin_N(z1, z2) = z2  if flt_N(z2, z1) = 1
///   fpmin_N(z1, z2) = z1  otherwise
template <Float F>
[[nodiscard]] constexpr F fpmin(F z1, F z2)
{
    return flt(z2, z1) != 0 ? z2 : z1;
}

/// fpmax_ — exec/numerics.html#op-fpmax
///   fpmax_N(z1, z2) = z2  if flt_N(z1, z2) = 1
///   fpmax_N(z1, z2) = z1  otherwise
template <Float F>
[[nodiscard]] constexpr F fpmax(F z1, F z2)
{
    return flt(z1, z2) != 0 ? z2 : z1;
}

} // namespace touchstone::reference
