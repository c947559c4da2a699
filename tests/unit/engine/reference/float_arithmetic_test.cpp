// Our floats on integers against MPFR: every operation, every boundary class with every other one,
// and random operands.

#include "engine/reference/numerics_float.hpp"
#include "tests/unit/engine/reference/mpfr_float.hpp"
#include "tests/unit/engine/reference/operands.hpp"

#include <gtest/gtest.h>

namespace touchstone::tests {
namespace {

using namespace reference;

std::uint64_t random_pairs()
{
    return test_cases(150'000);
}

template <class F>
class FloatArithmetic : public testing::Test
{};
using Formats = testing::Types<F32, F64>;
TYPED_TEST_SUITE(FloatArithmetic, Formats);

template <class F>
using MpfrBinary = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);
template <class F>
using MpfrUnary = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

template <Float F>
void expect_same(char const* name, F got, F wanted, F z1, F z2 = {})
{
    // the text is built for failures only: millions of operands pass through here
    if (got != wanted)
        ADD_FAILURE() << std::hex << name << "(0x" << z1.bits << ", 0x" << z2.bits << ") is 0x"
                      << got.bits << ", should be 0x" << wanted.bits;
}

template <Float F>
void compare_binary(char const* name, F (*ours)(F, F), MpfrBinary<F> theirs)
{
    auto const check = [&](F z1, F z2) {
        MpfrFloat<F> result;
        MpfrFloat<F> const a{z1};
        MpfrFloat<F> const b{z2};
        auto const ternary = theirs(result.get(), a.get(), b.get(), MPFR_RNDN);
        expect_same(name, ours(z1, z2), result.rounded(ternary), z1, z2);
    };
    auto const boundaries = boundary_floats<F>();
    for (auto const z1 : boundaries)
        for (auto const z2 : boundaries)
            check(z1, z2);
    RandomFloats<F> random{test_seed()};
    for (auto k = random_pairs(); k > 0; --k) {
        auto const z1 = random.any();
        check(z1, random.near(z1));
    }
}

template <Float F>
void compare_unary(char const* name, F (*ours)(F), MpfrUnary<F> theirs)
{
    auto const check = [&](F z) {
        MpfrFloat<F> result;
        MpfrFloat<F> const a{z};
        auto const ternary = theirs(result.get(), a.get(), MPFR_RNDN);
        expect_same(name, ours(z), result.rounded(ternary), z);
    };
    for (auto const z : boundary_floats<F>())
        check(z);
    RandomFloats<F> random{test_seed()};
    for (auto k = random_pairs(); k > 0; --k)
        check(random.any());
}

TYPED_TEST(FloatArithmetic, Add)
{
    compare_binary<TypeParam>("fadd", fadd, mpfr_add);
}
TYPED_TEST(FloatArithmetic, Sub)
{
    compare_binary<TypeParam>("fsub", fsub, mpfr_sub);
}
TYPED_TEST(FloatArithmetic, Mul)
{
    compare_binary<TypeParam>("fmul", fmul, mpfr_mul);
}
TYPED_TEST(FloatArithmetic, Div)
{
    compare_binary<TypeParam>("fdiv", fdiv, mpfr_div);
}
TYPED_TEST(FloatArithmetic, Sqrt)
{
    compare_unary<TypeParam>("fsqrt", fsqrt, mpfr_sqrt);
}

// MPFR's rounding to integers answers a wide ternary value, and may leave -0 as it should be.
template <int (*round)(mpfr_ptr, mpfr_srcptr)>
int to_whole(mpfr_ptr result, mpfr_srcptr operand, mpfr_rnd_t)
{
    round(result, operand);
    return 0;
}
int round_even(mpfr_ptr result, mpfr_srcptr operand)
{
    return mpfr_roundeven(result, operand);
}
int round_up(mpfr_ptr result, mpfr_srcptr operand)
{
    return mpfr_ceil(result, operand);
}
int round_down(mpfr_ptr result, mpfr_srcptr operand)
{
    return mpfr_floor(result, operand);
}
int round_to_zero(mpfr_ptr result, mpfr_srcptr operand)
{
    return mpfr_trunc(result, operand);
}

TYPED_TEST(FloatArithmetic, Ceil)
{
    compare_unary<TypeParam>("fceil", fceil, to_whole<round_up>);
}
TYPED_TEST(FloatArithmetic, Floor)
{
    compare_unary<TypeParam>("ffloor", ffloor, to_whole<round_down>);
}
TYPED_TEST(FloatArithmetic, Trunc)
{
    compare_unary<TypeParam>("ftrunc", ftrunc, to_whole<round_to_zero>);
}
TYPED_TEST(FloatArithmetic, Nearest)
{
    compare_unary<TypeParam>("fnearest", fnearest, to_whole<round_even>);
}

// mpfr_min and mpfr_max know signed zeros, but prefer a number to a NaN.
template <int (*choose)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t)>
int propagating_nan(mpfr_ptr result, mpfr_srcptr a, mpfr_srcptr b, mpfr_rnd_t mode)
{
    if (mpfr_nan_p(a) != 0 || mpfr_nan_p(b) != 0) {
        mpfr_set_nan(result);
        return 0;
    }
    return choose(result, a, b, mode);
}

TYPED_TEST(FloatArithmetic, Min)
{
    compare_binary<TypeParam>("fmin", fmin, propagating_nan<mpfr_min>);
}
TYPED_TEST(FloatArithmetic, Max)
{
    compare_binary<TypeParam>("fmax", fmax, propagating_nan<mpfr_max>);
}

TYPED_TEST(FloatArithmetic, Comparisons)
{
    using F = TypeParam;
    auto const check = [](F z1, F z2) {
        MpfrFloat<F> const a{z1};
        MpfrFloat<F> const b{z2};
        bool const unordered = mpfr_unordered_p(a.get(), b.get()) != 0;
        bool const right =
            (feq(z1, z2) != 0) == (mpfr_equal_p(a.get(), b.get()) != 0) &&
            (fne(z1, z2) != 0) == (mpfr_equal_p(a.get(), b.get()) == 0) &&
            (flt(z1, z2) != 0) == (!unordered && mpfr_less_p(a.get(), b.get()) != 0) &&
            (fle(z1, z2) != 0) == (mpfr_lessequal_p(a.get(), b.get()) != 0) &&
            (fgt(z1, z2) != 0) == (mpfr_greater_p(a.get(), b.get()) != 0) &&
            (fge(z1, z2) != 0) == (mpfr_greaterequal_p(a.get(), b.get()) != 0);
        if (!right)
            ADD_FAILURE() << std::hex << "comparing 0x" << z1.bits << " with 0x" << z2.bits;
    };
    auto const boundaries = boundary_floats<F>();
    for (auto const z1 : boundaries)
        for (auto const z2 : boundaries)
            check(z1, z2);
    RandomFloats<F> random{test_seed()};
    for (auto k = random_pairs(); k > 0; --k) {
        auto const z1 = random.any();
        check(z1, random.near(z1));
    }
}

// What only moves the sign is told by its definition: bits, of NaNs too.
TYPED_TEST(FloatArithmetic, Signs)
{
    using F = TypeParam;
    for (auto const z1 : boundary_floats<F>()) {
        EXPECT_EQ(fneg(z1).bits, z1.bits ^ F::sign_bit);
        EXPECT_EQ(fabs(z1).bits, z1.bits & ~F::sign_bit);
        for (auto const z2 : boundary_floats<F>())
            EXPECT_EQ(fcopysign(z1, z2).bits, (z1.bits & ~F::sign_bit) | (z2.bits & F::sign_bit));
    }
}

// exec/numerics.html lists these one by one; both formats, both signs.
TYPED_TEST(FloatArithmetic, SpecialCasesOfThePage)
{
    using F = TypeParam;
    auto const nan = F::canonical_nan();
    auto const plus = F::inf(false);
    auto const minus = F::inf(true);
    auto const zero = F::zero(false);
    auto const one = F{static_cast<F::Bits>(F::bias) << F::M};
    EXPECT_EQ(fadd(plus, minus), nan);
    EXPECT_EQ(fadd(minus, minus), minus);
    EXPECT_EQ(fadd(one, fneg(one)), zero);
    EXPECT_EQ(fadd(zero, F::zero(true)), zero);
    EXPECT_EQ(fadd(F::zero(true), F::zero(true)), F::zero(true));
    EXPECT_EQ(fsub(plus, plus), nan);
    EXPECT_EQ(fmul(plus, zero), nan);
    EXPECT_EQ(fmul(minus, one), minus);
    EXPECT_EQ(fmul(zero, fneg(one)), F::zero(true));
    EXPECT_EQ(fdiv(plus, minus), nan);
    EXPECT_EQ(fdiv(zero, F::zero(true)), nan);
    EXPECT_EQ(fdiv(one, F::zero(true)), minus);
    EXPECT_EQ(fdiv(fneg(one), plus), F::zero(true));
    EXPECT_EQ(fsqrt(fneg(one)), nan);
    EXPECT_EQ(fsqrt(F::zero(true)), F::zero(true));
    EXPECT_EQ(fsqrt(plus), plus);
    EXPECT_EQ(fmin(plus, nan), nan);
    EXPECT_EQ(fmax(nan, minus), nan);
}

} // namespace
} // namespace touchstone::tests
