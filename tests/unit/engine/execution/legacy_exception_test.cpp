// legacy-exceptions, exec/instructions.html#exec-try-catch

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

TEST(LegacyException, PartsAreTriedInOrder)
{
    Program const p{R"(
        (tag $a (param i32)) (tag $b (param i32)) (tag $c)
        (func $throw (param i32)
            (if (i32.eq (local.get 0) (i32.const 0)) (then (throw $a (i32.const 10))))
            (if (i32.eq (local.get 0) (i32.const 1)) (then (throw $b (i32.const 20))))
            (if (i32.eq (local.get 0) (i32.const 2)) (then (throw $c))))
        (func (export "f") (param i32) (result i32)
            (i32.const 100)
            try (result i32)
                (call $throw (local.get 0))
                (i32.const 1)
            catch $a
                (i32.add (i32.const 2))
            catch $b
            catch_all
                (i32.const 3)
            end
            i32.add))"};
    EXPECT_THAT(p.call("f", 3), Returns(101));
    EXPECT_THAT(p.call("f", 0), Returns(112));
    EXPECT_THAT(p.call("f", 1), Returns(120));
    EXPECT_THAT(p.call("f", 2), Returns(103));
}

// A part's own exceptions are not its try's; what is rethrown is the label's exception.
TEST(LegacyException, IsRethrownFromWhereItsLabelSays)
{
    Program const p{R"(
        (tag $a (param i32)) (tag $b (param i32))
        (func (export "f") (param i32) (result i32)
            (try (result i32)
                (do
                    (try $outer (result i32)
                        (do (throw $a (i32.const 1)))
                        (catch $a
                            (drop)
                            (try $inner (result i32)
                                (do (throw $b (i32.const 2)))
                                (catch $b
                                    (if (local.get 0) (then (rethrow $inner)))
                                    (drop)
                                    (rethrow $outer))))))
                (catch $a (i32.add (i32.const 10)))
                (catch $b (i32.add (i32.const 20))))))"};
    EXPECT_THAT(p.call("f", 0), Returns(11));
    EXPECT_THAT(p.call("f", 1), Returns(22));
}

// Frames of the same function have exceptions of their own.
TEST(LegacyException, IsKeptByEachFrame)
{
    Program const p{R"(
        (tag $t (param i32))
        (func $f (export "f") (param i32) (result i32)
            (try (result i32)
                (do (throw $t (local.get 0)))
                (catch $t
                    (drop)
                    (if (local.get 0)
                        (then (drop (try (result i32)
                            (do (call $f (i32.sub (local.get 0) (i32.const 1))))
                            (catch $t)))))
                    (rethrow 0)))))"};
    auto const o = p.call("f", 5);
    EXPECT_EQ(o.end, Outcome::End::Threw);
    ASSERT_EQ(o.values.size(), 1U);
    EXPECT_EQ(o.values[0].lo, 5U);
}

TEST(LegacyException, IsDelegatedToTheInsideOfALabel)
{
    Program const p{R"(
        (tag $t)
        (func (export "f") (param i32) (result i32)
            (try $outer (result i32)
                (do
                    (try (result i32)
                        (do
                            (block $b (result i32)
                                (if (local.get 0)
                                    (then (try (do (throw $t)) (delegate $outer))))
                                (try (do (throw $t)) (delegate $b))
                                (i32.const 0)))
                        (catch $t (i32.const 1))))
                (catch $t (i32.const 2))))
        (func (export "out") (try (do (try (do (throw $t)) (delegate 1))) (catch_all))))"};
    EXPECT_THAT(p.call("f", 0), Returns(1));
    EXPECT_THAT(p.call("f", 1), Returns(2));
    EXPECT_EQ(p.call("out").end, Outcome::End::Threw);
}

TEST(LegacyException, LivesBesideTryTable)
{
    Program const p{R"(
        (tag $t (param i32))
        (func (export "f") (result i32)
            (block $h (result i32)
                (try_table (catch $t $h)
                    (try
                        (do (throw $t (i32.const 7)))
                        (catch $t (drop) (rethrow 0))))
                (unreachable))))"};
    EXPECT_THAT(p.call("f"), Returns(7));
}

} // namespace
} // namespace touchstone::tests
