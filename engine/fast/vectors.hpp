#pragma once
// Vectors as handlers see them: lanes of sixteen bytes in two slots, and the shapes of handlers
// that work lane by lane. The compiler makes vector instructions of the loops.
//
// Included by the files that define handlers of vectors, and by nothing else.

#include "engine/fast/dispatch.hpp"
#include "engine/fast/handlers.hpp"
#include "engine/fast/machine.hpp"
#include "engine/fast/numerics.hpp"
#include "engine/fast/operands.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace touchstone::fast {

using i8 = std::int8_t;
using i16 = std::int16_t;
using i32 = std::int32_t;
using i64 = std::int64_t;
using u8 = std::uint8_t;
using u16 = std::uint16_t;
using u32 = std::uint32_t;
using u64 = std::uint64_t;
using f32 = float;
using f64 = double;

template <class Lane>
using Lanes = std::array<Lane, 16 / sizeof(Lane)>;

/// The unsigned integer as wide as a lane.
template <class Lane>
using BitsOfLane = std::conditional_t<sizeof(Lane) == 1, u8,
    std::conditional_t<sizeof(Lane) == 2, u16, std::conditional_t<sizeof(Lane) == 4, u32, u64>>>;

template <class Lane>
[[nodiscard]] Lanes<Lane> vector_at(Slot const* slots)
{
    Lanes<Lane> v;
    std::memcpy(v.data(), slots, sizeof v);
    return v;
}
template <class Lane>
[[nodiscard]] Lanes<Lane> first_vector(Word const* pc, Slot const* fp)
{
    return vector_at<Lane>(fp + low(pc[1]));
}
/// The second or third operand.
template <class Lane>
[[nodiscard]] Lanes<Lane> next_vector(Word const* pc, Slot const* fp, unsigned word)
{
    return vector_at<Lane>(fp + pc[word]);
}
template <class Lane>
void set_vector_result(Word const* pc, Slot* fp, Lanes<Lane> const& v)
{
    std::memcpy(fp + high(pc[1]), v.data(), sizeof v);
}

/// f of each lane.
template <class From, class To, auto f>
HANDLER(lanewise1)
{
    auto const a = first_vector<From>(pc, fp);
    Lanes<To> v;
    for (std::size_t k = 0; k < v.size(); ++k)
        v[k] = f(a[k]);
    set_vector_result(pc, fp, v);
    NEXT(2);
}

/// f of each pair of lanes.
template <class From, class To, auto f>
HANDLER(lanewise2)
{
    auto const a = first_vector<From>(pc, fp);
    auto const b = next_vector<From>(pc, fp, 2);
    Lanes<To> v;
    for (std::size_t k = 0; k < v.size(); ++k)
        v[k] = f(a[k], b[k]);
    set_vector_result(pc, fp, v);
    NEXT(3);
}

/// f of three lanes each.
template <class Lane, auto f>
HANDLER(lanewise3)
{
    auto const a = first_vector<Lane>(pc, fp);
    auto const b = next_vector<Lane>(pc, fp, 2);
    auto const c = next_vector<Lane>(pc, fp, 3);
    Lanes<Lane> v;
    for (std::size_t k = 0; k < v.size(); ++k)
        v[k] = f(a[k], b[k], c[k]);
    set_vector_result(pc, fp, v);
    NEXT(4);
}

/// All bits of the result's lane where f holds, else none.
template <class Lane, auto f>
inline constexpr auto mask =
    [](Lane a, Lane b) { return static_cast<BitsOfLane<Lane>>(f(a, b) ? -1 : 0); };

inline constexpr auto equal = [](auto a, auto b) { return a == b; };
inline constexpr auto unequal = [](auto a, auto b) { return a != b; };
inline constexpr auto less = [](auto a, auto b) { return a < b; };
inline constexpr auto greater = [](auto a, auto b) { return a > b; };
inline constexpr auto at_most = [](auto a, auto b) { return a <= b; };
inline constexpr auto at_least = [](auto a, auto b) { return a >= b; };

} // namespace touchstone::fast
