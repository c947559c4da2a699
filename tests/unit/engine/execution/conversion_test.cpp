// exec/numerics.html#conversions

#include "tests/unit/engine/execution/every_engine.hpp"

#include <climits>
#include <cstdint>
#include <limits>

namespace touchstone::tests {
namespace {

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// #op-trunc: what truncates into the range has a result, the rest traps.
TEST(Truncation, ToI32)
{
    auto const s = instruction("i32.trunc_f64_s");
    EXPECT_THAT(s(-1.9), Returns(-1));
    EXPECT_THAT(s(2147483647.9), Returns(INT_MAX));
    EXPECT_THAT(s(-2147483648.9), Returns(INT_MIN));
    EXPECT_THAT(s(2147483648.0), Traps(Trap::IntegerOverflow));
    EXPECT_THAT(s(-2147483649.0), Traps(Trap::IntegerOverflow));
    EXPECT_THAT(s(inf), Traps(Trap::IntegerOverflow));
    EXPECT_THAT(s(nan), Traps(Trap::InvalidConversionToInteger));

    auto const u = instruction("i32.trunc_f64_u");
    EXPECT_THAT(u(-0.9), Returns(0));
    EXPECT_THAT(u(4294967295.9), Returns(0xFFFF'FFFFU));
    EXPECT_THAT(u(-1.0), Traps(Trap::IntegerOverflow));
    EXPECT_THAT(u(4294967296.0), Traps(Trap::IntegerOverflow));
    EXPECT_THAT(u(nan), Traps(Trap::InvalidConversionToInteger));

    auto const s32 = instruction("i32.trunc_f32_s");
    EXPECT_THAT(s32(2147483520.0), Returns(2147483520));
    EXPECT_THAT(s32(2147483648.0), Traps(Trap::IntegerOverflow));
    EXPECT_THAT(s32(-2147483648.0), Returns(INT_MIN));
    auto const u32 = instruction("i32.trunc_f32_u");
    EXPECT_THAT(u32(4294967040.0), Returns(4294967040U));
    EXPECT_THAT(u32(4294967296.0), Traps(Trap::IntegerOverflow));
}

TEST(Truncation, ToI64)
{
    auto const s = instruction("i64.trunc_f64_s");
    EXPECT_THAT(s(9223372036854774784.0), Returns(9223372036854774784));
    EXPECT_THAT(s(-0x1p63), Returns(INT64_MIN));
    EXPECT_THAT(s(0x1p63), Traps(Trap::IntegerOverflow));
    EXPECT_THAT(s(-9223372036854777856.0), Traps(Trap::IntegerOverflow));
    EXPECT_THAT(s(nan), Traps(Trap::InvalidConversionToInteger));

    auto const u = instruction("i64.trunc_f64_u");
    EXPECT_THAT(u(18446744073709549568.0), Returns(18446744073709549568U));
    EXPECT_THAT(u(0x1p64), Traps(Trap::IntegerOverflow));
    EXPECT_THAT(u(1e300), Traps(Trap::IntegerOverflow));
    EXPECT_THAT(u(-0.5), Returns(0));
    EXPECT_THAT(instruction("i64.trunc_f32_s")(-0x1p63), Returns(INT64_MIN));
    EXPECT_THAT(instruction("i64.trunc_f32_u")(0x1p64), Traps(Trap::IntegerOverflow));
}

// #op-trunc_sat: the rest saturates, a NaN is 0.
TEST(Truncation, Saturates)
{
    EXPECT_THAT(instruction("i32.trunc_sat_f32_s")(nan), Returns(0));
    EXPECT_THAT(instruction("i32.trunc_sat_f32_s")(inf), Returns(INT_MAX));
    EXPECT_THAT(instruction("i32.trunc_sat_f64_s")(-1e10), Returns(INT_MIN));
    EXPECT_THAT(instruction("i32.trunc_sat_f64_u")(-1e10), Returns(0));
    EXPECT_THAT(instruction("i32.trunc_sat_f32_u")(1e10), Returns(-1));
    EXPECT_THAT(instruction("i64.trunc_sat_f64_s")(1e300), Returns(INT64_MAX));
    EXPECT_THAT(instruction("i64.trunc_sat_f32_s")(-inf), Returns(INT64_MIN));
    EXPECT_THAT(instruction("i64.trunc_sat_f64_u")(inf), Returns(-1));
    EXPECT_THAT(instruction("i64.trunc_sat_f32_u")(-1.0), Returns(0));
    EXPECT_THAT(instruction("i64.trunc_sat_f64_s")(-1.5), Returns(-1));
}

// #op-convert: to the nearest, ties to even.
TEST(Conversion, RoundsToNearestTiesToEven)
{
    EXPECT_THAT(instruction("f32.convert_i32_s")(16777217), Returns(16777216.0));
    EXPECT_THAT(instruction("f32.convert_i32_s")(16777219), Returns(16777220.0));
    EXPECT_THAT(instruction("f32.convert_i32_s")(INT_MIN), Returns(-0x1p31));
    EXPECT_THAT(instruction("f32.convert_i32_u")(-1), Returns(0x1p32));
    EXPECT_THAT(instruction("f32.convert_i64_s")(INT64_MIN), Returns(-0x1p63));
    EXPECT_THAT(instruction("f32.convert_i64_u")(-1), Returns(0x1p64));
    // one above a tie: rounding to f64 first would lose it
    EXPECT_THAT(
        instruction("f32.convert_i64_u")(0x8000'0080'0000'0001U), Returns(Bits{0x5F00'0001}));
    EXPECT_THAT(instruction("f64.convert_i64_s")(INT64_MAX), Returns(0x1p63));
    EXPECT_THAT(instruction("f64.convert_i64_u")(0x8000'0000'0000'0400U), Returns(0x1p63));
    EXPECT_THAT(instruction("f64.convert_i64_u")(0x8000'0000'0000'0401U),
        Returns(Bits{0x43E0'0000'0000'0001}));
    EXPECT_THAT(instruction("f64.convert_i32_u")(-1), Returns(4294967295.0));
    EXPECT_THAT(instruction("f64.convert_i32_s")(0), Returns(0.0));
}

TEST(Conversion, BetweenFloats)
{
    auto const demote = instruction("f32.demote_f64");
    EXPECT_THAT(demote(1e300), Returns(inf));
    EXPECT_THAT(demote(-0.0), Returns(-0.0));
    EXPECT_THAT(demote(0x1p-149), Returns(Bits{1}));
    EXPECT_THAT(demote(0x1p-150), Returns(0.0));
    EXPECT_THAT(demote(0x1.000002p-150), Returns(Bits{1}));
    EXPECT_THAT(demote(0x1.ffffffp127), Returns(inf)); // half a step above the greatest
    EXPECT_THAT(demote(0x1.fffffefffffffp127), Returns(Bits{0x7F7F'FFFF}));
    auto const promote = instruction("f64.promote_f32");
    EXPECT_THAT(promote(Bits{1}), Returns(0x1p-149));
    EXPECT_THAT(promote(-inf), Returns(-inf));
}

} // namespace
} // namespace touchstone::tests
