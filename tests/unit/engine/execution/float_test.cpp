// exec/numerics.html#floating-point-operations

#include "tests/unit/engine/execution/every_engine.hpp"

#include <limits>

namespace touchstone::tests {
namespace {

constexpr Bits nan32{0x7FC0'0000};
constexpr Bits nan64{0x7FF8'0000'0000'0000};
constexpr Bits strange_nan32{0xFFA0'0001}; // negative, signalling, with a payload
constexpr Bits strange_nan64{0xFFF4'0000'0000'0001};
constexpr double inf = std::numeric_limits<double>::infinity();

TEST(FloatMinMax, TellsZerosApart)
{
    for (auto const* const type : {"f32", "f64"}) {
        SCOPED_TRACE(type);
        auto const min = instruction(std::string{type} + ".min");
        auto const max = instruction(std::string{type} + ".max");
        EXPECT_THAT(min(0.0, -0.0), Returns(-0.0));
        EXPECT_THAT(min(-0.0, 0.0), Returns(-0.0));
        EXPECT_THAT(max(0.0, -0.0), Returns(0.0));
        EXPECT_THAT(max(-0.0, 0.0), Returns(0.0));
        EXPECT_THAT(max(-0.0, -0.0), Returns(-0.0));
        EXPECT_THAT(min(-inf, 1.0), Returns(-inf));
        EXPECT_THAT(max(-inf, 1.0), Returns(1.0));
        EXPECT_THAT(min(-2.0, -1.0), Returns(-2.0));
        EXPECT_THAT(max(-2.0, -1.0), Returns(-1.0));
    }
}

// #aux-nans in the deterministic profile: the positive canonical NaN, whatever the operands.
TEST(FloatNan, IsCanonical)
{
    EXPECT_THAT(instruction("f32.min")(strange_nan32, 1.0), Returns(nan32));
    EXPECT_THAT(instruction("f32.max")(1.0, strange_nan32), Returns(nan32));
    EXPECT_THAT(instruction("f32.add")(strange_nan32, 1.0), Returns(nan32));
    EXPECT_THAT(instruction("f32.sub")(inf, inf), Returns(nan32));
    EXPECT_THAT(instruction("f32.mul")(0.0, inf), Returns(nan32));
    EXPECT_THAT(instruction("f32.div")(0.0, 0.0), Returns(nan32));
    EXPECT_THAT(instruction("f32.sqrt")(-1.0), Returns(nan32));
    EXPECT_THAT(instruction("f32.ceil")(strange_nan32), Returns(nan32));
    EXPECT_THAT(instruction("f32.nearest")(strange_nan32), Returns(nan32));
    EXPECT_THAT(instruction("f32.demote_f64")(strange_nan64), Returns(nan32));
    EXPECT_THAT(instruction("f64.min")(strange_nan64, 1.0), Returns(nan64));
    EXPECT_THAT(instruction("f64.div")(inf, inf), Returns(nan64));
    EXPECT_THAT(instruction("f64.sqrt")(-inf), Returns(nan64));
    EXPECT_THAT(instruction("f64.trunc")(strange_nan64), Returns(nan64));
    EXPECT_THAT(instruction("f64.promote_f32")(strange_nan32), Returns(nan64));
}

TEST(FloatNan, IsFlaggedWhereItWasChosen)
{
    EXPECT_TRUE(instruction("f32.add")(strange_nan32, 1.0).nan_choice);
    EXPECT_TRUE(instruction("f64.sqrt")(-1.0).nan_choice);
    EXPECT_TRUE(instruction("f64.promote_f32")(nan32).nan_choice);
    EXPECT_FALSE(instruction("f64.sqrt")(4.0).nan_choice);
    EXPECT_FALSE(instruction("f64.neg")(strange_nan64).nan_choice);
    EXPECT_FALSE(instruction("f64.lt")(strange_nan64, 1.0).nan_choice);
    EXPECT_FALSE(instruction("i64.reinterpret_f64")(strange_nan64).nan_choice);
}

// #op-fabs, #op-fneg, #op-fcopysign, #op-reinterpret: bits, of a NaN too.
TEST(FloatNan, KeepsItsBits)
{
    EXPECT_THAT(instruction("f32.abs")(strange_nan32), Returns(Bits{0x7FA0'0001}));
    EXPECT_THAT(instruction("f32.neg")(strange_nan32), Returns(Bits{0x7FA0'0001}));
    EXPECT_THAT(instruction("f32.copysign")(strange_nan32, 1.0), Returns(Bits{0x7FA0'0001}));
    EXPECT_THAT(instruction("f64.abs")(strange_nan64), Returns(Bits{0x7FF4'0000'0000'0001}));
    EXPECT_THAT(instruction("f64.neg")(Bits{0x7FF4'0000'0000'0001}), Returns(strange_nan64));
    EXPECT_THAT(instruction("f64.copysign")(1.0, strange_nan64), Returns(-1.0));
    EXPECT_THAT(instruction("i32.reinterpret_f32")(strange_nan32), Returns(0xFFA0'0001U));
    EXPECT_THAT(instruction("f64.reinterpret_i64")(strange_nan64), Returns(strange_nan64));
}

// #op-fnearest: of two equally near whole numbers the even one; what becomes zero keeps its sign.
TEST(FloatRounding, ToWholeNumbers)
{
    for (auto const* const type : {"f32", "f64"}) {
        SCOPED_TRACE(type);
        auto const nearest = instruction(std::string{type} + ".nearest");
        EXPECT_THAT(nearest(0.5), Returns(0.0));
        EXPECT_THAT(nearest(1.5), Returns(2.0));
        EXPECT_THAT(nearest(2.5), Returns(2.0));
        EXPECT_THAT(nearest(-0.5), Returns(-0.0));
        EXPECT_THAT(nearest(-0.75), Returns(-1.0));
        EXPECT_THAT(nearest(4194304.5), Returns(4194304.0));
        auto const ceil = instruction(std::string{type} + ".ceil");
        EXPECT_THAT(ceil(-0.5), Returns(-0.0));
        EXPECT_THAT(ceil(0.25), Returns(1.0));
        EXPECT_THAT(ceil(-inf), Returns(-inf));
        auto const floor = instruction(std::string{type} + ".floor");
        EXPECT_THAT(floor(-0.5), Returns(-1.0));
        EXPECT_THAT(floor(0.5), Returns(0.0));
        EXPECT_THAT(floor(-0.0), Returns(-0.0));
        auto const trunc = instruction(std::string{type} + ".trunc");
        EXPECT_THAT(trunc(-1.75), Returns(-1.0));
        EXPECT_THAT(trunc(-0.75), Returns(-0.0));
    }
}

TEST(FloatArithmetic, RoundsToNearestTiesToEven)
{
    auto const add32 = instruction("f32.add");
    EXPECT_THAT(add32(16777216.0, 1.0), Returns(16777216.0));
    EXPECT_THAT(add32(16777218.0, 1.0), Returns(16777220.0));
    EXPECT_THAT(add32(0.0, -0.0), Returns(0.0));
    EXPECT_THAT(add32(-0.0, -0.0), Returns(-0.0));
    EXPECT_THAT(instruction("f64.add")(0x1p53, 1.0), Returns(0x1p53));
    EXPECT_THAT(instruction("f64.sub")(1.0, 1.0), Returns(0.0));
    EXPECT_THAT(instruction("f32.mul")(Bits{0x7F7F'FFFF}, 2.0), Returns(inf));
    EXPECT_THAT(instruction("f32.mul")(Bits{1}, 0.5), Returns(0.0)); // half the least subnormal
    EXPECT_THAT(instruction("f32.mul")(Bits{1}, 0.75), Returns(Bits{1}));
    EXPECT_THAT(instruction("f64.div")(1.0, 3.0), Returns(1.0 / 3.0));
    EXPECT_THAT(instruction("f64.div")(1.0, -0.0), Returns(-inf));
    EXPECT_THAT(instruction("f64.sqrt")(2.0), Returns(Bits{0x3FF6'A09E'667F'3BCD}));
    EXPECT_THAT(instruction("f64.sqrt")(-0.0), Returns(-0.0));
}

TEST(FloatComparison, NanIsUnordered)
{
    for (auto const* const type : {"f32", "f64"}) {
        SCOPED_TRACE(type);
        auto const op = [type](char const* name) { return instruction(std::string{type} + name); };
        auto const nan = std::numeric_limits<double>::quiet_NaN();
        EXPECT_THAT(op(".eq")(nan, nan), Returns(0));
        EXPECT_THAT(op(".ne")(nan, nan), Returns(1));
        EXPECT_THAT(op(".lt")(nan, 1.0), Returns(0));
        EXPECT_THAT(op(".ge")(1.0, nan), Returns(0));
        EXPECT_THAT(op(".eq")(0.0, -0.0), Returns(1));
        EXPECT_THAT(op(".lt")(-0.0, 0.0), Returns(0));
        EXPECT_THAT(op(".le")(-inf, inf), Returns(1));
        EXPECT_THAT(op(".gt")(-1.0, -2.0), Returns(1));
    }
}

} // namespace
} // namespace touchstone::tests
