// exec/instructions.html#exec-try_table, #exec-throw, #exec-throw_ref

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

/// Nobody caught an exception with these values.
testing::Matcher<Outcome const&> Throws(std::vector<Value> const& values)
{
    return testing::AllOf(testing::Field("end", &Outcome::end, Outcome::End::Threw),
        testing::Field("values", &Outcome::values, values));
}

TEST(Exception, IsCaughtWithItsValues)
{
    Program const p{R"(
        (tag $t (param i32 i64 f64))
        (func (export "f") (result i32 i64 f64)
            (block $h (result i32 i64 f64)
                (try_table (catch $t $h)
                    (throw $t (i32.const -1) (i64.const -2) (f64.const 0.5)))
                (unreachable))))"};
    EXPECT_THAT(p.call("f"), Returns(-1, -2, 0.5));
}

TEST(Exception, ClausesAreTriedInOrder)
{
    Program const p{R"(
        (tag $a (param i32)) (tag $b (param i32)) (tag $c (param i32))
        (func $throw (param i32)
            (if (i32.eq (local.get 0) (i32.const 0)) (then (throw $a (i32.const 10))))
            (if (i32.eq (local.get 0) (i32.const 1)) (then (throw $b (i32.const 20))))
            (throw $c (i32.const 30)))
        (func (export "f") (param i32) (result i32)
            (block $all
                (block $second (result i32)
                    (block $first (result i32)
                        (try_table (catch $a $first) (catch $b $second) (catch_all $all)
                                (catch $a $second)
                            (call $throw (local.get 0)))
                        (unreachable))
                    (return (i32.add (i32.const 1))))
                (return (i32.add (i32.const 2))))
            (i32.const 3)))"};
    EXPECT_THAT(p.call("f", 0), Returns(11));
    EXPECT_THAT(p.call("f", 1), Returns(22));
    EXPECT_THAT(p.call("f", 2), Returns(3));
}

TEST(Exception, InnerHandlersComeFirstAndOthersAreSkipped)
{
    Program const p{R"(
        (tag $a) (tag $b)
        (func (export "f") (param i32) (result i32)
            (block $outer
                (try_table (catch $a $outer) (catch $b $outer)
                    (block $inner
                        (try_table (catch $b $inner)
                            (try_table)
                            (try_table
                                (if (local.get 0) (then (throw $a)) (else (throw $b))))))
                    (return (i32.const 1))))
            (i32.const 2)))"};
    EXPECT_THAT(p.call("f", 0), Returns(1));
    EXPECT_THAT(p.call("f", 1), Returns(2));
}

TEST(Exception, AHandlerDoesNotGuardItsOwnTarget)
{
    Program const p{R"(
        (tag $t (param i32))
        (func (export "f") (result i32)
            (block $h (result i32)
                (try_table (catch $t $h) (throw $t (i32.const 1)))
                (unreachable))
            (throw $t)))"};
    EXPECT_THAT(p.call("f"), Throws({Value::from_i32(1)}));
}

TEST(Exception, UnwindsCallsAndTheirOperands)
{
    Program const p{R"(
        (tag $t (param i32))
        (func $deep (param i32) (local i64 i64)
            (if (i32.eqz (local.get 0)) (then (throw $t (i32.const 42))))
            (i64.const 1) (i64.const 2)
            (call $deep (i32.sub (local.get 0) (i32.const 1)))
            (drop) (drop))
        (func $catch (export "f") (param i32) (result i32) (local $kept i64)
            (local.set $kept (i64.const 7))
            (i32.const 100)
            (block $h (result i32)
                (try_table (catch $t $h)
                    (i64.const 3)
                    (call $deep (local.get 0))
                    (drop))
                (unreachable))
            (i32.add)
            (i32.add (i32.wrap_i64 (local.get $kept))))
        (func (export "twice") (param i32) (result i32)
            (i32.add (call $catch (local.get 0)) (call $catch (local.get 0)))))"};
    EXPECT_THAT(p.call("f", 0), Returns(149));
    EXPECT_THAT(p.call("f", 10'000), Returns(149));
    EXPECT_THAT(p.call("twice", 19'000), Returns(298)) << "the frames are free again";
}

TEST(Exception, GivesBackTheStackItTook)
{
    Program const p{R"(
        (tag $t)
        (func $deep (param i32) (local i64 i64)
            (if (i32.eqz (local.get 0)) (then (throw $t)))
            (call $deep (i32.sub (local.get 0) (i32.const 1))))
        (func (export "f") (param i32)
            (block $h (try_table (catch $t $h) (call $deep (local.get 0)))))
        (func (export "g") (param i32) (local i32)
            (local.set 1 (i32.const 50))
            (loop $again
                (block $h (try_table (catch $t $h) (call $deep (local.get 0))))
                (br_if $again (local.tee 1 (i32.sub (local.get 1) (i32.const 1)))))))",
        {.frames = 100, .stack_values = 600}};
    EXPECT_THAT(p.call("f", 97), Returns());
    EXPECT_THAT(p.call("g", 97), Returns());
    EXPECT_THAT(p.call("f", 99), Exhausts(Limit::Frames));
}

TEST(Exception, AReferenceThrowsAgain)
{
    Program const p{R"(
        (tag $t (param i32))
        (func (export "f") (param i32) (result i32) (local $e exnref)
            (block $again (result i32)
                (try_table (catch $t $again)
                    (local.set $e
                        (block $h (result exnref)
                            (try_table (catch_all_ref $h) (throw $t (local.get 0)))
                            (unreachable)))
                    (throw_ref (local.get $e)))
                (unreachable)))
        (func (export "with value") (param i32) (result i32)
            (block $h (result i32 exnref)
                (try_table (catch_ref $t $h) (throw $t (local.get 0)))
                (unreachable))
            (drop))
        (func (export "null") (throw_ref (ref.null exn))))"};
    EXPECT_THAT(p.call("f", 5), Returns(5));
    EXPECT_THAT(p.call("with value", 6), Returns(6));
    EXPECT_THAT(p.call("null"), Traps(Trap::NullExceptionReference));
}

TEST(Exception, TrapsAreNoExceptions)
{
    Program const p{R"(
        (func (export "f")
            (block $h (try_table (catch_all $h) (unreachable)))))"};
    EXPECT_THAT(p.call("f"), Traps(Trap::Unreachable));
}

TEST(Exception, UncaughtEndsTheCallAndTheNextOneRuns)
{
    Program const p{R"(
        (tag $t (param i32 f32))
        (global $g (mut i32) (i32.const 0))
        (func $f (export "f")
            (global.set $g (i32.const 1))
            (throw $t (i32.const 3) (f32.const 1.5)))
        (func (export "g") (result i32) (global.get $g))
        (func (export "tail") (block $h (try_table (catch_all $h) (return_call $f)))))"};
    EXPECT_THAT(p.call("f"), Throws({Value::from_i32(3), Value::from_f32(1.5F)}));
    EXPECT_THAT(p.call("g"), Returns(1));
    EXPECT_THAT(p.call("tail"), Throws({Value::from_i32(3), Value::from_f32(1.5F)}))
        << "a tail call leaves its handlers";
}

TEST(Exception, LoopsAreCaughtToAndCostFuel)
{
    Program const p{R"(
        (tag $t (param i32))
        (func (export "f") (param i32) (result i32)
            (local.get 0)
            (loop $again (param i32) (result i32)
                (local.set 0)
                (if (i32.eqz (local.get 0)) (then (return (i32.const 77))))
                (try_table (catch $t $again)
                    (throw $t (i32.sub (local.get 0) (i32.const 1))))
                (unreachable))))",
        {.fuel_per_call = 11, .heap_units = 1'000}};
    auto const enough = p.call("f", 10);
    EXPECT_THAT(enough, Returns(77));
    EXPECT_EQ(enough.fuel_used, 11U);
    EXPECT_THAT(p.call("f", 11), RunsOutOfFuel());
}

TEST(Exception, OutOfTheStartFunction)
{
    Program const p{"(tag $t (param i64)) (func $f (throw $t (i64.const 9))) (start $f)"};
    EXPECT_TRUE(p.has_instance());
    EXPECT_THAT(p.instantiation(), Throws({Value::from_i64(9)}));
}

TEST(Exception, TagsAreToldApartByIdentity)
{
    auto const store = make_store(Limits::for_spec());
    Program const a{store, R"((tag $t (export "t")) (tag (export "u"))
        (func (export "throw") (throw $t)))"};
    constexpr auto text = R"(
        (import "a" "throw" (func $throw)) (import "a" "t" (tag $t))
        (func (export "f") (result i32)
            (block $h (try_table (catch $t $h) (call $throw)) (return (i32.const 0)))
            (i32.const 1)))";
    Program const same{store, text, std::vector{a.exported("throw"), a.exported("t")}};
    EXPECT_THAT(same.call("f"), Returns(1));
    Program const other{store, text, std::vector{a.exported("throw"), a.exported("u")}};
    EXPECT_THAT(other.call("f"), Throws({}));
}

TEST(Exception, GoesThroughHostFunctions)
{
    auto const store = make_store(Limits::for_spec());
    Program const inner{store, R"((tag $t (export "t") (param i32))
        (func (export "f") (param i32) (throw $t (local.get 0))))"};
    auto const f = static_cast<FuncAddr>(inner.exported("f").address);
    auto const host = store->func_alloc(
        {{i32}, {}}, [f](Store& s, std::span<Value const> args) { return s.func_invoke(f, args); });
    constexpr auto text = R"(
        (import "m" "host" (func $host (param i32))) (import "m" "t" (tag $t (param i32)))
        (func (export "f") (param i32) (result i32)
            (block $h (result i32)
                (try_table (catch $t $h) (call $host (local.get 0)))
                (i32.const 0)))
        (func (export "tail") (param i32) (return_call $host (local.get 0)))
        (func (export "uncaught") (param i32) (call $host (local.get 0))))";
    Program const p{store, text,
        std::vector{
            ExternVal{ExternKind::Func, static_cast<std::uint32_t>(host)}, inner.exported("t")}};
    EXPECT_THAT(p.call("f", 8), Returns(8));
    EXPECT_THAT(p.call("uncaught", 9), Throws({Value::from_i32(9)}));
    EXPECT_THAT(p.call("tail", 10), Throws({Value::from_i32(10)}));
}

TEST(Exception, AHostFunctionThrowsByTag)
{
    auto const store = make_store(Limits::for_spec());
    auto const tag = store->tag_alloc({{i64}, {}});
    auto const thrower = [&](Outcome o) {
        return ExternVal{ExternKind::Func, static_cast<std::uint32_t>(store->func_alloc({},
                                               [o](Store&, std::span<Value const>) { return o; }))};
    };
    constexpr auto text = R"(
        (import "m" "host" (func $host)) (import "m" "t" (tag $t (param i64)))
        (func (export "f") (result i64)
            (block $h (result i64) (try_table (catch $t $h) (call $host)) (i64.const 0))))";
    auto const run = [&](Outcome const& o) {
        Program const p{store, text,
            std::vector{thrower(o), ExternVal{ExternKind::Tag, static_cast<std::uint32_t>(tag)}}};
        return p.call("f");
    };
    Outcome o{.end = Outcome::End::Threw, .values = {Value::from_i64(5)}};
    o.tag = static_cast<std::uint32_t>(tag);
    EXPECT_THAT(run(o), Returns(5));
    o.values = {Value::from_i32(5)};
    EXPECT_THAT(run(o), Traps(Trap::CastFailure)) << "not what the tag asks for";
    o.tag = 99;
    EXPECT_THAT(run(o), Traps(Trap::CastFailure)) << "no such tag";
}

TEST(Exception, CountsForTheHeap)
{
    // 1 + ceil(20 / 16) units each
    Limits limits{.heap_units = 8, .heap_counts_live = false};
    constexpr auto text = R"(
        (tag $t (param i32 i64 f64))
        (func (export "f")
            (block $h (result i32 i64 f64)
                (try_table (catch $t $h)
                    (throw $t (i32.const 1) (i64.const 2) (f64.const 3)))
                (unreachable))
            (drop) (drop) (drop)))";
    Program const p{text, limits};
    EXPECT_THAT(p.call("f"), Returns());
    EXPECT_THAT(p.call("f"), Returns());
    EXPECT_THAT(p.call("f"), Exhausts(Limit::Heap));
    limits.heap_counts_live = true;
    Program const q{text, limits};
    for (int k = 0; k < 100; ++k)
        EXPECT_THAT(q.call("f"), Returns());
}

} // namespace
} // namespace touchstone::tests
