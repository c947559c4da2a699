// Vectors from and to scalars, and lanes by place (exec/instructions.html#vector-instructions).

#include "engine/fast/vectors.hpp"

#include <algorithm>

namespace touchstone::fast {

HANDLER(set_vector)
{
    std::memcpy(fp + high(pc[1]), pc + 2, 2 * sizeof(Slot));
    NEXT(4);
}

namespace {

template <class Lane>
HANDLER(splat)
{
    auto const a = first<Lane>(pc, fp);
    Lanes<Lane> v;
    std::ranges::fill(v, a);
    set_vector_result(pc, fp, v);
    NEXT(2);
}

/// Words: a -> result, lane.
template <class Lane, class To>
HANDLER(extract)
{
    auto const a = first_vector<Lane>(pc, fp);
    set_result(pc, fp, static_cast<To>(a[pc[2]]));
    NEXT(3);
}

/// Words: a -> result, value, lane.
template <class Lane>
HANDLER(replace)
{
    auto v = first_vector<Lane>(pc, fp);
    v[pc[3]] = from_slot<Lane>(fp[pc[2]]);
    set_vector_result(pc, fp, v);
    NEXT(4);
}

/// Words: a -> result, b, two with the sixteen lanes.
HANDLER(shuffle)
{
    Lanes<u8> chosen;
    std::memcpy(chosen.data(), pc + 3, sizeof chosen);
    std::array<u8, 32> both;
    std::memcpy(both.data(), fp + low(pc[1]), 16);
    std::memcpy(both.data() + 16, fp + pc[2], 16);
    for (auto& lane : chosen)
        lane = both[lane];
    set_vector_result(pc, fp, chosen);
    NEXT(5);
}

/// Lanes beyond the last are zero.
HANDLER(swizzle)
{
    auto const a = first_vector<u8>(pc, fp);
    auto v = next_vector<u8>(pc, fp, 2);
    for (auto& lane : v)
        lane = lane < a.size() ? a[lane] : u8{0};
    set_vector_result(pc, fp, v);
    NEXT(3);
}

#define ROW(op, ...) {Opcode::op, &__VA_ARGS__, nullptr}

constexpr auto rows = std::to_array<OpHandlers>({
    ROW(I8x16Shuffle, shuffle),
    ROW(I8x16Swizzle, swizzle),
    ROW(I8x16RelaxedSwizzle, swizzle),
    ROW(I8x16Splat, splat<u8>),
    ROW(I16x8Splat, splat<u16>),
    ROW(I32x4Splat, splat<u32>),
    ROW(I64x2Splat, splat<u64>),
    ROW(F32x4Splat, splat<u32>),
    ROW(F64x2Splat, splat<u64>),
    ROW(I8x16ExtractLaneS, extract<i8, i32>),
    ROW(I8x16ExtractLaneU, extract<u8, u32>),
    ROW(I16x8ExtractLaneS, extract<i16, i32>),
    ROW(I16x8ExtractLaneU, extract<u16, u32>),
    ROW(I32x4ExtractLane, extract<u32, u32>),
    ROW(I64x2ExtractLane, extract<u64, u64>),
    ROW(F32x4ExtractLane, extract<u32, u32>),
    ROW(F64x2ExtractLane, extract<u64, u64>),
    ROW(I8x16ReplaceLane, replace<u8>),
    ROW(I16x8ReplaceLane, replace<u16>),
    ROW(I32x4ReplaceLane, replace<u32>),
    ROW(I64x2ReplaceLane, replace<u64>),
    ROW(F32x4ReplaceLane, replace<u32>),
    ROW(F64x2ReplaceLane, replace<u64>),
});

} // namespace

std::span<OpHandlers const> vector_lane_handlers()
{
    return rows;
}

} // namespace touchstone::fast
