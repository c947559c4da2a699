// exec/instructions.html#variable-instructions

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

TEST(Local, StartsAsZeroEachTime)
{
    Function const f{R"((func (export "f") (result i32 i64 f32 f64 i32)
        (local i32 i64 f32 f64 funcref)
        (local.get 0) (local.get 1) (local.get 2) (local.get 3) (ref.is_null (local.get 4))
        (local.set 0 (i32.const 7)) (local.set 1 (i64.const 7))
        (local.set 2 (f32.const 7)) (local.set 3 (f64.const 7))))"};
    EXPECT_THAT(f(), Returns(0, 0, 0.0, 0.0, 1));
    EXPECT_THAT(f(), Returns(0, 0, 0.0, 0.0, 1));
}

TEST(Local, TeeLeavesTheValue)
{
    Function const f{R"((func (export "f") (param i32) (result i32 i32)
        (i32.add (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 10))
        (local.get 0)))"};
    EXPECT_THAT(f(1), Returns(12, 2));
}

TEST(Local, ReadBeforeItIsWrittenKeepsTheOldValue)
{
    // an engine that lets local.get stand for the local must notice the write in between
    Function const f{R"((func (export "f") (param i32 i32) (result i32 i32)
        (local.get 0) (local.get 1)
        (local.set 0 (i32.const 100)) (local.set 1 (local.get 0))))"};
    EXPECT_THAT(f(1, 2), Returns(1, 2));
    Function const swap{R"((func (export "f") (param i32 i32) (result i32)
        (local.get 0) (local.get 1) (local.set 0) (local.set 1)
        (i32.sub (local.get 0) (local.get 1))))"};
    EXPECT_THAT(swap(3, 10), Returns(7));
}

TEST(Local, KeepsTheBitsOfANan)
{
    Function const f{R"((func (export "f") (param f64) (result f64) (local f64)
        (local.set 1 (local.get 0)) (local.get 1)))"};
    EXPECT_THAT(f(Bits{0xFFF4'0000'0000'0001}), Returns(Bits{0xFFF4'0000'0000'0001}));
}

TEST(Global, KeepsItsValueBetweenCalls)
{
    Program const p{R"(
        (global $g (mut i64) (i64.const 5))
        (func (export "next") (result i64)
            (global.set $g (i64.add (global.get $g) (i64.const 1))) (global.get $g)))"};
    EXPECT_THAT(p.call("next"), Returns(6));
    EXPECT_THAT(p.call("next"), Returns(7));
}

TEST(Global, IsInitialisedByConstantExpressions)
{
    Program const given{"(global (export \"g\") i32 (i32.const 20))"};
    Program const p{given.store(), R"(
        (import "m" "g" (global $a i32))
        (global $b i32 (i32.sub (i32.mul (global.get $a) (i32.const 3)) (i32.const 18)))
        (global $c funcref (ref.func $f))
        (global $d externref (ref.null extern))
        (func $f (export "f") (result i32 i32 i32)
            (global.get $b) (ref.is_null (global.get $c)) (ref.is_null (global.get $d))))",
        std::vector{given.exported("g")}};
    EXPECT_THAT(p.call("f"), Returns(42, 0, 1));
}

TEST(Global, IsSharedWithWhoeverImportsIt)
{
    Program const one{R"(
        (global (export "g") (mut i32) (i32.const 1))
        (func (export "get") (result i32) (global.get 0)))"};
    Program const two{one.store(),
        R"((import "m" "g" (global (mut i32)))
           (func (export "set") (param i32) (global.set 0 (local.get 0))))",
        std::vector{one.exported("g")}};
    EXPECT_THAT(two.call("set", 77), Returns());
    EXPECT_THAT(one.call("get"), Returns(77));
}

TEST(Global, OfTheEmbedderIsRead)
{
    auto const store = make_store(Limits::for_spec());
    auto const g = store->global_alloc({i32, true}, Value::from_i32(3));
    Program const p{store,
        R"((import "m" "g" (global $g (mut i32)))
           (func (export "twice") (result i32)
               (global.set $g (i32.mul (global.get $g) (i32.const 2))) (global.get $g)))",
        std::vector{ExternVal{ExternKind::Global, static_cast<std::uint32_t>(g)}}};
    EXPECT_THAT(p.call("twice"), Returns(6));
    EXPECT_EQ(store->global_read(g), Value::from_i32(6));
    store->global_write(g, Value::from_i32(50));
    EXPECT_THAT(p.call("twice"), Returns(100));
}

} // namespace
} // namespace touchstone::tests
