// Lane by lane on integers (exec/numerics.html#op-vec).

#include "engine/fast/vectors.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace touchstone::fast {

namespace {

constexpr auto add = [](auto a, auto b) { return static_cast<decltype(a)>(a + b); };
constexpr auto sub = [](auto a, auto b) { return static_cast<decltype(a)>(a - b); };
constexpr auto mul = [](auto a, auto b) { return static_cast<decltype(a)>(u64{a} * b); };
constexpr auto neg = [](auto a) { return static_cast<decltype(a)>(0U - a); };
constexpr auto abs_of = [](auto a) {
    using Signed = std::make_signed_t<decltype(a)>;
    return static_cast<Signed>(a) < 0 ? neg(a) : a;
};
constexpr auto least = [](auto a, auto b) { return a < b ? a : b; };
constexpr auto greatest = [](auto a, auto b) { return a > b ? a : b; };
constexpr auto average = [](auto a, auto b) { return static_cast<decltype(a)>((a + b + 1U) / 2); };
constexpr auto popcnt = [](u8 a) { return static_cast<u8>(std::popcount(a)); };

/// The nearest value that a lane holds.
template <class Lane>
constexpr Lane saturated(i64 v)
{
    return static_cast<Lane>(
        std::clamp<i64>(v, std::numeric_limits<Lane>::min(), std::numeric_limits<Lane>::max()));
}
constexpr auto add_sat = [](auto a, auto b) { return saturated<decltype(a)>(i64{a} + b); };
constexpr auto sub_sat = [](auto a, auto b) { return saturated<decltype(a)>(i64{a} - b); };
constexpr auto q15mulr_sat = [](i16 a, i16 b) {
    return saturated<i16>((i64{a} * b + 0x4000) >> 15);
};

constexpr auto bit_and = [](u64 a, u64 b) { return a & b; };
constexpr auto bit_andnot = [](u64 a, u64 b) { return a & ~b; };
constexpr auto bit_or = [](u64 a, u64 b) { return a | b; };
constexpr auto bit_xor = [](u64 a, u64 b) { return a ^ b; };
constexpr auto bit_not = [](u64 a) { return ~a; };
constexpr auto bitselect = [](u64 a, u64 b, u64 c) { return (a & c) | (b & ~c); };

enum class Shift : std::uint8_t
{
    Left,
    Right,
};

/// By a scalar, modulo the lane's width.
template <class Lane, Shift direction>
HANDLER(shift)
{
    auto v = first_vector<Lane>(pc, fp);
    auto const by = from_slot<u32>(fp[pc[2]]) % (sizeof(Lane) * 8);
    for (auto& lane : v)
        lane = direction == Shift::Left ? static_cast<Lane>(BitsOfLane<Lane>(lane) << by)
                                        : static_cast<Lane>(lane >> by);
    set_vector_result(pc, fp, v);
    NEXT(3);
}

HANDLER(any_true)
{
    auto const a = first_vector<u64>(pc, fp);
    set_result(pc, fp, (a[0] | a[1]) != 0);
    NEXT(2);
}

template <class Lane>
HANDLER(all_true)
{
    auto const a = first_vector<Lane>(pc, fp);
    set_result(pc, fp, std::ranges::all_of(a, [](Lane lane) { return lane != 0; }));
    NEXT(2);
}

template <class Lane>
HANDLER(bitmask)
{
    auto const a = first_vector<Lane>(pc, fp);
    u32 bits = 0;
    for (std::size_t k = 0; k < a.size(); ++k)
        bits |= u32{a[k] < 0} << k;
    set_result(pc, fp, bits);
    NEXT(2);
}

/// Sums of neighbouring products; only those of a relaxed one can be too big for a lane.
template <class Lane, class To>
Lanes<To> dot(Lanes<Lane> const& a, Lanes<Lane> const& b)
{
    Lanes<To> v;
    for (std::size_t k = 0; k < v.size(); ++k)
        v[k] = saturated<To>(i64{a[2 * k]} * b[2 * k] + i64{a[2 * k + 1]} * b[2 * k + 1]);
    return v;
}

/// Twice -2^15 squared is 2^31, which wraps.
HANDLER(dot_i16)
{
    auto const a = first_vector<i16>(pc, fp);
    auto const b = next_vector<i16>(pc, fp, 2);
    Lanes<u32> v;
    for (std::size_t k = 0; k < v.size(); ++k)
        v[k] = static_cast<u32>(i64{a[2 * k]} * b[2 * k] + i64{a[2 * k + 1]} * b[2 * k + 1]);
    set_vector_result(pc, fp, v);
    NEXT(3);
}

HANDLER(relaxed_dot)
{
    set_vector_result(pc, fp, dot<i8, i16>(first_vector<i8>(pc, fp), next_vector<i8>(pc, fp, 2)));
    NEXT(3);
}

HANDLER(relaxed_dot_add)
{
    auto const products = dot<i8, i16>(first_vector<i8>(pc, fp), next_vector<i8>(pc, fp, 2));
    auto v = next_vector<u32>(pc, fp, 3);
    for (std::size_t k = 0; k < v.size(); ++k)
        v[k] += static_cast<u32>(i32{products[2 * k]} + products[2 * k + 1]);
    set_vector_result(pc, fp, v);
    NEXT(4);
}

#define UNARY_LANES(op, lane, f) {Opcode::op, &lanewise1<lane, lane, f>, nullptr}
#define BINARY_LANES(op, lane, f) {Opcode::op, &lanewise2<lane, lane, f>, nullptr}
#define COMPARE(op, lane, f)                                                                       \
    {Opcode::op, &lanewise2<lane, BitsOfLane<lane>, mask<lane, f>>, nullptr}

#define OF_EVERY_SHAPE(shape, s, u)                                                                \
    UNARY_LANES(shape##Abs, u, abs_of), UNARY_LANES(shape##Neg, u, neg),                           \
        BINARY_LANES(shape##Add, u, add), BINARY_LANES(shape##Sub, u, sub),                        \
        COMPARE(shape##Eq, u, equal), COMPARE(shape##Ne, u, unequal),                              \
        COMPARE(shape##LtS, s, less), COMPARE(shape##GtS, s, greater),                             \
        COMPARE(shape##LeS, s, at_most), COMPARE(shape##GeS, s, at_least),                         \
        {Opcode::shape##AllTrue, &all_true<u>, nullptr},                                           \
        {Opcode::shape##Bitmask, &bitmask<s>, nullptr},                                            \
        {Opcode::shape##Shl, &shift<u, Shift::Left>, nullptr},                                     \
        {Opcode::shape##ShrS, &shift<s, Shift::Right>, nullptr},                                   \
    {                                                                                              \
        Opcode::shape##ShrU, &shift<u, Shift::Right>, nullptr                                      \
    }
#define OF_32_BITS_AND_LESS(shape, s, u)                                                           \
    COMPARE(shape##LtU, u, less), COMPARE(shape##GtU, u, greater),                                 \
        COMPARE(shape##LeU, u, at_most), COMPARE(shape##GeU, u, at_least),                         \
        BINARY_LANES(shape##MinS, s, least), BINARY_LANES(shape##MinU, u, least),                  \
        BINARY_LANES(shape##MaxS, s, greatest), BINARY_LANES(shape##MaxU, u, greatest)
#define OF_16_BITS_AND_LESS(shape, s, u)                                                           \
    BINARY_LANES(shape##AddSatS, s, add_sat), BINARY_LANES(shape##AddSatU, u, add_sat),            \
        BINARY_LANES(shape##SubSatS, s, sub_sat), BINARY_LANES(shape##SubSatU, u, sub_sat),        \
        BINARY_LANES(shape##AvgrU, u, average)

constexpr auto rows = std::to_array<OpHandlers>({
    OF_EVERY_SHAPE(I8x16, i8, u8),
    OF_EVERY_SHAPE(I16x8, i16, u16),
    OF_EVERY_SHAPE(I32x4, i32, u32),
    OF_EVERY_SHAPE(I64x2, i64, u64),
    OF_32_BITS_AND_LESS(I8x16, i8, u8),
    OF_32_BITS_AND_LESS(I16x8, i16, u16),
    OF_32_BITS_AND_LESS(I32x4, i32, u32),
    OF_16_BITS_AND_LESS(I8x16, i8, u8),
    OF_16_BITS_AND_LESS(I16x8, i16, u16),
    BINARY_LANES(I16x8Mul, u16, mul),
    BINARY_LANES(I32x4Mul, u32, mul),
    BINARY_LANES(I64x2Mul, u64, mul),
    UNARY_LANES(I8x16Popcnt, u8, popcnt),
    BINARY_LANES(I16x8Q15mulrSatS, i16, q15mulr_sat),
    BINARY_LANES(I16x8RelaxedQ15mulrS, i16, q15mulr_sat),
    {Opcode::I32x4DotI16x8S, &dot_i16, nullptr},
    {Opcode::I16x8RelaxedDotI8x16I7x16S, &relaxed_dot, nullptr},
    {Opcode::I32x4RelaxedDotI8x16I7x16AddS, &relaxed_dot_add, nullptr},
    UNARY_LANES(V128Not, u64, bit_not),
    BINARY_LANES(V128And, u64, bit_and),
    BINARY_LANES(V128Andnot, u64, bit_andnot),
    BINARY_LANES(V128Or, u64, bit_or),
    BINARY_LANES(V128Xor, u64, bit_xor),
    {Opcode::V128Bitselect, &lanewise3<u64, bitselect>, nullptr},
    {Opcode::I8x16RelaxedLaneselect, &lanewise3<u64, bitselect>, nullptr},
    {Opcode::I16x8RelaxedLaneselect, &lanewise3<u64, bitselect>, nullptr},
    {Opcode::I32x4RelaxedLaneselect, &lanewise3<u64, bitselect>, nullptr},
    {Opcode::I64x2RelaxedLaneselect, &lanewise3<u64, bitselect>, nullptr},
    {Opcode::V128AnyTrue, &any_true, nullptr},
});

} // namespace

std::span<OpHandlers const> vector_integer_handlers()
{
    return rows;
}

} // namespace touchstone::fast
