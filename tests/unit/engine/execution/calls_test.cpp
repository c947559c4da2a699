// exec/instructions.html#exec-call, exec-call_indirect, and functions of the embedder

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

ExternVal function(Store& store, FuncType type, HostFunc code)
{
    return {ExternKind::Func,
        static_cast<std::uint32_t>(store.func_alloc(std::move(type), std::move(code)))};
}

TEST(Call, PassesArgumentsInOrderAndTakesResults)
{
    Program const p{R"(
        (func $f (param i32 i64 i32) (result i32 i64) (local i32)
            (i32.sub (local.get 0) (local.get 2)) (local.get 1))
        (func (export "f") (param i32) (result i32 i64 i32)
            (i32.const 1000)
            (call $f (local.get 0) (i64.const 9) (i32.const 3))
            (local.set 0 (i32.wrap_i64))
            (i32.add) (i64.extend_i32_u (local.get 0)) (local.get 0)))"};
    EXPECT_THAT(p.call("f", 10), Returns(1007, 9, 9));
}

TEST(Call, LocalsOfACalleeAreItsOwn)
{
    Program const p{R"(
        (func $f (param i32) (local i32 i32) (local.set 0 (i32.const 9))
            (local.set 1 (i32.const 9)) (local.set 2 (i32.const 9)))
        (func (export "f") (param i32 i32) (result i32 i32) (local i32)
            (local.set 2 (i32.const 5))
            (call $f (local.get 1))
            (local.get 1) (local.get 2)))"};
    EXPECT_THAT(p.call("f", 1, 2), Returns(2, 5));
}

TEST(Call, Recursion)
{
    Program const p{R"((func $f (export "f") (param i64) (result i64)
        (if (result i64) (i64.eqz (local.get 0))
            (then (i64.const 1))
            (else (i64.mul (local.get 0) (call $f (i64.sub (local.get 0) (i64.const 1))))))))"};
    EXPECT_THAT(p.call("f", 20), Returns(2'432'902'008'176'640'000));
}

TEST(Call, IntoAnotherInstanceUsesWhatIsThere)
{
    auto const store = make_store(Limits::for_spec());
    Program const other{store, R"((memory 2) (global $g (mut i32) (i32.const 3))
        (func (export "f") (param i32) (result i32)
            (i32.store (i32.const 70000) (local.get 0))
            (global.set $g (i32.add (global.get $g) (i32.const 1)))
            (i32.add (global.get $g) (i32.load (i32.const 70000)))))"};
    ExternVal const imports[] = {other.exported("f")};
    Program const p{store, R"((import "o" "f" (func $f (param i32) (result i32)))
        (memory 1) (data (i32.const 0) "\07")
        (func (export "g") (result i32)
            (i32.add (call $f (i32.load (i32.const 0))) (i32.load8_u (i32.const 0))))
        (func (export "far") (drop (call $f (i32.const 1))) (drop (i32.load (i32.const 70000)))))",
        imports};
    EXPECT_THAT(p.call("g"), Returns(4 + 7 + 7));
    EXPECT_THAT(p.call("far"), Traps(Trap::OutOfBoundsMemoryAccess));
}

TEST(CallIndirect, ChecksIndexThenNullThenType)
{
    Program const p{R"(
        (type $a (func (param i32) (result i32))) (type $same (func (param i32) (result i32)))
        (table 4 funcref) (elem (i32.const 0) func $f $g $h)
        (func $f (type $a) (i32.add (local.get 0) (i32.const 1)))
        (func $g (type $same) (i32.add (local.get 0) (i32.const 2)))
        (func $h (param i64) (result i32) (i32.const 0))
        (func (export "f") (param i32 i32) (result i32)
            (call_indirect (type $a) (local.get 1) (local.get 0))))"};
    EXPECT_THAT(p.call("f", 0, 10), Returns(11));
    EXPECT_THAT(p.call("f", 1, 10), Returns(12)) << "types are equal by structure";
    EXPECT_THAT(p.call("f", 2, 10), Traps(Trap::IndirectCallTypeMismatch));
    EXPECT_THAT(p.call("f", 3, 10), Traps(Trap::UninitializedElement));
    EXPECT_THAT(p.call("f", 4, 10), Traps(Trap::UndefinedElement));
    EXPECT_THAT(p.call("f", -1, 10), Traps(Trap::UndefinedElement));
}

TEST(CallIndirect, AcrossInstancesByStructure)
{
    auto const store = make_store(Limits::for_spec());
    Program const other{store, R"((type $unused (func)) (type $t (func (result i32)))
        (table (export "t") 2 funcref) (elem (i32.const 0) func $f $l) (global $g i32 (i32.const 8))
        (func $f (type $t) (global.get $g)) (func $l (result i64) (i64.const 1)))"};
    ExternVal const imports[] = {other.exported("t")};
    Program const p{store, R"((import "o" "t" (table 1 funcref)) (global $g i32 (i32.const 1))
        (func (export "f") (param i32) (result i32) (call_indirect (result i32) (local.get 0))))",
        imports};
    EXPECT_THAT(p.call("f", 0), Returns(8));
    EXPECT_THAT(p.call("f", 1), Traps(Trap::IndirectCallTypeMismatch));
}

TEST(HostFunction, TakesAndGivesValuesOfEveryType)
{
    auto const store = make_store(Limits::for_spec());
    FuncType const type{
        {i32, i64, f32, f64, externref, funcref}, {funcref, externref, f64, f32, i64, i32}};
    ExternVal const imports[] = {function(*store, type, [](Store&, std::span<Value const> a) {
        return Outcome{.values = {a.rbegin(), a.rend()}};
    })};
    Program const p{store, R"((import "h" "f"
            (func $f (param i32 i64 f32 f64 externref funcref)
                (result funcref externref f64 f32 i64 i32)))
        (export "f" (func $f))
        (elem declare func $g)
        (func $g (export "g") (param i32 i64 f32 f64 externref)
            (result funcref externref f64 f32 i64 i32)
            (call $f (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)
                (ref.func $g))))",
        imports};
    auto const g = Value::reference(RefKind::Func, p.exported("g").address);
    constexpr Bits nan32{0xFFA0'0001};
    constexpr Bits nan64{0x7FF4'0000'0000'0001};
    EXPECT_THAT(p.call("g", -1, -2, nan32, nan64, Value::host_extern(5)),
        Returns(g, Value::host_extern(5), nan64, nan32, -2, -1));
    EXPECT_THAT(p.call("f", 1, 2, 3.0, 4.0, Value::null_ref(), g),
        Returns(g, Value::null_ref(), 4.0, 3.0, 2, 1))
        << "called without a module between";
}

TEST(HostFunction, ItsTrapIsTheCallers)
{
    auto const store = make_store(Limits::for_spec());
    ExternVal const imports[] = {function(*store, {}, [](Store&, std::span<Value const>) {
        return Outcome{.end = Outcome::End::Trapped, .trap = Trap::IntegerOverflow};
    })};
    Program const p{store, R"((import "h" "f" (func $f))
        (func (export "f") (call $f) (unreachable)) (func (export "g") (result i32) (i32.const 4)))",
        imports};
    EXPECT_THAT(p.call("f"), Traps(Trap::IntegerOverflow));
    EXPECT_THAT(p.call("g"), Returns(4)) << "the store goes on";
}

TEST(HostFunction, CallsBackAndGrowsTheMemoryInUse)
{
    auto const store = make_store(Limits::for_spec());
    ExternVal const imports[] = {
        function(*store, {{funcref, i32}, {i32}}, [](Store& s, std::span<Value const> a) {
            return s.func_invoke(static_cast<FuncAddr>(a[0].lo), a.subspan(1));
        })};
    Program const p{store, R"((import "h" "call" (func $call (param funcref i32) (result i32)))
        (memory 1) (elem declare func $grow $down)
        (func $grow (param i32) (result i32) (memory.grow (local.get 0)))
        (func (export "grow") (result i32) (local i32)
            (local.set 0 (call $call (ref.func $grow) (i32.const 2)))
            (i32.store (i32.const 196604) (i32.const 40))
            (i32.add (local.get 0) (i32.load (i32.const 196604))))
        (func $down (export "down") (param i32) (result i32) (local i32)
            (local.set 1 (local.get 0))
            (if (i32.eqz (local.get 0)) (then (return (i32.const 1000))))
            (i32.add (local.get 1)
                (call $call (ref.func $down) (i32.sub (local.get 0) (i32.const 1))))))",
        imports};
    EXPECT_THAT(p.call("grow"), Returns(41));
    EXPECT_THAT(p.call("down", 10), Returns(1055));
}

TEST(HostFunction, MayNotReenterForEver)
{
    auto const store = make_store(Limits::for_spec());
    auto depth = 0U;
    FuncAddr self{};
    self = store->func_alloc({}, [&](Store& s, std::span<Value const>) {
        ++depth;
        return s.func_invoke(self, {});
    });
    EXPECT_THAT(store->func_invoke(self, {}), Exhausts(Limit::Frames));
    EXPECT_EQ(depth, Limits::reentries + 1);
    depth = 0;
    EXPECT_THAT(store->func_invoke(self, {}), Exhausts(Limit::Frames));
    EXPECT_EQ(depth, Limits::reentries + 1) << "the first time left nothing behind";
}

TEST(FuncInvoke, RefusesWrongArguments)
{
    Program const p{R"((func (export "f") (param i32 funcref)) (func $g (export "g")))"};
    auto const f = static_cast<FuncAddr>(p.exported("f").address);
    auto const with = [&](std::vector<Value> const& args) {
        return p.store()->func_invoke(f, args);
    };
    auto const one = Value::from_i32(1);
    EXPECT_THAT(with({one, Value::null_ref()}), Returns());
    EXPECT_THAT(with({one, Value::reference(RefKind::Func, p.exported("g").address)}), Returns());
    EXPECT_THAT(with({one}), Traps(Trap::CastFailure));
    EXPECT_THAT(with({one, Value::null_ref(), one}), Traps(Trap::CastFailure));
    EXPECT_THAT(with({Value::from_i64(1), Value::null_ref()}), Traps(Trap::CastFailure));
    EXPECT_THAT(with({one, one}), Traps(Trap::CastFailure));
    EXPECT_THAT(with({one, Value::host_extern(1)}), Traps(Trap::CastFailure));
}

TEST(FuncInvoke, ATrapHasAPlace)
{
    Program const p{R"((func $skipped) (func $deep (unreachable))
        (func (export "f") (call $deep)))"};
    auto const o = p.call("f");
    ASSERT_THAT(o, Traps(Trap::Unreachable));
    if (!o.place)
        GTEST_SKIP() << "this engine does not say";
    EXPECT_EQ(o.place->function, 1U);
    EXPECT_EQ(o.place->instance, static_cast<std::uint32_t>(p.instance()));
    EXPECT_NE(o.place->offset, 0U);
}

} // namespace
} // namespace touchstone::tests
