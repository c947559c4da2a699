// exec/instructions.html#control-instructions

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

TEST(Block, LeavesItsValues)
{
    Function const f{R"((func (export "f") (param i32) (result i32)
        (i32.add (i32.const 100) (block (result i32) (i32.mul (local.get 0) (i32.const 2))))))"};
    EXPECT_THAT(f(21), Returns(142));
}

TEST(Block, BranchDropsWhatLiesBelow)
{
    Function const f{R"((func (export "f") (param i32) (result i32)
        (i32.const 1000)
        (block (result i32)
            (i32.const 1) (i32.const 2) (i32.const 3)
            (br 0 (local.get 0)))
        i32.add))"};
    EXPECT_THAT(f(7), Returns(1007));
}

TEST(Block, TakesParameters)
{
    Function const f{R"((func (export "f") (param i32 i32) (result i32 i32)
        (local.get 0) (local.get 1)
        (block (param i32 i32) (result i32 i32)
            (i32.add)
            (i32.const 5)
            (br_if 0 (i32.eqz (local.get 1)))
            (drop)
            (i32.const 6))))"};
    EXPECT_THAT(f(2, 3), Returns(5, 6));
    EXPECT_THAT(f(2, 0), Returns(2, 5));
}

TEST(Loop, BranchTakesItsParametersAgain)
{
    // sums n + (n-1) + ... + 1 with both numbers on the stack
    Function const f{R"((func (export "f") (param i32) (result i32) (local i32)
        (i32.const 0) (local.get 0)
        (loop (param i32 i32) (result i32)
            (local.tee 1) (i32.add)
            (i32.sub (local.get 1) (i32.const 1)) (local.tee 1)
            (br_if 0 (local.get 1))
            (drop))))"};
    EXPECT_THAT(f(1), Returns(1));
    EXPECT_THAT(f(100), Returns(5050));
}

TEST(Loop, FallingThroughEndsIt)
{
    Function const f{R"((func (export "f") (result i32)
        (loop (result i32) (i32.const 3))))"};
    EXPECT_THAT(f(), Returns(3));
}

TEST(If, ChoosesABranch)
{
    Function const f{R"((func (export "f") (param i32) (result i32)
        (if (result i32) (local.get 0) (then (i32.const 1)) (else (i32.const 2)))))"};
    EXPECT_THAT(f(0), Returns(2));
    EXPECT_THAT(f(1), Returns(1));
    EXPECT_THAT(f(-5), Returns(1));
}

TEST(If, WithoutElsePassesItsParameters)
{
    Function const f{R"((func (export "f") (param i32) (result i32)
        (i32.const 10)
        (if (param i32) (result i32) (local.get 0) (then (i32.add (i32.const 1))))))"};
    EXPECT_THAT(f(0), Returns(10));
    EXPECT_THAT(f(1), Returns(11));
}

TEST(If, BranchesOutOfBothArms)
{
    Function const f{R"((func (export "f") (param i32) (result i32)
        (block (result i32)
            (if (result i32) (local.get 0)
                (then (br 1 (i32.const 1)))
                (else (br 0 (i32.const 2))))
            (i32.add (i32.const 10)))))"};
    EXPECT_THAT(f(1), Returns(1));
    EXPECT_THAT(f(0), Returns(12));
}

TEST(BrTable, ChoosesByIndex)
{
    Function const f{R"((func (export "f") (param i32) (result i32)
        (block $2 (block $1 (block $0
            (br_table $0 $1 $2 (local.get 0)))
            (return (i32.const 100)))
            (return (i32.const 101)))
        (i32.const 102)))"};
    EXPECT_THAT(f(0), Returns(100));
    EXPECT_THAT(f(1), Returns(101));
    EXPECT_THAT(f(2), Returns(102));
    EXPECT_THAT(f(3), Returns(102));
    EXPECT_THAT(f(-1), Returns(102));
}

TEST(BrTable, CarriesAValue)
{
    Function const f{R"((func (export "f") (param i32) (result i32)
        (i32.add (i32.const 1) (block (result i32)
            (i32.add (i32.const 10) (block (result i32)
                (i32.const 5) (br_table 0 1 (local.get 0))))))))"};
    EXPECT_THAT(f(0), Returns(16));
    EXPECT_THAT(f(1), Returns(6));
    EXPECT_THAT(f(9), Returns(6));
}

TEST(BrTable, WithTheDefaultAlone)
{
    Function const f{R"((func (export "f") (param i32) (result i32)
        (block (br_table 0 (local.get 0))) (i32.const 4)))"};
    EXPECT_THAT(f(0), Returns(4));
    EXPECT_THAT(f(77), Returns(4));
}

TEST(Return, DropsWhatLiesBelow)
{
    Function const f{R"((func (export "f") (param i32) (result i32 i64)
        (i64.const 1) (i64.const 2)
        (block (i32.const 8)
            (if (local.get 0) (then (return (i32.const 3) (i64.const 4))))
            (drop))
        (drop) (drop)
        (i32.const 5) (i64.const 6)))"};
    EXPECT_THAT(f(1), Returns(3, 4));
    EXPECT_THAT(f(0), Returns(5, 6));
}

TEST(Branch, ToTheFunctionReturns)
{
    Function const f{R"((func (export "f") (param i32) (result i32)
        (i32.const 1) (i32.const 2)
        (br_if 0 (local.get 0))
        (i32.add)))"};
    EXPECT_THAT(f(1), Returns(2));
    EXPECT_THAT(f(0), Returns(3));
}

TEST(MultiValue, ResultsKeepTheirOrder)
{
    Program const p{R"(
        (func $swap (export "swap") (param i32 i64) (result i64 i32) (local.get 1) (local.get 0))
        (func (export "back") (param i32 i64) (result i32 i64)
            (local i64) (call $swap (local.get 0) (local.get 1)) (local.set 0) (local.set 2)
            (local.get 0) (local.get 2)))"};
    EXPECT_THAT(p.call("swap", 1, 2), Returns(2, 1));
    EXPECT_THAT(p.call("back", 1, 2), Returns(1, 2));
}

TEST(Select, TakesTheFirstIfNotZero)
{
    EXPECT_THAT(Function{R"((func (export "f") (param i32) (result i64)
        (select (i64.const 1) (i64.const 2) (local.get 0))))"}(5),
        Returns(1));
    EXPECT_THAT(Function{R"((func (export "f") (param i32) (result f32)
        (select (result f32) (f32.const 1) (f32.const nan:0x200001) (local.get 0))))"}(0),
        Returns(Bits{0x7FA0'0001}));
}

TEST(Unreachable, Traps)
{
    Program const p{R"((func (export "f") (param i32) (result i32)
        (if (local.get 0) (then unreachable)) (i32.const 1)))"};
    EXPECT_THAT(p.call("f", 0), Returns(1));
    auto const o = p.call("f", 1);
    EXPECT_THAT(o, Traps(Trap::Unreachable));
    ASSERT_TRUE(o.place);
    EXPECT_EQ(o.place->instance, static_cast<std::uint32_t>(p.instance()));
    EXPECT_EQ(o.place->function, 0U);
}

TEST(Nesting, IsDeep)
{
    constexpr int depth = 20'000;
    std::string text = "(func (export \"f\") (param i32) (result i32) ";
    for (int k = 0; k < depth; ++k)
        text += "block ";
    text += "local.get 0 br_if " + std::to_string(depth - 1) + ' ';
    for (int k = 0; k < depth; ++k)
        text += "end ";
    text += "i32.const 9)";
    Function const f{text};
    EXPECT_THAT(f(0), Returns(9));
    EXPECT_THAT(f(1), Returns(9));
}

} // namespace
} // namespace touchstone::tests
