#pragma once
// Relaxed vector operations (exec/numerics.html#relaxed-ops), in the deterministic profile, and
// whether another choice would have shown.

#include "engine/reference/numerics_extending.hpp"

namespace touchstone::reference {

/// What was answered, and whether an engine of another profile may answer otherwise.
template <class T>
struct Relaxed
{
    T value{};
    bool differs = false;
};

/// relaxed2 — exec/numerics.html#aux-relaxed
///   relaxed(R)[A0, A1] = A0   in the deterministic profile, whatever R
template <class T>
[[nodiscard]] constexpr Relaxed<T> relaxed2(T const& a0, T const& a1)
{
    return {a0, a0 != a1};
}

/// relaxed4 — exec/numerics.html#aux-relaxed
template <class T>
[[nodiscard]] constexpr Relaxed<T> relaxed4(T const& a0, T const& a1, T const& a2, T const& a3)
{
    return {a0, a0 != a1 || a0 != a2 || a0 != a3};
}

/// Two finite numbers other than zero, with all bits of `Wide` but two, as the sum or difference of
/// their magnitudes: exact, or with what is beyond the last bit noted in `more`.
template <class Wide>
[[nodiscard]] constexpr Exact<Wide> combine(Exact<Wide> great, Exact<Wide> small, bool subtract)
{
    constexpr int bits = static_cast<int>(sizeof(Wide)) * 8;
    auto const drop = great.e - small.e;
    auto const kept = drop < bits ? static_cast<Wide>(small.m >> drop) : Wide{0};
    bool const more = drop >= bits || static_cast<Wide>(kept << drop) != small.m;
    if (!subtract)
        return {static_cast<Wide>(great.m + kept), great.e, more};
    // what is lost of the smaller one is taken from one more of the last bit
    return {static_cast<Wide>(great.m - kept - (more ? 1U : 0U)), great.e, more};
}

/// The same number with all but two bits of `Wide` in use.
template <class Wide>
[[nodiscard]] constexpr Exact<Wide> spread(Exact<Wide> a)
{
    auto const shift = static_cast<int>(sizeof(Wide)) * 8 - 2 - width(a.m);
    return {static_cast<Wide>(a.m << shift), a.e - shift};
}

/// fma — exec/numerics.html#op-fma: z1 * z2 + z3, rounded once. A product has so many fewer bits
/// than `Wide` that what `combine` loses lies far below the last bit that the format keeps.
template <Float F>
[[nodiscard]] constexpr F fma(F z1, F z2, F z3)
{
    bool const negative = z1.negative() != z2.negative();
    if (z1.is_nan() || z2.is_nan() || z3.is_nan())
        return nans<F>();
    if (z1.is_inf() || z2.is_inf()) // where one is zero, or z3 is the other infinity: NaN
        return fadd(fmul(z1, z2), z3);
    if (z3.is_inf())
        return z3;
    if (z1.is_zero() || z2.is_zero())
        return fadd(F::zero(negative), z3);
    auto const a = exact(z1);
    auto const b = exact(z2);
    auto const product = spread<typename F::Wide>({a.m * b.m, a.e + b.e});
    if (z3.is_zero())
        return round_to<F>(negative, product);
    auto const addend = spread(exact(z3));
    bool const subtract = negative != z3.negative();
    if (product.e == addend.e && product.m == addend.m && subtract)
        return F::zero(false);
    bool const is_product_great =
        product.e != addend.e ? product.e > addend.e : product.m >= addend.m;
    return is_product_great ? round_to<F>(negative, combine(product, addend, subtract))
                            : round_to<F>(z3.negative(), combine(addend, product, subtract));
}

/// frelaxed_madd_ — exec/numerics.html#op-frelaxed_madd
///   relaxed(R_fmadd)[fadd_N(fmul_N(z1, z2), z3), fma_N(z1, z2, z3)]
template <Float F>
[[nodiscard]] constexpr Relaxed<F> frelaxed_madd(F z1, F z2, F z3)
{
    return relaxed2(fadd(fmul(z1, z2), z3), fma(z1, z2, z3));
}

/// frelaxed_nmadd_ — exec/numerics.html#op-frelaxed_nmadd
///   frelaxed_madd_N(-z1, z2, z3)
template <Float F>
[[nodiscard]] constexpr Relaxed<F> frelaxed_nmadd(F z1, F z2, F z3)
{
    return frelaxed_madd(fneg(z1), z2, z3);
}

/// frelaxed_min_ — exec/numerics.html#op-frelaxed_min
///   (nan, z2)    relaxed(R_fmin)[fmin_N(z1, z2), nan, z2, z2]
///   (z1, nan)    relaxed(R_fmin)[fmin_N(z1, z2), z1, nan, z1]
///   (±0, ∓0)     relaxed(R_fmin)[fmin_N(z1, z2), ±0, ∓0, -0]
///   otherwise    fmin_N(z1, z2)
template <Float F>
[[nodiscard]] constexpr Relaxed<F> frelaxed_min(F z1, F z2)
{
    auto const least = fmin(z1, z2);
    if (z1.is_nan())
        return relaxed4(least, z1, z2, z2);
    if (z2.is_nan())
        return relaxed4(least, z1, z2, z1);
    if (z1.is_zero() && z2.is_zero())
        return relaxed4(least, z1, z2, F::zero(z1.negative() || z2.negative()));
    return {least};
}

/// frelaxed_max_ — exec/numerics.html#op-frelaxed_max
///   (nan, z2)    relaxed(R_fmax)[fmax_N(z1, z2), nan, z2, z2]
///   (z1, nan)    relaxed(R_fmax)[fmax_N(z1, z2), z1, nan, z1]
///   (±0, ∓0)     relaxed(R_fmax)[fmax_N(z1, z2), ±0, ∓0, +0]
///   otherwise    fmax_N(z1, z2)
template <Float F>
[[nodiscard]] constexpr Relaxed<F> frelaxed_max(F z1, F z2)
{
    auto const greatest = fmax(z1, z2);
    if (z1.is_nan())
        return relaxed4(greatest, z1, z2, z2);
    if (z2.is_nan())
        return relaxed4(greatest, z1, z2, z1);
    if (z1.is_zero() && z2.is_zero())
        return relaxed4(greatest, z1, z2, F::zero(z1.negative() && z2.negative()));
    return {greatest};
}

/// irelaxed_q15mulr_ — exec/numerics.html#op-irelaxed_q15mulr_s
///   (-2^(N-1), -2^(N-1))   relaxed(R_iq15mulr)[2^(N-1) - 1, -2^(N-1)]
///   otherwise              iq15mulr_sat_s(i1, i2)
template <ShortInteger iN>
[[nodiscard]] constexpr Relaxed<iN> irelaxed_q15mulr_s(iN i1, iN i2)
{
    constexpr auto least = static_cast<iN>(1U << (N<iN> - 1));
    if (i1 == least && i2 == least)
        return relaxed2(static_cast<iN>(least - 1), least);
    return {iq15mulr_sat_s(i1, i2)};
}

/// relaxed_trunc__ — exec/numerics.html#op-relaxed_trunc_u
///   trunc_u(z)  where it is defined,  relaxed(R_trunc_u)[trunc_sat_u(z), any]  otherwise
template <Integer iN, Float F>
[[nodiscard]] constexpr Relaxed<iN> relaxed_trunc_u(F z)
{
    return {trunc_sat_u<iN>(z), !trunc_u<iN>(z)};
}

/// relaxed_trunc__ — exec/numerics.html#op-relaxed_trunc_s
///   trunc_s(z)  where it is defined,  relaxed(R_trunc_s)[trunc_sat_s(z), any]  otherwise
template <Integer iN, Float F>
[[nodiscard]] constexpr Relaxed<iN> relaxed_trunc_s(F z)
{
    return {trunc_sat_s<iN>(z), !trunc_s<iN>(z)};
}

/// irelaxed_laneselect_ — exec/numerics.html#op-irelaxed_laneselect
///   ibitselect_N(i1, i2, relaxed(R_laneselect)[i3, extend_s_1,N(ishr_u_N(i3, N - 1))])
template <Integer iN>
[[nodiscard]] constexpr Relaxed<iN> irelaxed_laneselect(iN i1, iN i2, iN i3)
{
    auto const sign = ineg(ishr_u(i3, static_cast<iN>(N<iN> - 1)));
    return relaxed2(ibitselect(i1, i2, i3), ibitselect(i1, i2, sign));
}

/// irelaxed_swizzle_lane_ — exec/numerics.html#op-ivrelaxed_swizzle_lane
///   c*[i]  if i < |c*|
///   0      if signed_N(i) < 0
///   relaxed(R_swizzle)[0, c*[i mod |c*|]]  otherwise
template <Integer iN>
[[nodiscard]] constexpr Relaxed<iN> irelaxed_swizzle_lane(Lanes<iN> const& c, iN i)
{
    if (i < c.size())
        return {c[i]};
    if (signed_(i) < 0)
        return {iN{0}};
    return relaxed2(iN{0}, c[i % c.size()]);
}

/// vswizzlop_ — exec/numerics.html#op-ivrelaxed_swizzle
[[nodiscard]] constexpr Relaxed<Val> ivrelaxed_swizzle(Val v1, Val v2)
{
    using i8 = std::uint8_t;
    auto const c1 = lanes<i8>(v1);
    auto c = lanes<i8>(v2);
    bool differs = false;
    for (auto& lane : c) {
        auto const r = irelaxed_swizzle_lane(c1, lane);
        lane = r.value;
        differs = differs || r.differs;
    }
    return {inv_lanes<i8>(c), differs};
}

/// vextbinop__ — exec/numerics.html#op-irelaxed_dot
///   ivextbinop with ivdot_sat, the second operand extended by relaxed(R_idot)[S, U]
[[nodiscard]] constexpr Relaxed<Val> relaxed_dot(Val v1, Val v2)
{
    using i8 = std::uint8_t;
    using i16 = std::uint16_t;
    return relaxed2(
        dot_sat<i8, i16, extend_s<i16, i8>>(v1, v2), dot_sat<i8, i16, extend_u<i16, i8>>(v1, v2));
}

/// vextternop__ — exec/numerics.html#op-vextternop
///   iadd(extadd_pairwise_s(relaxed_dot(v1, v2)), v3), lane by lane
[[nodiscard]] constexpr Relaxed<Val> relaxed_dot_add(Val v1, Val v2, Val v3)
{
    using i16 = std::uint16_t;
    using i32 = std::uint32_t;
    auto const c = relaxed_dot(v1, v2);
    auto const sums = extadd_pairwise<i16, i32, extend_s<i32, i16>>(c.value);
    return {lanewise<i32, iadd<i32>>(sums, v3), c.differs};
}

/// ivbinopsxnd_, fvbinop_, ivternopnd_, fvternop_ and vcvtop__ of relaxed operations —
/// exec/numerics.html#op-vec: f of the lanes, to as many lanes or to those that fit, the rest zero
template <LaneType From, LaneType To, auto f, class... Operands>
[[nodiscard]] constexpr Relaxed<Val> relaxed_lanewise(Operands... v)
{
    Lanes<To> c{};
    bool differs = false;
    for (std::size_t k = 0; k < lanes<From>(Val{}).size(); ++k) {
        auto const r = f(lanes<From>(v)[k]...);
        c[k] = r.value;
        differs = differs || r.differs;
    }
    return {inv_lanes<To>(c), differs};
}

} // namespace touchstone::reference
