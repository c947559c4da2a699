#include "tests/unit/engine/validation/from_text.hpp"

namespace touchstone {
namespace {

std::uint32_t height(std::string_view body)
{
    return valid("(type $t (func)) (func $f (param i32 i32) (result i32 i32 i32) unreachable)"
                 "(func " +
                 std::string{body} + ")")
        ->func_facts()
        .back()
        .max_operands;
}

// The greatest number of values on the stack between two instructions.
TEST(MaxOperands, CountsValuesOnTheStack)
{
    EXPECT_EQ(height(""), 0U);
    EXPECT_EQ(height("i32.const 1 drop"), 1U);
    EXPECT_EQ(height("i32.const 1 i32.const 2 i32.add drop i32.const 3 drop"), 2U);
    EXPECT_EQ(height("v128.const i64x2 0 0 drop"), 1U);
    EXPECT_EQ(height("i32.const 1 i32.const 2 call $f drop drop drop"), 3U);
}

TEST(MaxOperands, CountsWhatStandsBelowABlock)
{
    EXPECT_EQ(height("i32.const 1 block i32.const 2 i32.const 3 drop drop end drop"), 3U);
    EXPECT_EQ(height("i32.const 1 block (param i32) drop end"), 1U);
    EXPECT_EQ(height("i32.const 1 i32.const 1 if (param i32) drop else drop end"), 2U);
}

// Values that one may think below in unreachable code are on no stack.
TEST(MaxOperands, CountsOnlyWhatIsThereInUnreachableCode)
{
    EXPECT_EQ(height("unreachable"), 0U);
    EXPECT_EQ(height("unreachable i32.add drop"), 1U);
    EXPECT_EQ(height("i32.const 1 i32.const 2 unreachable i32.add drop"), 2U);
    EXPECT_EQ(height("unreachable call $f drop drop drop drop"), 3U);
    EXPECT_EQ(height("block (result i32 i32 i32) unreachable end drop drop drop"), 3U);
}

TEST(MaxOperands, IsOfEachFunctionAlone)
{
    auto const v =
        valid("(func i32.const 1 i32.const 1 drop drop) (func) (func nop i32.const 1 drop)");
    ASSERT_EQ(v->func_facts().size(), 3U);
    EXPECT_EQ(v->func_facts()[0].max_operands, 2U);
    EXPECT_EQ(v->func_facts()[1].max_operands, 0U);
    EXPECT_EQ(v->func_facts()[2].max_operands, 1U);
}

} // namespace
} // namespace touchstone
