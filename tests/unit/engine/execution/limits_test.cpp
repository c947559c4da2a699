// engine/embedding/limits.hpp: what is counted, and in which order an operation asks.

#include "engine/text/parse.hpp"
#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

/// The least fuel with which a call of "f" does not run out, asserted from both sides.
void expect_cost(std::string_view text, std::uint64_t cost)
{
    Program const enough{text, {.fuel_per_call = cost}};
    auto const o = enough.call("f");
    EXPECT_NE(o.end, Outcome::End::OutOfFuel) << text;
    EXPECT_EQ(o.fuel_used, cost) << text;
    Program const short_of{text, {.fuel_per_call = cost - 1}};
    EXPECT_THAT(short_of.call("f"), RunsOutOfFuel()) << text;
}

TEST(Fuel, OneForEachFunctionEntry)
{
    expect_cost(R"((func (export "f")))", 1);
    expect_cost(R"((func $g) (func (export "f") (call $g) (call $g)))", 3);
    expect_cost(R"((table funcref (elem $g)) (func $g) (func (export "f")
        (call_indirect (i32.const 0))))",
        2);
}

TEST(Fuel, OneForEachTakenBranchToALoop)
{
    expect_cost(R"((func (export "f") (loop (nop))))", 1);
    expect_cost(R"((func (export "f") (loop (br_if 0 (i32.const 0)))))", 1);
    expect_cost(R"((func (export "f") (local i32) (loop
        (br_if 0 (i32.lt_u (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 5))))))",
        5);
    expect_cost(R"((func (export "f") (local i32) (loop
        (local.set 0 (i32.add (local.get 0) (i32.const 1)))
        (if (i32.lt_u (local.get 0) (i32.const 5)) (then (br 1))))))",
        5);
    expect_cost(R"((func (export "f") (local i32) (block (loop
        (local.set 0 (i32.add (local.get 0) (i32.const 1)))
        (br_table 0 0 0 1 (local.get 0))))))",
        3);
}

TEST(Fuel, ForwardBranchesAreFree)
{
    expect_cost(R"((func (export "f") (block (br 0)) (block (br_if 0 (i32.const 1)))
        (block (br_table 0 (i32.const 3))) (return)))",
        1);
}

TEST(Fuel, OneForEachStartedBlockOfBytes)
{
    auto const fill = [](std::string const& n) {
        return R"((memory 2) (func (export "f")
            (memory.fill (i32.const 0) (i32.const 1) (i32.const )" +
               n + ")))";
    };
    expect_cost(fill("0"), 1);
    expect_cost(fill("1"), 2);
    expect_cost(fill("4096"), 2);
    expect_cost(fill("4097"), 3);
    expect_cost(R"((memory 2) (func (export "f")
        (memory.copy (i32.const 1) (i32.const 0) (i32.const 8193))))",
        4);
    expect_cost(R"((memory 2) (data $d "abc") (func (export "f")
        (memory.init $d (i32.const 1) (i32.const 0) (i32.const 3))))",
        2);
    expect_cost(R"((memory 2) (func (export "f") (drop (memory.grow (i32.const 2)))))", 33);
    expect_cost(R"((memory 2 3) (func (export "f") (drop (memory.grow (i32.const 2)))))", 1);
}

TEST(Fuel, OneForEachStartedBlockOfElements)
{
    expect_cost(R"((table 100 funcref) (func (export "f")
        (table.fill (i32.const 0) (ref.null func) (i32.const 64))))",
        2);
    expect_cost(R"((table 100 funcref) (func (export "f")
        (table.fill (i32.const 0) (ref.null func) (i32.const 65))))",
        3);
    expect_cost(R"((table 100 funcref) (func (export "f")
        (table.copy (i32.const 0) (i32.const 1) (i32.const 1))))",
        2);
    expect_cost(R"((table 100 funcref) (elem $e func 0) (func (export "f")
        (table.init $e (i32.const 0) (i32.const 0) (i32.const 1))))",
        2);
    expect_cost(R"((table 1 funcref) (func (export "f")
        (drop (table.grow (ref.null func) (i32.const 129)))))",
        4);
    expect_cost(R"((table 1 9 funcref) (func (export "f")
        (drop (table.grow (ref.null func) (i32.const 129)))))",
        1);
}

TEST(Fuel, AnOperationsOwnTrapsComeFirst)
{
    for (std::string const operation : {
             "(memory.fill (i32.const 65536) (i32.const 1) (i32.const 1))",
             "(memory.copy (i32.const 65536) (i32.const 1) (i32.const 1))",
             "(memory.init $d (i32.const 0) (i32.const 1) (i32.const 1))",
         }) {
        Program const p{"(memory 1) (data $d \"a\") (func (export \"f\") " + operation + ")",
            {.fuel_per_call = 1}};
        EXPECT_THAT(p.call("f"), Traps(Trap::OutOfBoundsMemoryAccess)) << operation;
    }
    Program const p{R"((table 1 funcref) (func (export "f") (call_indirect (i32.const 0))))",
        {.fuel_per_call = 1}};
    EXPECT_THAT(p.call("f"), Traps(Trap::UninitializedElement));
}

TEST(Fuel, WhatCannotBePaidDoesNotHappen)
{
    Program const p{R"((memory 1) (table 1 funcref)
        (func (export "memory") (drop (memory.grow (i32.const 1))))
        (func (export "table") (drop (table.grow (ref.null func) (i32.const 64))))
        (func (export "fill") (memory.fill (i32.const 0) (i32.const 1) (i32.const 4096)))
        (func (export "sizes") (result i32 i32 i32)
            (memory.size) (table.size) (i32.load (i32.const 0))))",
        {.fuel_per_call = 1}};
    auto const o = p.call("memory");
    EXPECT_THAT(o, RunsOutOfFuel());
    EXPECT_EQ(o.fuel_used, 1U) << "the charge that failed is not spent";
    EXPECT_THAT(p.call("table"), RunsOutOfFuel());
    EXPECT_THAT(p.call("fill"), RunsOutOfFuel());
    EXPECT_THAT(p.call("sizes"), Returns(1, 1, 0));
}

TEST(Fuel, AnInstantiationHasItsOwn)
{
    constexpr auto text = R"((memory 1) (data (i32.const 0) "ab") (table 9 funcref)
        (elem (i32.const 0) func $f) (elem (i32.const 5) func) (func $f (export "f"))
        (start $f))";
    Program const enough{text, {.fuel_per_call = 1, .fuel_per_instantiation = 3}};
    EXPECT_THAT(enough.instantiation(), Returns());
    EXPECT_EQ(enough.instantiation().fuel_used, 3U);
    EXPECT_THAT(enough.call("f"), Returns());
    Program const short_of{text, {.fuel_per_instantiation = 2}};
    EXPECT_THAT(short_of.instantiation(), RunsOutOfFuel());
    EXPECT_TRUE(short_of.has_instance());
}

TEST(Fuel, HostFunctionsAndWhatTheyCall)
{
    auto const store = make_store({.fuel_per_call = 4});
    auto nested = std::uint64_t{0};
    auto const back = store->func_alloc({{funcref}, {}}, [&](Store& s, std::span<Value const> a) {
        auto const o = s.func_invoke(static_cast<FuncAddr>(a[0].lo), {});
        nested = o.fuel_used;
        return o;
    });
    ExternVal const imports[] = {{ExternKind::Func, static_cast<std::uint32_t>(back)}};
    Program const p{store, R"((import "h" "back" (func $back (param funcref)))
        (elem declare func $g $h) (func $h) (func $g (call $h))
        (func (export "f") (call $back (ref.func $g)))
        (func (export "more") (call $back (ref.func $g)) (call $h)))",
        imports};
    auto const o = p.call("f");
    EXPECT_THAT(o, Returns());
    EXPECT_EQ(o.fuel_used, 4U);
    EXPECT_EQ(nested, 2U);
    EXPECT_THAT(p.call("more"), RunsOutOfFuel());
}

TEST(Fuel, AnInstantiationByAHostFunctionHasItsOwn)
{
    auto const store = make_store({.fuel_per_call = 3, .fuel_per_instantiation = 2});
    auto const instantiate = [](Store& s, std::span<Value const>) {
        auto const inner =
            validate(parse_module("(func $f) (start $f) (func (export \"g\"))").value());
        auto const made = s.module_instantiate(inner.value(), {});
        EXPECT_EQ(made.outcome.end, Outcome::End::Returned);
        EXPECT_EQ(made.outcome.fuel_used, 1U);
        return Outcome{};
    };
    ExternVal const imports[] = {
        {ExternKind::Func, static_cast<std::uint32_t>(store->func_alloc({{}, {}}, instantiate))}};
    Program const p{store, R"((import "h" "make" (func $make)) (func $h)
        (func (export "f") (call $make) (call $h)))",
        imports};
    auto const o = p.call("f");
    EXPECT_THAT(o, Returns());
    EXPECT_EQ(o.fuel_used, 3U);
}

constexpr auto countdown = R"((func $f (export "f") (param i32) (local i64 i64)
    (if (local.get 0) (then (call $f (i32.sub (local.get 0) (i32.const 1)))))))";

TEST(Frames, AreCounted)
{
    Program const p{countdown, {.frames = 10}};
    EXPECT_THAT(p.call("f", 9), Returns());
    EXPECT_THAT(p.call("f", 10), Exhausts(Limit::Frames));
    EXPECT_THAT(p.call("f", 9), Returns()) << "frames of the call that ended are gone";
    EXPECT_EQ(p.call("f", 10).fuel_used, 11U) << "the entry is paid before frames are asked for";
}

TEST(StackValues, ParametersLocalsAndOperandsOfEveryFrame)
{
    // 1 parameter, 2 locals, at most 2 operands
    Program const p{countdown, {.stack_values = 50}};
    EXPECT_THAT(p.call("f", 9), Returns());
    EXPECT_THAT(p.call("f", 10), Exhausts(Limit::StackValues));
    Program const one{countdown, {.stack_values = 4}};
    EXPECT_THAT(one.call("f", 0), Exhausts(Limit::StackValues));
}

TEST(StackValues, AFrameWithMoreLocalsThanFit)
{
    Program const p{"(func (export \"f\") (local " +
                        [] {
                            std::string all;
                            for (int i = 0; i < 2'000; ++i)
                                all += "i64 ";
                            return all;
                        }() +
                        "))",
        {.stack_values = 1'999}};
    EXPECT_THAT(p.call("f"), Exhausts(Limit::StackValues));
}

TEST(Frames, AreAskedForBeforeStackValues)
{
    Program const p{countdown, {.frames = 3, .stack_values = 15}};
    EXPECT_THAT(p.call("f", 9), Exhausts(Limit::Frames));
    Program const none{countdown, {.frames = 0, .stack_values = 0}};
    EXPECT_THAT(none.call("f", 0), Exhausts(Limit::Frames));
}

TEST(Frames, CountThroughHostFunctions)
{
    auto const store = make_store({.frames = 8});
    auto const back =
        store->func_alloc({{funcref, i32}, {}}, [](Store& s, std::span<Value const> a) {
            return s.func_invoke(static_cast<FuncAddr>(a[0].lo), a.subspan(1));
        });
    ExternVal const imports[] = {{ExternKind::Func, static_cast<std::uint32_t>(back)}};
    Program const p{store, R"((import "h" "back" (func $back (param funcref i32)))
        (elem declare func $f)
        (func $f (export "f") (param i32)
            (if (local.get 0)
                (then (call $back (ref.func $f) (i32.sub (local.get 0) (i32.const 1)))))))",
        imports};
    EXPECT_THAT(p.call("f", 7), Returns()) << "host functions are no frames";
    EXPECT_THAT(p.call("f", 8), Exhausts(Limit::Frames));
}

TEST(Pages, BoundGrowthAndDeclaredSizes)
{
    Program const grows{R"((memory 1) (func (export "f") (param i32) (result i32)
        (memory.grow (local.get 0))))",
        {.pages = 3}};
    EXPECT_THAT(grows.call("f", 3), Returns(-1));
    EXPECT_THAT(grows.call("f", 2), Returns(1));
    EXPECT_THAT(grows.call("f", 1), Returns(-1));
    Program const declares{R"((memory 1) (memory 4))", {.pages = 3}};
    EXPECT_THAT(declares.instantiation(), Exhausts(Limit::Pages));
    EXPECT_FALSE(declares.has_instance());
}

TEST(Elements, BoundGrowthAndDeclaredSizes)
{
    Program const grows{R"((table 1 funcref) (func (export "f") (param i32) (result i32)
        (table.grow (ref.null func) (local.get 0))))",
        {.elements = 3}};
    EXPECT_THAT(grows.call("f", 3), Returns(-1));
    EXPECT_THAT(grows.call("f", 2), Returns(1));
    Program const declares{R"((table 4 funcref))", {.elements = 3}};
    EXPECT_THAT(declares.instantiation(), Exhausts(Limit::Elements));
    EXPECT_FALSE(declares.has_instance());
    Program const both{R"((table 4 funcref) (memory 4))", {.pages = 3, .elements = 3}};
    EXPECT_THAT(both.instantiation(), Exhausts(Limit::Pages)) << "memories before tables";
}

TEST(NanChoice, IsToldWhereArithmeticMadeANan)
{
    Program const p{R"((func (export "made") (result f32) (f32.div (f32.const 0) (f32.const 0)))
        (func (export "moved") (param f64) (result f64) (f64.neg (local.get 0)))
        (func (export "demoted") (param f64) (result f32) (f32.demote_f64 (local.get 0))))"};
    auto const made = p.call("made");
    EXPECT_THAT(made, Returns(Bits{0x7FC0'0000}));
    EXPECT_TRUE(made.nan_choice);
    EXPECT_FALSE(p.call("moved", Bits{0x7FF8'0000'0000'0000}).nan_choice);
    EXPECT_TRUE(p.call("demoted", Bits{0x7FF8'0000'0000'0000}).nan_choice);
}

} // namespace
} // namespace touchstone::tests
