// exec/instructions.html#exec-return_call

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

constexpr auto even_odd = R"(
    (func $even (export "even") (param i32) (result i32)
        (if (i32.eqz (local.get 0)) (then (return (i32.const 1))))
        (return_call $odd (i32.sub (local.get 0) (i32.const 1))))
    (func $odd (param i32) (result i32)
        (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
        (return_call $even (i32.sub (local.get 0) (i32.const 1)))))";

TEST(TailCall, NeedsOneFrameOnly)
{
    Program const p{even_odd, {.frames = 1}};
    EXPECT_THAT(p.call("even", 100'000), Returns(1));
    EXPECT_THAT(p.call("even", 100'001), Returns(0));
}

TEST(TailCall, CostsFuel)
{
    Program const p{even_odd, {.fuel_per_call = 10}};
    auto const enough = p.call("even", 9);
    EXPECT_THAT(enough, Returns(0));
    EXPECT_EQ(enough.fuel_used, 10U);
    EXPECT_THAT(p.call("even", 10), RunsOutOfFuel());
}

TEST(TailCall, DropsWhatLiesBelowAndLeavesBlocks)
{
    Program const p{R"(
        (func $sub (param i32 i32) (result i32) (i32.sub (local.get 0) (local.get 1)))
        (func $f (export "f") (param i32) (result i32)
            (i32.const 1000)
            (block (result i32)
                (i64.const 5) (i64.const 6)
                (return_call $sub (local.get 0) (i32.const 1)))
            (i32.add))
        (func (export "g") (param i32) (result i32)
            (i32.mul (i32.const 10) (call $f (local.get 0)))))"};
    EXPECT_THAT(p.call("f", 8), Returns(7));
    EXPECT_THAT(p.call("g", 8), Returns(70));
}

TEST(TailCall, TakesMoreAndFewerParameters)
{
    Program const p{R"(
        (func $many (param i32 i32 i32 i32 i32) (result i32) (local i64 i64)
            (if (i32.eqz (local.get 4)) (then (return (local.get 0))))
            (return_call $one (i32.sub (local.get 4) (i32.const 1))))
        (func $one (export "f") (param i32) (result i32)
            (return_call $many (i32.const 11) (i32.const 12) (i32.const 13) (i32.const 14) (local.get 0))))"};
    EXPECT_THAT(p.call("f", 10'000), Returns(11));
}

TEST(TailCall, Indirect)
{
    Program const p{R"(
        (type $t (func (param i32) (result i32)))
        (table funcref (elem $inc $wrong))
        (func $inc (param i32) (result i32) (i32.add (local.get 0) (i32.const 1)))
        (func $wrong (result i32) (i32.const 0))
        (table $empty 3 funcref)
        (func (export "f") (param i32 i32) (result i32)
            (return_call_indirect (type $t) (local.get 0) (local.get 1)))
        (func (export "null") (result i32)
            (return_call_indirect $empty (type $t) (i32.const 0) (i32.const 0))))"};
    EXPECT_THAT(p.call("f", 5, 0), Returns(6));
    EXPECT_THAT(p.call("f", 5, 1), Traps(Trap::IndirectCallTypeMismatch));
    EXPECT_THAT(p.call("f", 5, 2), Traps(Trap::UndefinedElement));
    EXPECT_THAT(p.call("f", 5, -1), Traps(Trap::UndefinedElement));
    EXPECT_THAT(p.call("null"), Traps(Trap::UninitializedElement));
}

TEST(TailCall, OfAHostFunctionReturnsToTheCaller)
{
    auto const store = make_store(Limits::for_spec());
    auto const host = store->func_alloc({{i32}, {i32}}, [](Store&, std::span<Value const> args) {
        return Outcome{.values = {Value::from_i32(static_cast<std::uint32_t>(args[0].lo) * 3)}};
    });
    Program const p{store,
        R"((import "m" "triple" (func $triple (param i32) (result i32)))
           (func $f (export "f") (param i32) (result i32) (return_call $triple (local.get 0)))
           (func (export "g") (param i32) (result i32)
               (i32.add (i32.const 1) (call $f (local.get 0)))))",
        std::vector{ExternVal{ExternKind::Func, static_cast<std::uint32_t>(host)}}};
    EXPECT_THAT(p.call("f", 5), Returns(15));
    EXPECT_THAT(p.call("g", 5), Returns(16));
}

TEST(TailCall, IntoTooLargeAFrameIsExhausted)
{
    Program const p{R"(
        (func $large (result i32) (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64) (i32.const 1))
        (func (export "f") (result i32) (return_call $large)))",
        {.stack_values = 10}};
    EXPECT_THAT(p.call("f"), Exhausts(Limit::StackValues));
    Program const q{R"(
        (func $large (result i32) (local i64 i64 i64 i64 i64 i64 i64 i64 i64) (i32.const 1))
        (func (export "f") (result i32) (local i64 i64 i64 i64 i64) (return_call $large)))",
        {.stack_values = 10}};
    EXPECT_THAT(q.call("f"), Returns(1)); // the old frame is gone by then
}

} // namespace
} // namespace touchstone::tests
