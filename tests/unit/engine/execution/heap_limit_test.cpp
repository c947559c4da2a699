// engine/embedding/limits.hpp: the heap.

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

constexpr auto objects = R"(
    (type $empty (struct))
    (type $s (struct (field (mut i8)) (field (mut (ref null $s))) (field (mut i64))))
    (type $a (array (mut i8)))
    (type $r (array (mut (ref null $s))))
    (global $kept (mut (ref null $s)) (ref.null $s))
    (func (export "empty") (drop (struct.new $empty)))
    (func (export "s") (drop (struct.new_default $s)))
    (func (export "a") (param i32) (drop (array.new_default $a (local.get 0))))
    (func (export "r") (param i32) (drop (array.new_default $r (local.get 0))))
    (func (export "garbage") (param i32) (result i32) (local $last (ref null $s))
        (loop $again
            (local.set $last (struct.new $s (i32.const 1) (local.get $last) (i64.const 2)))
            (if (i32.eqz (i32.rem_u (local.get 0) (i32.const 3)))
                (then (local.set $last (ref.null $s))))
            (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (ref.is_null (local.get $last)))
    (func (export "keep") (param i32)
        (loop $again
            (global.set $kept (struct.new $s (i32.const 1) (global.get $kept) (i64.const 2)))
            (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
    (func (export "count") (result i32) (local $at (ref null $s)) (local $n i32)
        (local.set $at (global.get $kept))
        (block $end
            (loop $again
                (local.set $at (struct.get $s 1 (br_on_null $end (local.get $at))))
                (local.set $n (i32.add (local.get $n) (i32.const 1)))
                (br $again)))
        (local.get $n))
    (func (export "forget") (global.set $kept (ref.null $s))))";

/// The least limit with which a first call does not exhaust the heap, asserted from both sides.
template <class... Args>
void expect_units(std::uint64_t units, std::string_view name, Args... args)
{
    for (bool const live : {false, true}) {
        Limits limits{.heap_units = units, .heap_counts_live = live};
        Program const enough{objects, limits};
        EXPECT_EQ(enough.call(name, args...).end, Outcome::End::Returned) << name;
        limits.heap_units = units - 1;
        Program const short_of{objects, limits};
        EXPECT_THAT(short_of.call(name, args...), Exhausts(Limit::Heap)) << name;
    }
}

TEST(HeapLimit, CountsUnits)
{
    expect_units(1, "empty");
    expect_units(3, "s"); // 1 + 8 + 8 bytes
    expect_units(1, "a", 0);
    expect_units(2, "a", 16);
    expect_units(3, "a", 17);
    expect_units(1 + 6'250, "a", 100'000);
    expect_units(2, "r", 2);
    expect_units(3, "r", 3);
}

TEST(HeapLimit, CountsAllSinceTheStoreBegan)
{
    Program const p{objects, Limits{.heap_units = 30, .heap_counts_live = false}};
    EXPECT_THAT(p.call("garbage", 9), Returns(0));
    EXPECT_THAT(p.call("s"), Returns());
    EXPECT_THAT(p.call("empty"), Exhausts(Limit::Heap));
}

TEST(HeapLimit, OrOnlyWhatIsLive)
{
    Program const p{objects, Limits{.heap_units = 30, .heap_counts_live = true}};
    EXPECT_THAT(p.call("garbage", 10'000), Returns(0));
    EXPECT_THAT(p.call("keep", 7), Returns());
    EXPECT_THAT(p.call("garbage", 10'000), Returns(0));
    EXPECT_THAT(p.call("count"), Returns(7)) << "what is reachable is kept";
    EXPECT_THAT(p.call("keep", 4), Exhausts(Limit::Heap));
    EXPECT_THAT(p.call("count"), Returns(10));
    EXPECT_THAT(p.call("forget"), Returns());
    EXPECT_THAT(p.call("keep", 10), Returns());
    EXPECT_THAT(p.call("count"), Returns(10));
}

TEST(HeapLimit, LongListsNeedNoRecursion)
{
    Program const p{objects, Limits{.heap_units = 600'000, .heap_counts_live = true}};
    EXPECT_THAT(p.call("keep", 199'999), Returns());
    EXPECT_THAT(p.call("garbage", 3), Exhausts(Limit::Heap));
    EXPECT_THAT(p.call("count"), Returns(199'999));
}

TEST(HeapLimit, EveryRootKeeps)
{
    Program const p{R"(
        (type $s (struct (field (mut i32))))
        (type $l (array (mut anyref)))
        (tag $t (param (ref $s) i32))
        (global $g (mut (ref null $l)) (ref.null $l))
        (global $e (mut exnref) (ref.null exn))
        (global $x (mut externref) (ref.null extern))
        (table $t 2 anyref)
        (elem $d anyref (item (struct.new $s (i32.const 4))))
        (func $new (param i32) (result (ref $s)) (struct.new $s (local.get 0)))
        (func (export "keep")
            (table.set $t (i32.const 1) (call $new (i32.const 1)))
            (global.set $g (array.new_fixed $l 2 (ref.null any) (call $new (i32.const 2))))
            (global.set $x (extern.convert_any (call $new (i32.const 8))))
            (global.set $e (block $h (result exnref)
                (try_table (catch_all_ref $h) (throw $t (call $new (i32.const 16)) (i32.const 5)))
                (unreachable))))
        (func $waste (local i32)
            (local.set 0 (i32.const 100))
            (loop $again
                (drop (call $new (i32.const -1)))
                (drop (array.new_default $l (i32.const 1)))
                (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
        (func $value (param anyref) (result i32)
            (struct.get $s 0 (ref.cast (ref $s) (local.get 0))))
        (func (export "sum") (result i32) (local $l (ref $s))
            (local.set $l (call $new (i32.const 32)))
            (call $value (call $new (i32.const 64)))
            (call $new (i32.const 128))
            (call $waste)
            (call $value) (i32.add)
            (call $value (local.get $l)) (i32.add)
            (call $value (table.get $t (i32.const 1))) (i32.add)
            (call $value (array.get $l (global.get $g) (i32.const 1))) (i32.add)
            (call $value (any.convert_extern (global.get $x))) (i32.add)
            (table.init $t $d (i32.const 0) (i32.const 0) (i32.const 1))
            (call $value (table.get $t (i32.const 0))) (i32.add)
            (block $h (result (ref $s) i32)
                (try_table (catch $t $h) (throw_ref (global.get $e))) (unreachable))
            (drop)
            (call $value) (i32.add)))",
        Limits{.heap_units = 30, .heap_counts_live = true}};
    EXPECT_THAT(p.call("keep"), Returns());
    EXPECT_THAT(p.call("sum"), Returns(1 + 2 + 4 + 8 + 16 + 32 + 64 + 128));
}

TEST(HeapLimit, EndsConstantExpressions)
{
    Limits const limits{.heap_units = 10, .heap_counts_live = false};
    Program const p{R"(
        (type $a (array i8))
        (global (ref $a) (array.new $a (i32.const 1) (i32.const 1000))))",
        limits};
    EXPECT_FALSE(p.has_instance());
    EXPECT_THAT(p.instantiation(), Exhausts(Limit::Heap));
    Program const next{p.store(), R"((func (export "f") (result i32) (i32.const 1)))"};
    EXPECT_THAT(next.call("f"), Returns(1)) << "the store goes on";
}

TEST(HeapLimit, WhatAHostFunctionWasGivenStays)
{
    auto const store = make_store(Limits{.heap_units = 12, .heap_counts_live = true});
    Program const inner{store, R"(
        (type $s (struct (field i64 i64)))
        (func (export "waste") (local i32)
            (local.set 0 (i32.const 100))
            (loop $again (drop (struct.new_default $s))
                (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))"};
    auto const waste = static_cast<FuncAddr>(inner.exported("waste").address);
    auto const any = ValType::ref(true, AbsHeapType::Any);
    auto const host = store->func_alloc({{any}, {any}}, [=](Store& s, std::span<Value const> args) {
        auto o = s.func_invoke(waste, {});
        if (o.end == Outcome::End::Returned)
            o.values.assign(args.begin(), args.end());
        return o;
    });
    Program const p{store, R"(
        (type $s (struct (field i64 i64)))
        (import "m" "host" (func $host (param anyref) (result anyref)))
        (func (export "f") (result i64)
            (struct.get $s 1 (ref.cast (ref $s)
                (call $host (struct.new $s (i64.const 3) (i64.const 4)))))))",
        std::vector{ExternVal{ExternKind::Func, static_cast<std::uint32_t>(host)}}};
    EXPECT_THAT(p.call("f"), Returns(4));
}

} // namespace
} // namespace touchstone::tests
