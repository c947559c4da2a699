// Deep nesting and long inputs: no recursion, linear time.
#include "engine/text/parse.hpp"
#include "engine/text/print.hpp"
#include "engine/text/script.hpp"

#include <gmock/gmock.h>

#include <string>

using namespace touchstone;

static constexpr int million = 1'000'000;

static std::string times(int n, std::string const& part)
{
    std::string all;
    all.reserve(part.size() * static_cast<std::size_t>(n));
    for (int i = 0; i < n; ++i)
        all += part;
    return all;
}

TEST(Depth, OfParenthesesIsRefused)
{
    EXPECT_FALSE(parse_module(times(million, "(")));
    EXPECT_FALSE(parse_script(times(million, "(")));
    EXPECT_FALSE(parse_script("(module " + times(million, "(") + times(million, ")")));
    EXPECT_FALSE(parse_script("(assert_return (invoke \"f\") " + times(million, "(either ")));
    EXPECT_FALSE(parse_script(times(million, "(thread ")));
}

TEST(Depth, OfCommentsAndAnnotationsIsNone)
{
    EXPECT_TRUE(parse_module(times(million, "(;") + times(million, ";)")));
    EXPECT_TRUE(parse_module("(@a " + times(million, "(@b (") + times(million, "))") + ")"));
}

TEST(Depth, OfFoldedInstructionsIsNone)
{
    auto const m = parse_module("(func " + times(million, "(drop ") + times(million, ")") + ")");
    ASSERT_TRUE(m) << m.error().message;
    EXPECT_EQ(m->funcs[0].body.instrs.size(), million + 1U);
}

TEST(Depth, OfBlocksIsNone)
{
    auto const flat = parse_module(
        "(func " + times(million, "block $l ") + "br $l " + times(million, "end ") + ")");
    auto const folded = parse_module(
        "(func " + times(million, "(block $l ") + "(br $l)" + times(million, ")") + ")");
    ASSERT_TRUE(flat);
    ASSERT_TRUE(folded);
    EXPECT_EQ(*flat, *folded);
    auto const again = parse_module(print(*flat));
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, *flat);
}

TEST(Depth, OfConditionsIsNone)
{
    auto const n = 300'000;
    EXPECT_TRUE(parse_module(
        "(func " + times(n, "(if (i32.const 1) (then ") + times(n, ") (else))") + ")"));
    EXPECT_TRUE(parse_module("(func " + times(n, "(if ") + "(nop)" + times(n, "(then))") + ")"));
}

TEST(Length, OfManyFunctionsIsLinear)
{
    // one function with many identifiers must not slow down all that follow
    auto const labels = times(100'000, "block $l end ");
    std::string locals;
    for (int i = 0; i < 100'000; ++i)
        locals += "(local $x" + std::to_string(i) + " i32)";
    auto const m = parse_module(
        "(func " + locals + labels + ")" + times(200'000, "(func (local $y i32) block $l end)"));
    ASSERT_TRUE(m);
    EXPECT_EQ(m->funcs.size(), 200'001U);
}
