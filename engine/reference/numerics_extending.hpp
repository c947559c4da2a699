#pragma once
// Operations on vectors whose results have wider lanes (exec/numerics.html#op-vextunop and after
// it).

#include "engine/reference/numerics_vector.hpp"

namespace touchstone::reference {

/// Lanes extended to twice their width are twice a vector's.
template <Integer L>
using Extended = std::array<L, 32 / sizeof(L)>;

/// extend__ of all lanes of a vector.
template <Integer From, Integer To, auto extend>
[[nodiscard]] constexpr Extended<To> extended(Val v)
{
    auto const c1 = lanes<From>(v);
    Extended<To> c{};
    for (std::size_t k = 0; k < c.size(); ++k)
        c[k] = extend(c1[k]);
    return c;
}

/// imul of each pair of lanes.
template <Integer L>
[[nodiscard]] constexpr Extended<L> products(Extended<L> const& i1, Extended<L> const& i2)
{
    auto c = i1;
    for (std::size_t k = 0; k < c.size(); ++k)
        c[k] = imul(i1[k], i2[k]);
    return c;
}

/// f of each lane and its neighbour.
template <Integer L, auto f>
[[nodiscard]] constexpr Val pairwise(Extended<L> const& i)
{
    Lanes<L> c{};
    for (std::size_t k = 0; k < c.size(); ++k)
        c[k] = f(i[2 * k], i[2 * k + 1]);
    return inv_lanes<L>(c);
}

/// vextunop__, ivextunop__, ivadd_pairwise_ — exec/numerics.html#op-vextunop, #op-ivadd_pairwise
///   inv_lanes(iadd(j1, j2)*)   for (j1 j2)* = extend(lanes(v1))*
template <Integer From, Integer To, auto extend>
[[nodiscard]] constexpr Val extadd_pairwise(Val v1)
{
    return pairwise<To, iadd<To>>(extended<From, To, extend>(v1));
}

/// vextbinop__, ivextbinop__, ivmul_ — exec/numerics.html#op-vextbinop, #op-ivmul
///   inv_lanes(imul(extend(c1), extend(c2))*)   for ci* = lanes(vi)[half(half, 0, M2) : M2]
template <Integer From, Integer To, auto extend, Half half>
[[nodiscard]] constexpr Val extmul(Val v1, Val v2)
{
    return lanewise<To, imul<To>>(
        vcvt<From, To, extend, half>(v1), vcvt<From, To, extend, half>(v2));
}

/// vextbinop__, ivextbinop__, ivdot_ — exec/numerics.html#op-vextbinop, #op-ivdot
///   inv_lanes(iadd(j1, j2)*)   for (j1 j2)* = imul(extend_s(c1), extend_s(c2))*
template <Integer From, Integer To>
[[nodiscard]] constexpr Val dot(Val v1, Val v2)
{
    constexpr auto extend = extend_s<To, From>;
    return pairwise<To, iadd<To>>(
        products(extended<From, To, extend>(v1), extended<From, To, extend>(v2)));
}

/// ivextbinop__, ivdot_sat_ — exec/numerics.html#op-ivdot_sat
///   inv_lanes(iadd_sat_s(j1, j2)*)   for (j1 j2)* = imul(extend_s(c1), extend2(c2))*
template <Integer From, Integer To, auto extend2>
[[nodiscard]] constexpr Val dot_sat(Val v1, Val v2)
{
    return pairwise<To, iadd_sat_s<To>>(
        products(extended<From, To, extend_s<To, From>>(v1), extended<From, To, extend2>(v2)));
}

} // namespace touchstone::reference
