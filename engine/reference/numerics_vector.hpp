#pragma once
// Vectors (exec/numerics.html#vector-operations): lanes, and operations on all lanes by definitions
// of one.
//
// A lane L of a shape is an i<N> or f<N>; its count M is what 128 bits hold.

#include "engine/reference/numerics_lane.hpp"
#include "engine/reference/value.hpp"

#include <array>
#include <cstddef>

namespace touchstone::reference {

template <class L>
concept LaneType = Integer<L> || Float<L>;

/// lane* of a vector.
template <LaneType L>
using Lanes = std::array<L, 16 / sizeof(L)>;

template <LaneType L>
struct LaneBitsOf
{
    using Type = L;
};
template <Float L>
struct LaneBitsOf<L>
{
    using Type = L::Bits;
};
/// The integer of a lane's width.
template <LaneType L>
using LaneBits = LaneBitsOf<L>::Type;

template <LaneType L>
[[nodiscard]] constexpr LaneBits<L> bits_of(L c)
{
    if constexpr (Float<L>)
        return c.bits;
    else
        return c;
}

/// lanes_ — exec/numerics.html#aux-lanes: the lane of the least significant bits comes first
template <LaneType L>
[[nodiscard]] constexpr Lanes<L> lanes(Val v)
{
    constexpr std::size_t half = 8 / sizeof(L);
    Lanes<L> c{};
    for (std::size_t k = 0; k < c.size(); ++k) {
        auto const from = k < half ? v.lo : v.hi;
        c[k] = L{static_cast<LaneBits<L>>(from >> (k % half * sizeof(L) * 8))};
    }
    return c;
}

/// inv_lanes_ — exec/numerics.html#aux-lanes
template <LaneType L>
[[nodiscard]] constexpr Val inv_lanes(Lanes<L> const& c)
{
    constexpr std::size_t half = 8 / sizeof(L);
    Val v;
    for (std::size_t k = 0; k < c.size(); ++k)
        (k < half ? v.lo : v.hi) |= std::uint64_t{bits_of(c[k])} << (k % half * sizeof(L) * 8);
    return v;
}

/// ivunop_, fvunop_ — exec/numerics.html#op-vec
///   inv_lanes(f(c1)*)   for c1* = lanes(v1)
template <LaneType L, auto f>
[[nodiscard]] constexpr Val lanewise(Val v1)
{
    auto c = lanes<L>(v1);
    for (auto& lane : c)
        lane = f(lane);
    return inv_lanes<L>(c);
}

/// ivbinop_, ivbinopsx_, fvbinop_ — exec/numerics.html#op-vec
///   inv_lanes(f(c1, c2)*)   for c1* = lanes(v1), c2* = lanes(v2)
template <LaneType L, auto f>
[[nodiscard]] constexpr Val lanewise(Val v1, Val v2)
{
    auto c = lanes<L>(v1);
    auto const c2 = lanes<L>(v2);
    for (std::size_t k = 0; k < c.size(); ++k)
        c[k] = f(c[k], c2[k]);
    return inv_lanes<L>(c);
}

/// The three-operand form, as v128.bitselect has it.
template <LaneType L, auto f>
[[nodiscard]] constexpr Val lanewise(Val v1, Val v2, Val v3)
{
    auto c = lanes<L>(v1);
    auto const c2 = lanes<L>(v2);
    auto const c3 = lanes<L>(v3);
    for (std::size_t k = 0; k < c.size(); ++k)
        c[k] = f(c[k], c2[k], c3[k]);
    return inv_lanes<L>(c);
}

/// ivrelop_, ivrelopsx_, fvrelop_ — exec/numerics.html#op-vec
///   inv_lanes(extend_s_1,N(f(c1, c2))*)
template <LaneType L, auto f>
[[nodiscard]] constexpr Val lanewise_relation(Val v1, Val v2)
{
    using iN = LaneBits<L>;
    auto const c1 = lanes<L>(v1);
    auto const c2 = lanes<L>(v2);
    Lanes<iN> c{};
    for (std::size_t k = 0; k < c.size(); ++k)
        c[k] = ineg(static_cast<iN>(f(c1[k], c2[k]))); // the one bit with its sign
    return inv_lanes<iN>(c);
}

/// ivshiftop_, ivshiftopsx_ — exec/numerics.html#op-vec
///   inv_lanes(f(c1, i)*), where f takes i modulo N
template <Integer L, auto f>
[[nodiscard]] constexpr Val lanewise_shift(Val v1, std::uint32_t i)
{
    auto c = lanes<L>(v1);
    for (auto& lane : c)
        lane = f(lane, static_cast<L>(i % N<L>));
    return inv_lanes<L>(c);
}

/// irev_, ivbitmaskop_ — exec/numerics.html#op-ivbitmask
///   bit k is ilt_s_N(c1[k], 0), the rest is zero
template <Integer L>
[[nodiscard]] constexpr std::uint32_t ivbitmask(Val v1)
{
    auto const c1 = lanes<L>(v1);
    std::uint32_t c = 0;
    for (std::size_t k = 0; k < c1.size(); ++k)
        c |= ilt_s(c1[k], L{0}) << k;
    return c;
}

/// iswizzle_lane_ — exec/numerics.html#op-ivswizzle_lane
///   c*[i]  if i < |c*|,  0  otherwise
template <Integer L>
[[nodiscard]] constexpr L iswizzle_lane(Lanes<L> const& c, L i)
{
    return i < c.size() ? c[i] : L{0};
}

/// ivswizzlop_ — exec/numerics.html#op-ivswizzle
///   inv_lanes(f(c1*, c2)*)
template <Integer L, auto f>
[[nodiscard]] constexpr Val ivswizzle(Val v1, Val v2)
{
    auto const c1 = lanes<L>(v1);
    auto c = lanes<L>(v2);
    for (auto& lane : c)
        lane = f(c1, lane);
    return inv_lanes<L>(c);
}

/// ivshufflop_ — exec/numerics.html#op-ivshuffle
///   inv_lanes(((c1* ++ c2*)[i])*)
template <Integer L>
[[nodiscard]] constexpr Val ivshuffle(Lanes<L> const& i, Val v1, Val v2)
{
    auto const c1 = lanes<L>(v1);
    auto const c2 = lanes<L>(v2);
    Lanes<L> c{};
    for (std::size_t k = 0; k < c.size(); ++k)
        c[k] = i[k] < c1.size() ? c1[i[k]] : c2[i[k] - c1.size()];
    return inv_lanes<L>(c);
}

/// vnarrowop__ — exec/numerics.html#op-vnarrow
///   inv_lanes(narrow(c1)* ++ narrow(c2)*)
template <Integer From, Integer To, auto narrow>
[[nodiscard]] constexpr Val vnarrow(Val v1, Val v2)
{
    auto const c1 = lanes<From>(v1);
    auto const c2 = lanes<From>(v2);
    Lanes<To> c{};
    for (std::size_t k = 0; k < c1.size(); ++k) {
        c[k] = narrow(c1[k]);
        c[c1.size() + k] = narrow(c2[k]);
    }
    return inv_lanes<To>(c);
}

/// Which lanes a conversion to wider ones begins at: half — exec/numerics.html#aux-half
///   half(LOW, i, j) = i,  half(HIGH, i, j) = j
enum class Half : std::uint8_t
{
    Low,
    High,
};

/// vcvtop__, lcvtop__, halfop, zeroop — exec/numerics.html#op-vcvtop
///   as many lanes as there are:  inv_lanes(f(c1)*)
///   half as many from:           inv_lanes(f(c1)*)   for c1* = lanes(v1)[half(half, 0, M2) : M2]
///   to half as many:             inv_lanes(f(c1)* ++ 0^M1)
template <LaneType From, LaneType To, auto f, Half half = Half::Low>
[[nodiscard]] constexpr Val vcvt(Val v1)
{
    auto const c1 = lanes<From>(v1);
    Lanes<To> c{};
    auto const count = c1.size() < c.size() ? c1.size() : c.size();
    auto const first = half == Half::High ? count : 0;
    for (std::size_t k = 0; k < count; ++k)
        c[k] = f(c1[first + k]);
    return inv_lanes<To>(c);
}

} // namespace touchstone::reference
