// Relaxed operations: the deterministic choice, and when another one would have shown. The fused
// product is checked against MPFR.

#include "engine/reference/numerics_relaxed.hpp"
#include "tests/unit/engine/reference/mpfr_float.hpp"
#include "tests/unit/engine/reference/operands.hpp"

#include <gtest/gtest.h>

namespace touchstone::tests {
namespace {

using namespace reference;
using i8 = std::uint8_t;
using i16 = std::uint16_t;
using i32 = std::uint32_t;

template <class F>
class Fused : public testing::Test
{};
using Formats = testing::Types<F32, F64>;
TYPED_TEST_SUITE(Fused, Formats);

template <Float F>
void check_fused(F z1, F z2, F z3)
{
    MpfrFloat<F> result;
    MpfrFloat<F> const a{z1};
    MpfrFloat<F> const b{z2};
    MpfrFloat<F> const c{z3};
    auto const ternary = mpfr_fma(result.get(), a.get(), b.get(), c.get(), MPFR_RNDN);
    auto const wanted = result.rounded(ternary);
    auto const got = fma(z1, z2, z3);
    if (got != wanted)
        ADD_FAILURE() << std::hex << "fma(0x" << z1.bits << ", 0x" << z2.bits << ", 0x" << z3.bits
                      << ") is 0x" << got.bits << ", should be 0x" << wanted.bits;
}

TYPED_TEST(Fused, BoundariesWithEachOther)
{
    auto const all = boundary_floats<TypeParam>();
    for (std::size_t a = 0; a < all.size(); a += 3)
        for (std::size_t b = a % 5; b < all.size(); b += 5)
            for (std::size_t c = (a + b) % 7; c < all.size(); c += 7)
                check_fused(all[a], all[b], all[c]);
}

TYPED_TEST(Fused, RandomOperandsAndThoseThatCancel)
{
    using F = TypeParam;
    RandomFloats<F> random{test_seed()};
    for (int k = 0; k < 100'000; ++k) {
        auto const z1 = random.any();
        auto const z2 = random.near(z1);
        check_fused(z1, z2, random.any());
        auto const product = fneg(fmul(z1, z2));
        check_fused(z1, z2, product);
        check_fused(z1, z2, random.near(product));
    }
}

TYPED_TEST(Fused, IsNoticedWhereItDiffersFromTwoRoundings)
{
    using F = TypeParam;
    auto const one = F{static_cast<F::Bits>(F::bias) << F::M};
    auto const more = F{one.bits + 1};
    auto const r = frelaxed_madd(more, more, fneg(F{one.bits + 2}));
    EXPECT_EQ(r.value, F::zero(false));
    EXPECT_TRUE(r.differs);
    EXPECT_FALSE(frelaxed_madd(one, one, one).differs);
    EXPECT_FALSE(frelaxed_madd(F::canonical_nan(), one, one).differs);
    EXPECT_EQ(frelaxed_nmadd(one, one, one).value, F::zero(false));
}

TEST(Relaxed, MinimumAndMaximum)
{
    auto const one = F32{0x3F80'0000};
    auto const nan = F32{0x7FC0'0001};
    EXPECT_FALSE(frelaxed_min(one, F32::zero(true)).differs);
    EXPECT_EQ(frelaxed_min(one, nan).value, F32::canonical_nan());
    EXPECT_TRUE(frelaxed_min(one, nan).differs);
    EXPECT_TRUE(frelaxed_max(nan, one).differs);
    EXPECT_EQ(frelaxed_max(F32::zero(true), F32::zero(false)).value, F32::zero(false));
    EXPECT_TRUE(frelaxed_max(F32::zero(true), F32::zero(false)).differs);
    EXPECT_FALSE(frelaxed_max(F32::zero(true), F32::zero(true)).differs);
}

TEST(Relaxed, Truncation)
{
    auto const minus_half = F32{0xBF00'0000};
    auto const minus_one = F32{0xBF80'0000};
    EXPECT_FALSE((relaxed_trunc_u<i32, F32>(minus_half).differs));
    EXPECT_TRUE((relaxed_trunc_u<i32, F32>(minus_one).differs));
    EXPECT_EQ((relaxed_trunc_u<i32, F32>(minus_one).value), 0U);
    EXPECT_FALSE((relaxed_trunc_s<i32, F32>(minus_one).differs));
    EXPECT_TRUE((relaxed_trunc_s<i32, F64>(F64::canonical_nan()).differs));
    EXPECT_EQ((relaxed_trunc_s<i32, F64>(F64::inf(false)).value), 0x7FFF'FFFFU);
}

TEST(Relaxed, Lanes)
{
    EXPECT_FALSE(irelaxed_laneselect(i8{1}, i8{2}, i8{0xFF}).differs);
    EXPECT_TRUE(irelaxed_laneselect(i8{1}, i8{2}, i8{0x80}).differs);
    EXPECT_FALSE(irelaxed_laneselect(i8{3}, i8{3}, i8{0x80}).differs);
    EXPECT_EQ(irelaxed_laneselect(i8{0x0F}, i8{0xF0}, i8{0x81}).value, 0x71);
    EXPECT_TRUE(irelaxed_q15mulr_s(i16{0x8000}, i16{0x8000}).differs);
    EXPECT_EQ(irelaxed_q15mulr_s(i16{0x8000}, i16{0x8000}).value, 0x7FFF);
    EXPECT_FALSE(irelaxed_q15mulr_s(i16{0x8000}, i16{0x7FFF}).differs);

    Val const ones{0x0101'0101'0101'0101, 0x0101'0101'0101'0101};
    EXPECT_TRUE(ivrelaxed_swizzle(ones, {16, 0}).differs);
    EXPECT_EQ(lanes<i8>(ivrelaxed_swizzle(ones, {16, 0}).value)[0], 0);
    EXPECT_FALSE(ivrelaxed_swizzle(ones, {0x80, 0}).differs);
    EXPECT_FALSE(ivrelaxed_swizzle({}, {16, 0}).differs);
}

TEST(Relaxed, DotProducts)
{
    EXPECT_FALSE(relaxed_dot({0x7F7F, 0}, {0x7F7F, 0}).differs);
    EXPECT_EQ(relaxed_dot({0x7F7F, 0}, {0x7F7F, 0}).value, (Val{0x7E02, 0}));
    EXPECT_TRUE(relaxed_dot({0x01, 0}, {0x80, 0}).differs);
    EXPECT_EQ(relaxed_dot({0x8080, 0}, {0x8080, 0}).value, (Val{0x7FFF, 0})); // 2^15 saturates
    auto const r = relaxed_dot_add({0x0201'0201, 0}, {0x0101'0101, 0}, {10, 0});
    EXPECT_EQ(r.value, (Val{16, 0}));
    EXPECT_FALSE(r.differs);
    EXPECT_TRUE(relaxed_dot_add({0x01, 0}, {0x80, 0}, {}).differs);
}

} // namespace
} // namespace touchstone::tests
