// Vectors by definition: lanes and back, operations that only lanes have, and what moves lanes.

#include "engine/reference/numerics_extending.hpp"
#include "tests/unit/engine/reference/operands.hpp"

#include <gtest/gtest.h>

namespace touchstone::tests {
namespace {

using namespace reference;
using i8 = std::uint8_t;
using i16 = std::uint16_t;
using i32 = std::uint32_t;
using i64 = std::uint64_t;

constexpr Val counting{0x0706'0504'0302'0100, 0x0F0E'0D0C'0B0A'0908};

TEST(Lanes, TheLeastSignificantComesFirst)
{
    for (unsigned k = 0; k < 16; ++k)
        EXPECT_EQ(lanes<i8>(counting)[k], k);
    EXPECT_EQ(lanes<i16>(counting)[7], 0x0F0E);
    EXPECT_EQ(lanes<i32>(counting)[1], 0x0706'0504U);
    EXPECT_EQ(lanes<i32>(counting)[2], 0x0B0A'0908U);
    EXPECT_EQ(lanes<i64>(counting)[0], counting.lo);
    EXPECT_EQ(lanes<F64>(counting)[1].bits, counting.hi);
    EXPECT_EQ(lanes<F32>(counting)[3].bits, 0x0F0E'0D0CU);
}

template <class L>
void expect_inverse()
{
    std::mt19937_64 random{test_seed()};
    for (int n = 0; n < 1'000; ++n) {
        Val const v{random(), random()};
        EXPECT_EQ(inv_lanes<L>(lanes<L>(v)), v);
    }
}

TEST(Lanes, GoBackToTheSameVector)
{
    expect_inverse<i8>();
    expect_inverse<i16>();
    expect_inverse<i32>();
    expect_inverse<i64>();
    expect_inverse<F32>();
    expect_inverse<F64>();
}

// Every pair of bytes against the page's formula on mathematical integers.
TEST(LaneOperations, SaturateAsTheDefinitionsSay)
{
    auto const clamp = [](int i, int least, int most) {
        return static_cast<i8>(std::min(std::max(i, least), most));
    };
    for (int a = 0; a < 256; ++a)
        for (int b = 0; b < 256; ++b) {
            auto const i1 = static_cast<i8>(a);
            auto const i2 = static_cast<i8>(b);
            auto const s1 = a < 128 ? a : a - 256;
            auto const s2 = b < 128 ? b : b - 256;
            ASSERT_EQ(iadd_sat_u(i1, i2), clamp(a + b, 0, 255)) << a << ' ' << b;
            ASSERT_EQ(isub_sat_u(i1, i2), clamp(a - b, 0, 255)) << a << ' ' << b;
            ASSERT_EQ(iadd_sat_s(i1, i2), clamp(s1 + s2, -128, 127)) << a << ' ' << b;
            ASSERT_EQ(isub_sat_s(i1, i2), clamp(s1 - s2, -128, 127)) << a << ' ' << b;
            ASSERT_EQ(iavgr_u(i1, i2), (a + b + 1) / 2) << a << ' ' << b;
            ASSERT_EQ(imin_s(i1, i2), clamp(std::min(s1, s2), -128, 127)) << a << ' ' << b;
            ASSERT_EQ(imax_u(i1, i2), std::max(a, b)) << a << ' ' << b;
        }
}

TEST(LaneOperations, NarrowEveryHalfWord)
{
    for (int a = -32'768; a < 32'768; ++a) {
        auto const i = static_cast<i16>(a);
        ASSERT_EQ((narrow_s<i8, i16>(i)), static_cast<i8>(std::min(std::max(a, -128), 127))) << a;
        ASSERT_EQ((narrow_u<i8, i16>(i)), std::min(std::max(a, 0), 255)) << a;
    }
    EXPECT_EQ((narrow_u<i16, i32>(0xFFFF'FFFF)), 0);
    EXPECT_EQ((narrow_s<i16, i32>(0x8000'0000)), 0x8000);
}

TEST(LaneOperations, SignsOfTheLeastNumber)
{
    EXPECT_EQ(iabs(i8{0x80}), 0x80);
    EXPECT_EQ(ineg(i64{1} << 63), i64{1} << 63);
    EXPECT_EQ(iabs(i32{0xFFFF'FFFF}), 1U);
    EXPECT_EQ(inot(i8{0x0F}), 0xF0);
    EXPECT_EQ(iandnot(i8{0x3C}, i8{0x0F}), 0x30);
    EXPECT_EQ(ibitselect(i8{0x33}, i8{0xCC}, i8{0xF0}), 0x3C);
}

TEST(LaneOperations, FixedPointProducts)
{
    EXPECT_EQ(iq15mulr_sat_s(i16{0x8000}, i16{0x8000}), 0x7FFF);
    EXPECT_EQ(iq15mulr_sat_s(i16{0x8000}, i16{0x7FFF}), 0x8001);
    EXPECT_EQ(iq15mulr_sat_s(i16{0x4000}, i16{0x0001}), 1);      // half a step, upwards
    EXPECT_EQ(iq15mulr_sat_s(i16{0x4000}, i16{0xFFFF}), 0);      // minus half a step, upwards
    EXPECT_EQ(iq15mulr_sat_s(i16{0x4001}, i16{0xFFFF}), 0xFFFF); // more than half
}

TEST(LaneOperations, PseudoMinimumKeepsTheFirst)
{
    auto const nan = F32{0x7FA0'0001};
    auto const one = F32{0x3F80'0000};
    EXPECT_EQ(fpmin(nan, one), nan);
    EXPECT_EQ(fpmin(one, nan), one);
    EXPECT_EQ(fpmax(F32::zero(false), F32::zero(true)), F32::zero(false));
    EXPECT_EQ(fpmax(F32::zero(true), F32::zero(false)), F32::zero(true));
    EXPECT_EQ(fpmin(one, F32::zero(true)), F32::zero(true));
}

TEST(Vectors, Bitmask)
{
    EXPECT_EQ(ivbitmask<i8>({0x8000'0000'0000'0080, 0x7F80'0000'0000'0000}), 0x4081U);
    EXPECT_EQ(ivbitmask<i64>({1, ~i64{0}}), 2U);
}

TEST(Vectors, MoveLanes)
{
    auto const at = [](i8 first, i8 last) {
        Lanes<i8> i{};
        i[0] = first;
        i[15] = last;
        return inv_lanes<i8>(i);
    };
    auto const swizzled = lanes<i8>(ivswizzle<i8, iswizzle_lane<i8>>(counting, at(15, 16)));
    EXPECT_EQ(swizzled[0], 15);
    EXPECT_EQ(swizzled[15], 0);
    Val const other{0x1716'1514'1312'1110, 0x1F1E'1D1C'1B1A'1918};
    auto const shuffled = lanes<i8>(ivshuffle<i8>(lanes<i8>(at(31, 15)), counting, other));
    EXPECT_EQ(shuffled[0], 31);
    EXPECT_EQ(shuffled[15], 15);
    EXPECT_EQ(shuffled[1], 0);
}

TEST(Vectors, ComparisonsFillTheLane)
{
    EXPECT_EQ((lanewise_relation<i16, ilt_s<i16>>({0x7FFF'8000'0001'0000, 0}, {})),
        (Val{0x0000'FFFF'0000'0000, 0}));
    EXPECT_EQ((lanewise_relation<F64, feq<F64>>({F64::canonical_nan().bits, i64{1} << 63}, {})),
        (Val{0, ~i64{0}}));
}

TEST(Vectors, ShiftsTakeTheCountModuloTheLane)
{
    EXPECT_EQ((lanewise_shift<i8, ishr_s<i8>>({0x80, 0x40}, 8 + 7)), (Val{0xFF, 0}));
    EXPECT_EQ((lanewise_shift<i64, ishl<i64>>({1, 2}, 64 + 1)), (Val{2, 4}));
    // a count is no lane: 256 would be 0 in eight bits, and so is it modulo eight
    EXPECT_EQ((lanewise_shift<i8, ishl<i8>>({1, 0}, 0xFFFF'FF01)), (Val{2, 0}));
}

TEST(Vectors, ConversionsTakeAHalfOrFillWithZero)
{
    auto const high = vcvt<i8, i16, extend_u<i16, i8>, Half::High>(counting);
    EXPECT_EQ(lanes<i16>(high)[0], 8);
    EXPECT_EQ(lanes<i16>(high)[7], 15);
    Val const doubles{0xC000'0000'0000'0000, 0x41F0'0000'0000'0000}; // -2, 2^32
    EXPECT_EQ((vcvt<F64, i32, trunc_sat_s<i32, F64>>(doubles)), (Val{0x7FFF'FFFF'FFFF'FFFE, 0}));
    EXPECT_EQ((vcvt<F64, F32, demote>(doubles)), (Val{0x4F80'0000'C000'0000, 0}));
}

TEST(Vectors, SumsOfNeighbours)
{
    Val const bytes{0x8080'FF01'7F7F'0201, 0};
    EXPECT_EQ(
        (extadd_pairwise<i8, i16, extend_s<i16, i8>>(bytes)), (Val{0xFF00'0000'00FE'0003, 0}));
    EXPECT_EQ(
        (extadd_pairwise<i8, i16, extend_u<i16, i8>>(bytes)), (Val{0x0100'0100'00FE'0003, 0}));
    // -2^15 * -2^15 * 2 is 2^31, which wraps
    EXPECT_EQ((dot<i16, i32>({0x8000'8000, 0}, {0x8000'8000, 0})), (Val{0x8000'0000, 0}));
    EXPECT_EQ((extmul<i32, i64, extend_s<i64, i32>, Half::High>({0, 0xFFFF'FFFF}, {0, 5})),
        (Val{0xFFFF'FFFF'FFFF'FFFB, 0}));
}

} // namespace
} // namespace touchstone::tests
