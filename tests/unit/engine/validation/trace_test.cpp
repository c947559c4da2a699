// What validation tells of the operand stack before each instruction.

#include "engine/validation/trace.hpp"

#include "engine/text/parse.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace touchstone {
namespace {

FuncTrace traced(char const* text)
{
    auto t = trace(parse_module(text).value());
    EXPECT_TRUE(t.has_value());
    return t ? std::move(t->funcs.at(0)) : FuncTrace{};
}

using Numbers = std::vector<std::uint32_t>;

Numbers heights(FuncTrace const& t)
{
    Numbers n;
    for (auto const& s : t.steps)
        n.push_back(s.height);
    return n;
}

Numbers floors(FuncTrace const& t)
{
    Numbers n;
    for (auto const& s : t.steps)
        n.push_back(s.floor);
    return n;
}

TEST(Trace, TellsHeightsAndFloors)
{
    auto const t = traced(R"((module (func (param i32) (result i32)
        local.get 0 i32.const 1 i32.add local.tee 0)))");
    EXPECT_EQ(heights(t), (Numbers{0, 1, 2, 1, 1}));
    EXPECT_EQ(floors(t), (Numbers{0, 1, 0, 0, 0}));
}

TEST(Trace, KnowsWhoMadeWhat)
{
    auto const t = traced(R"((module (func (result f64)
        f64.const 1 i32.const 1 (block (result i64) i64.const 2) drop drop)))");
    auto const& at_first_drop = t.steps[5];
    auto const& block = t.operands[at_first_drop.top];
    EXPECT_EQ(block.type, i64);
    EXPECT_EQ(block.producer, 4U) << "its `end`";
    auto const& below = t.operands[block.below];
    EXPECT_EQ(below.type, i32);
    EXPECT_EQ(below.producer, 1U);
    EXPECT_EQ(t.operands[below.below].type, f64);
}

TEST(Trace, TellsDeadCode)
{
    auto const t = traced("(module (func (block (br 0) (drop (i32.const 1))) nop))");
    std::vector<bool> reachable;
    for (auto const& s : t.steps)
        reachable.push_back(s.reachable);
    EXPECT_EQ(reachable, (std::vector<bool>{true, true, false, false, false, true, true}));
}

TEST(Trace, RefusesWhatIsInvalid)
{
    EXPECT_FALSE(trace(parse_module("(module (func i32.add drop))").value()).has_value());
}

} // namespace
} // namespace touchstone
