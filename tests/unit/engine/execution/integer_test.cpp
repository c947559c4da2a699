// exec/numerics.html#integer-operations

#include "tests/unit/engine/execution/every_engine.hpp"

#include <climits>
#include <cstdint>

namespace touchstone::tests {
namespace {

constexpr auto i64_min = std::int64_t{INT64_MIN};

// #op-idiv: the quotient truncates toward zero, and is undefined in two places.
TEST(IntegerDivision, I32DivS)
{
    auto const div = instruction("i32.div_s");

    EXPECT_THAT(div(7, 2), Returns(3));
    EXPECT_THAT(div(-7, 2), Returns(-3));
    EXPECT_THAT(div(7, -2), Returns(-3));
    EXPECT_THAT(div(-7, -2), Returns(3));
    EXPECT_THAT(div(INT_MIN, 1), Returns(INT_MIN));
    EXPECT_THAT(div(INT_MIN, 2), Returns(INT_MIN / 2));

    EXPECT_THAT(div(1, 0), Traps(Trap::IntegerDivideByZero));
    EXPECT_THAT(div(INT_MIN, 0), Traps(Trap::IntegerDivideByZero));
    EXPECT_THAT(div(INT_MIN, -1), Traps(Trap::IntegerOverflow));
}

TEST(IntegerDivision, I32DivU)
{
    auto const div = instruction("i32.div_u");

    EXPECT_THAT(div(-1, 2), Returns(INT_MAX));
    EXPECT_THAT(div(INT_MIN, -1), Returns(0));
    EXPECT_THAT(div(-1, INT_MIN), Returns(1));
    EXPECT_THAT(div(0, 0), Traps(Trap::IntegerDivideByZero));
}

TEST(IntegerDivision, I64DivS)
{
    auto const div = instruction("i64.div_s");

    EXPECT_THAT(div(-7, 2), Returns(-3));
    EXPECT_THAT(div(i64_min, 1), Returns(i64_min));
    EXPECT_THAT(div(0x1'0000'0000, 0x1'0000'0000), Returns(1));
    EXPECT_THAT(div(1, 0), Traps(Trap::IntegerDivideByZero));
    EXPECT_THAT(div(i64_min, -1), Traps(Trap::IntegerOverflow));
}

TEST(IntegerDivision, I64DivU)
{
    auto const div = instruction("i64.div_u");

    EXPECT_THAT(div(-1, 2), Returns(INT64_MAX));
    EXPECT_THAT(div(i64_min, -1), Returns(0));
    EXPECT_THAT(div(1, 0), Traps(Trap::IntegerDivideByZero));
}

// #op-irem: the remainder has the sign of the dividend; where the quotient overflows it is still 0.
TEST(IntegerRemainder, Signed)
{
    auto const rem32 = instruction("i32.rem_s");
    auto const rem64 = instruction("i64.rem_s");

    EXPECT_THAT(rem32(7, 3), Returns(1));
    EXPECT_THAT(rem32(-7, 3), Returns(-1));
    EXPECT_THAT(rem32(7, -3), Returns(1));
    EXPECT_THAT(rem32(INT_MIN, -1), Returns(0));
    EXPECT_THAT(rem32(1, 0), Traps(Trap::IntegerDivideByZero));
    EXPECT_THAT(rem64(-7, 3), Returns(-1));
    EXPECT_THAT(rem64(i64_min, -1), Returns(0));
    EXPECT_THAT(rem64(i64_min, 0), Traps(Trap::IntegerDivideByZero));
}

TEST(IntegerRemainder, Unsigned)
{
    auto const rem32 = instruction("i32.rem_u");
    auto const rem64 = instruction("i64.rem_u");

    EXPECT_THAT(rem32(-1, 10), Returns(5));
    EXPECT_THAT(rem32(INT_MIN, -1), Returns(INT_MIN));
    EXPECT_THAT(rem32(0, 0), Traps(Trap::IntegerDivideByZero));
    EXPECT_THAT(rem64(-1, 10), Returns(5));
    EXPECT_THAT(rem64(0, 0), Traps(Trap::IntegerDivideByZero));
}

// #op-ishl, #op-ishr, #op-irotl, #op-irotr: the count is taken modulo N.
TEST(Shift, CountsModuloWidth)
{
    EXPECT_THAT(instruction("i32.shl")(1, 33), Returns(2));
    EXPECT_THAT(instruction("i32.shl")(1, 32), Returns(1));
    EXPECT_THAT(instruction("i32.shl")(1, -1), Returns(INT_MIN));
    EXPECT_THAT(instruction("i64.shl")(1, 65), Returns(2));
    EXPECT_THAT(instruction("i64.shl")(1, 63), Returns(i64_min));
    EXPECT_THAT(instruction("i32.shr_s")(-8, 34), Returns(-2));
    EXPECT_THAT(instruction("i32.shr_s")(INT_MIN, 31), Returns(-1));
    EXPECT_THAT(instruction("i32.shr_u")(-8, 34), Returns(0x3FFF'FFFE));
    EXPECT_THAT(instruction("i64.shr_s")(i64_min, 127), Returns(-1));
    EXPECT_THAT(instruction("i64.shr_u")(i64_min, 127), Returns(1));
}

TEST(Shift, Rotates)
{
    EXPECT_THAT(instruction("i32.rotl")(0x8000'0001U, 1), Returns(3));
    EXPECT_THAT(instruction("i32.rotl")(0x1234'5678, 32), Returns(0x1234'5678));
    EXPECT_THAT(instruction("i32.rotl")(0x1234'5678, 36), Returns(0x2345'6781));
    EXPECT_THAT(instruction("i32.rotr")(1, 1), Returns(INT_MIN));
    EXPECT_THAT(instruction("i32.rotr")(0x1234'5678, 4), Returns(0x8123'4567U));
    EXPECT_THAT(instruction("i64.rotl")(i64_min, 65), Returns(1));
    EXPECT_THAT(instruction("i64.rotr")(1, 64), Returns(1));
    EXPECT_THAT(instruction("i64.rotr")(1, 1), Returns(i64_min));
}

// #op-iclz, #op-ictz, #op-ipopcnt: of 0 the first two are N.
TEST(BitCount, CountsBits)
{
    EXPECT_THAT(instruction("i32.clz")(0), Returns(32));
    EXPECT_THAT(instruction("i32.clz")(1), Returns(31));
    EXPECT_THAT(instruction("i32.clz")(-1), Returns(0));
    EXPECT_THAT(instruction("i32.ctz")(0), Returns(32));
    EXPECT_THAT(instruction("i32.ctz")(INT_MIN), Returns(31));
    EXPECT_THAT(instruction("i32.popcnt")(0xF0F0'1234U), Returns(13));
    EXPECT_THAT(instruction("i64.clz")(0), Returns(64));
    EXPECT_THAT(instruction("i64.clz")(0xFFFF'FFFF), Returns(32));
    EXPECT_THAT(instruction("i64.ctz")(0), Returns(64));
    EXPECT_THAT(instruction("i64.ctz")(0x1'0000'0000), Returns(32));
    EXPECT_THAT(instruction("i64.popcnt")(-1), Returns(64));
}

TEST(Arithmetic, WrapsAround)
{
    EXPECT_THAT(instruction("i32.add")(INT_MAX, 1), Returns(INT_MIN));
    EXPECT_THAT(instruction("i32.sub")(INT_MIN, 1), Returns(INT_MAX));
    EXPECT_THAT(instruction("i32.mul")(0x1'0001, 0x1'0001), Returns(0x2'0001));
    EXPECT_THAT(instruction("i64.add")(INT64_MAX, 1), Returns(i64_min));
    EXPECT_THAT(instruction("i64.sub")(i64_min, 1), Returns(INT64_MAX));
    EXPECT_THAT(instruction("i64.mul")(0x1'0000'0001, 0x1'0000'0001), Returns(0x2'0000'0001));
}

TEST(Comparison, KnowsSigns)
{
    EXPECT_THAT(instruction("i32.lt_s")(-1, 0), Returns(1));
    EXPECT_THAT(instruction("i32.lt_u")(-1, 0), Returns(0));
    EXPECT_THAT(instruction("i32.gt_s")(INT_MIN, INT_MAX), Returns(0));
    EXPECT_THAT(instruction("i32.gt_u")(INT_MIN, INT_MAX), Returns(1));
    EXPECT_THAT(instruction("i32.le_s")(5, 5), Returns(1));
    EXPECT_THAT(instruction("i32.ge_u")(5, 6), Returns(0));
    EXPECT_THAT(instruction("i64.lt_s")(i64_min, INT64_MAX), Returns(1));
    EXPECT_THAT(instruction("i64.lt_u")(i64_min, INT64_MAX), Returns(0));
    EXPECT_THAT(instruction("i64.eqz")(0x1'0000'0000), Returns(0));
    EXPECT_THAT(instruction("i64.eqz")(0), Returns(1));
}

// #op-extend, #op-wrap, #op-iextendn
TEST(Width, ExtendsAndWraps)
{
    EXPECT_THAT(instruction("i32.wrap_i64")(0x1'8000'0000), Returns(INT_MIN));
    EXPECT_THAT(instruction("i64.extend_i32_s")(-1), Returns(-1));
    EXPECT_THAT(instruction("i64.extend_i32_u")(-1), Returns(0xFFFF'FFFF));
    EXPECT_THAT(instruction("i32.extend8_s")(0x1234'5680), Returns(-128));
    EXPECT_THAT(instruction("i32.extend16_s")(0x1234'7FFF), Returns(0x7FFF));
    EXPECT_THAT(instruction("i64.extend8_s")(0xFF), Returns(-1));
    EXPECT_THAT(instruction("i64.extend16_s")(0x8000), Returns(-32768));
    EXPECT_THAT(instruction("i64.extend32_s")(0x8000'0000), Returns(std::int64_t{INT_MIN}));
}

} // namespace
} // namespace touchstone::tests
