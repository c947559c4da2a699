// text/values.html: integers at the ends of their ranges, floats at the ties.
#include "engine/text/numbers.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <string>

using namespace touchstone::text;

static std::optional<std::uint32_t> bits(float f)
{
    return std::bit_cast<std::uint32_t>(f);
}
static std::optional<std::uint64_t> bits(double d)
{
    return std::bit_cast<std::uint64_t>(d);
}

TEST(Integers, EndAtTheirRange)
{
    EXPECT_EQ(parse_int("4294967295", 32), 0xFFFF'FFFFU);
    EXPECT_EQ(parse_int("0xffff_ffff", 32), 0xFFFF'FFFFU);
    EXPECT_EQ(parse_int("4294967296", 32), std::nullopt);
    EXPECT_EQ(parse_int("-2147483648", 32), 0x8000'0000U);
    EXPECT_EQ(parse_int("-0x80000000", 32), 0x8000'0000U);
    EXPECT_EQ(parse_int("-2147483649", 32), std::nullopt);
    EXPECT_EQ(parse_int("+2147483647", 32), 0x7FFF'FFFFU);
    EXPECT_EQ(parse_int("18446744073709551615", 64), ~std::uint64_t{0});
    EXPECT_EQ(parse_int("18446744073709551616", 64), std::nullopt);
    EXPECT_EQ(parse_int("-9223372036854775808", 64), std::uint64_t{1} << 63);
    EXPECT_EQ(parse_int("-9223372036854775809", 64), std::nullopt);
    EXPECT_EQ(parse_int("-1", 8), 0xFFU);
    EXPECT_EQ(parse_int("-129", 8), std::nullopt);
    EXPECT_EQ(parse_int("-0", 32), 0U);
    EXPECT_EQ(parse_int("1.5", 32), std::nullopt);
    EXPECT_EQ(parse_nat("255", 8), 255U);
    EXPECT_EQ(parse_nat("256", 8), std::nullopt);
}

TEST(Shapes, AreTold)
{
    for (auto const* const nat : {"0", "1_0", "0xA_b"})
        EXPECT_EQ(number_shape(nat), NumberShape::Nat) << nat;
    for (auto const* const i : {"+0", "-1_0", "+0xA_b"})
        EXPECT_EQ(number_shape(i), NumberShape::Int) << i;
    for (auto const* const f :
        {"1.", "1.5", "1e1", "1.e-1_0", "0x1.8", "0x1.p+1", "0x1P1", "inf", "-nan", "+nan:0x1_f"})
        EXPECT_EQ(number_shape(f), NumberShape::Float) << f;
    for (auto const* const none : {"", "+", "_1", "1_", "1__0", ".5", "0x", "0x.8", "1e", "1e+",
             "1.5.", "0x1p", "0x1pa", "nan:1", "nan:0x", "NaN", "infinity", "1._0", "0x1p0x1"})
        EXPECT_EQ(number_shape(none), NumberShape::None) << none;
}

TEST(DecimalFloats, RoundOnceToNearestEven)
{
    EXPECT_EQ(parse_f32("16777217"), bits(16777216.0F)); // a tie goes to the even one
    EXPECT_EQ(parse_f32("16777219"), bits(16777220.0F));
    EXPECT_EQ(parse_f32("16777217.0000000000000000000000001"), bits(16777218.0F));
    // As a double it would be the tie 1 + 2^-24, and then 1.
    EXPECT_EQ(parse_f32("1.00000005960464477540"), 0x3F80'0001U);
    EXPECT_EQ(parse_f64("9007199254740993"), bits(9007199254740992.0));
    EXPECT_EQ(parse_f64("9007199254740993.00000000000000000000000000000000001"),
        bits(9007199254740994.0));
    EXPECT_EQ(parse_f64("0.1"), bits(0.1));
    EXPECT_EQ(parse_f64("-1_0.5_0e+1"), bits(-105.0));
    EXPECT_EQ(parse_f64("1."), bits(1.0));
    EXPECT_EQ(parse_f32("-0"), bits(-0.0F));
}

TEST(DecimalFloats, GoUnderAndOver)
{
    EXPECT_EQ(parse_f32("1e-45"), 1U);
    EXPECT_EQ(parse_f32("7.006492321624085e-46"), 0U); // just below half of the smallest
    EXPECT_EQ(parse_f32("7.006492321624086e-46"), 1U);
    EXPECT_EQ(parse_f32("1e-999999999999999999999999"), 0U);
    EXPECT_EQ(parse_f32("-1e-100"), 0x8000'0000U);
    EXPECT_EQ(parse_f32("3.40282346e38"), 0x7F7F'FFFFU);
    EXPECT_EQ(parse_f32("340282356779733661637539395458142568447"), 0x7F7F'FFFFU);
    EXPECT_EQ(parse_f32("340282356779733661637539395458142568448"), std::nullopt); // the tie
    EXPECT_EQ(parse_f32("1e39"), std::nullopt);
    EXPECT_EQ(parse_f64("4.9e-324"), 1U);
    EXPECT_EQ(parse_f64("2.4703282292062327e-324"), 0U);
    EXPECT_EQ(parse_f64("2.4703282292062328e-324"), 1U);
    EXPECT_EQ(parse_f64("2.2250738585072011e-308"), 0x000F'FFFF'FFFF'FFFFU);
    EXPECT_EQ(parse_f64("1e309"), std::nullopt);
    EXPECT_EQ(parse_f64("1e999999999999999999999999"), std::nullopt);
    EXPECT_EQ(parse_f64("0e999999999999999999999999"), 0U);
    EXPECT_EQ(parse_f64("0." + std::string(5000, '0') + "1"), 0U);
    EXPECT_EQ(parse_f64("0." + std::string(5000, '0') + "1e5001"), bits(1.0));
    EXPECT_EQ(parse_f64("1" + std::string(5000, '0') + "e-5000"), bits(1.0));
    EXPECT_EQ(parse_f64("1" + std::string(5000, '0')), std::nullopt);
}

TEST(HexFloats, AreExact)
{
    EXPECT_EQ(parse_f32("0x1.8p1"), bits(3.0F));
    EXPECT_EQ(parse_f32("0x1"), bits(1.0F));
    EXPECT_EQ(parse_f32("-0x.8") /* no digit before the point */, bits(-0.5F));
    EXPECT_EQ(parse_f32("0x1.000001p0"), bits(1.0F)); // ties: to even
    EXPECT_EQ(parse_f32("0x1.000003p0"), 0x3F80'0002U);
    EXPECT_EQ(parse_f32("0x1.00000100000000000000000000000000000001p0"), 0x3F80'0001U);
    EXPECT_EQ(parse_f32("0x1.fffffep127"), 0x7F7F'FFFFU);
    EXPECT_EQ(parse_f32("0x1.fffffefffffffffffp127"), 0x7F7F'FFFFU);
    EXPECT_EQ(parse_f32("0x1.ffffffp127"), std::nullopt);
    EXPECT_EQ(parse_f32("0x1p128"), std::nullopt);
    EXPECT_EQ(parse_f32("0x1p-149"), 1U);
    EXPECT_EQ(parse_f32("0x1p-150"), 0U);
    EXPECT_EQ(parse_f32("0x1.0000000000000000000001p-150"), 1U);
    EXPECT_EQ(parse_f32("0x1p-151"), 0U);
    EXPECT_EQ(parse_f32("0x0.fffffffp-126"), 0x0080'0000U); // rounds up into the normal ones
    EXPECT_EQ(parse_f32("0x0p9999999999999999999999"), 0U);
    EXPECT_EQ(parse_f64("0x1p-1074"), 1U);
    EXPECT_EQ(parse_f64("0x1.8p-1075"), 1U);
    EXPECT_EQ(parse_f64("0x1p-1075"), 0U);
    EXPECT_EQ(parse_f64("0x1.fffffffffffffp1023"), 0x7FEF'FFFF'FFFF'FFFFU);
    EXPECT_EQ(parse_f64("0x1.fffffffffffff8p1023"), std::nullopt);
    EXPECT_EQ(parse_f64("0x1" + std::string(1000, '0') + "p-4000"), bits(1.0));
    EXPECT_EQ(parse_f64("0x0." + std::string(1000, '0') + "1p4004"), bits(1.0));
    EXPECT_EQ(parse_f64("0x1p99999999999999999999"), std::nullopt);
    EXPECT_EQ(parse_f64("0x1p-99999999999999999999"), 0U);
}

TEST(SpecialFloats, KeepTheirBits)
{
    EXPECT_EQ(parse_f32("inf"), 0x7F80'0000U);
    EXPECT_EQ(parse_f32("-inf"), 0xFF80'0000U);
    EXPECT_EQ(parse_f32("nan"), 0x7FC0'0000U);
    EXPECT_EQ(parse_f32("-nan:0x1"), 0xFF80'0001U);
    EXPECT_EQ(parse_f32("nan:0x7f_ffff"), 0x7FFF'FFFFU);
    EXPECT_EQ(parse_f32("nan:0x800000"), std::nullopt);
    EXPECT_EQ(parse_f32("nan:0x0"), std::nullopt);
    EXPECT_EQ(parse_f64("nan"), 0x7FF8'0000'0000'0000U);
    EXPECT_EQ(parse_f64("nan:0xfffffffffffff"), 0x7FFF'FFFF'FFFF'FFFFU);
    EXPECT_EQ(parse_f64("nan:0x10000000000000"), std::nullopt);
}
