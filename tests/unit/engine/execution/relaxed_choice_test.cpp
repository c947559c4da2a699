// What is noted of choices that relaxed operations have: by the reference, which others are held
// against.

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

constexpr auto some = v128_of(0x1122'3344'5566'7788, 0x99AA'BBCC'DDEE'FF00);
constexpr auto other = v128_of(7, 0x8000'0000'0000'0000);

TEST(RelaxedChoice, NotesWhereAnotherAlternativeWouldShow)
{
    auto const indices = v128_of(16, 0);
    EXPECT_TRUE(instruction("i8x16.relaxed_swizzle")(some, indices).relaxed_choice);
    EXPECT_FALSE(instruction("i8x16.relaxed_swizzle")(some, v128_of(0x80, 0)).relaxed_choice);
    EXPECT_FALSE(instruction("i8x16.swizzle")(some, indices).relaxed_choice);
    auto const mask = v128_of(0x8000'0000, 0);
    EXPECT_TRUE(instruction("i32x4.relaxed_laneselect")(some, other, mask).relaxed_choice);
    EXPECT_FALSE(instruction("i64x2.relaxed_laneselect")(some, some, mask).relaxed_choice);
    auto const nan = v128_of(0x7FC0'0000, 0);
    auto const least = instruction("f32x4.relaxed_min")(nan, other);
    EXPECT_TRUE(least.relaxed_choice);
    EXPECT_TRUE(least.nan_choice);
    EXPECT_TRUE(instruction("i32x4.relaxed_trunc_f32x4_s")(nan).relaxed_choice);
    EXPECT_FALSE(instruction("i32x4.relaxed_trunc_f32x4_s")(v128_of(0, 0)).relaxed_choice);
}

TEST(RelaxedChoice, ForgetsChoicesWithTheCall)
{
    Program const p{R"(
        (func (export "swizzle") (param v128 v128) (result v128)
            local.get 0 local.get 1 i8x16.relaxed_swizzle))"};
    EXPECT_TRUE(p.call("swizzle", some, v128_of(16, 0)).relaxed_choice);
    EXPECT_FALSE(p.call("swizzle", some, v128_of(0, 0)).relaxed_choice);
}

} // namespace
} // namespace touchstone::tests
