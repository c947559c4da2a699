// What every adapter must do, whatever engine is behind it: a wrong adapter is the commonest false
// alarm.

#include "oracles/registry.hpp"

#include "tests/unit/oracles/texts.hpp"

#include <gmock/gmock.h>

#include <chrono>

namespace touchstone {
namespace {

using testing::ElementsAre;

struct Adapter
{
    std::string name;
    bool isolated;
};

void PrintTo(Adapter const& a, std::ostream* out)
{
    *out << a.name << (a.isolated ? " isolated" : "");
}

class EveryAdapter : public testing::TestWithParam<Adapter>
{
protected:
    void SetUp() override
    {
        auto made = GetParam().isolated ? make_isolated_oracle(GetParam().name,
                                              {.time_per_case = std::chrono::milliseconds{500}})
                                        : make_oracle(GetParam().name);
        if (!made)
            GTEST_SKIP() << made.error();
        oracle = std::move(*made);
    }

    Observation observe(Case const& c)
    {
        Task const task{&c, c.calls.size()};
        auto all = oracle->observe({&task, 1}, Limits::for_campaign());
        EXPECT_EQ(all.size(), 1U);
        EXPECT_EQ(all.front().instantiations.size(), c.modules.size());
        EXPECT_EQ(all.front().calls.size(), c.calls.size());
        return all.front();
    }

    CallObservation call(std::string_view text, std::vector<Value> args = {})
    {
        auto c = case_of(text, {"f"});
        c.calls.front().args = std::move(args);
        return observe(c).calls.front();
    }

    /// V8 has one message for several kinds of trap.
    [[nodiscard]] bool tells_traps_apart() const { return oracle->info().code_base != "v8"; }

    /// JavaScript gets no instance whose start trapped, and never sees a segment.
    [[nodiscard]] bool shows_all() const { return oracle->info().code_base != "v8"; }

    std::unique_ptr<Oracle> oracle;
};

TEST_P(EveryAdapter, ReturnsValuesOfEachType)
{
    auto const seen = call(R"((module (func (export "f") (result i32 i64 f32 f64)
        i32.const -2 i64.const -3 f32.const nan:0x200001 f64.const -0)))");
    ASSERT_EQ(seen.end, End::Returned) << seen.detail;
    EXPECT_THAT(seen.values,
        ElementsAre(Value::from_i32(0xFFFF'FFFE), Value::from_i64(0xFFFF'FFFF'FFFF'FFFD),
            Value{.kind = ValType::Kind::F32, .lo = 0x7FA0'0001},
            Value{.kind = ValType::Kind::F64, .lo = 0x8000'0000'0000'0000}));
}

TEST_P(EveryAdapter, ReturnsVectors)
{
    if (!oracle->info().features.has(Feature::Simd))
        GTEST_SKIP() << "no vectors";
    auto const seen =
        call(R"((module (func (export "f") (result v128) v128.const i64x2 1 0xfedcba9876543210)))");
    ASSERT_EQ(seen.end, End::Returned) << seen.detail;
    EXPECT_THAT(seen.values,
        ElementsAre(Value{.kind = ValType::Kind::V128, .lo = 1, .hi = 0xFEDC'BA98'7654'3210}));
}

TEST_P(EveryAdapter, ReturnsReferences)
{
    auto const seen = call(R"((module (func (export "f") (result funcref externref funcref)
        ref.null func ref.null extern ref.func $g) (func $g) (elem declare func $g)))");
    ASSERT_EQ(seen.end, End::Returned) << seen.detail;
    EXPECT_THAT(seen.values, ElementsAre(Value::null_ref(), Value::null_ref(),
                                 Value::reference(RefKind::Func, function_identity(0, 1))));
}

TEST_P(EveryAdapter, PassesArguments)
{
    auto const seen = call(R"((module (func (export "f")
        (param i32 i64 f32 f64 externref) (result f64 externref i64 i32 f32)
        local.get 3 local.get 4 local.get 1 local.get 0 local.get 2)))",
        {Value::from_i32(7), Value::from_i64(8), Value::from_f32(1.5F), Value::from_f64(2.5),
            Value::host_extern(42)});
    ASSERT_EQ(seen.end, End::Returned) << seen.detail;
    EXPECT_THAT(seen.values, ElementsAre(Value::from_f64(2.5), Value::host_extern(42),
                                 Value::from_i64(8), Value::from_i32(7), Value::from_f32(1.5F)));
}

/// It takes what nobody can pass: the module is there all the same.
TEST_P(EveryAdapter, ShowsModulesWithFunctionsThatNobodyCanCall)
{
    if (!oracle->info().features.has(Feature::Exceptions))
        GTEST_SKIP() << "no exceptions";
    auto const seen = observe(case_of(
        R"((module (func (export "g") (param (ref exn) exnref) (result (ref exn)) local.get 0)
            (func (export "f") (result i32) i32.const 1)))",
        {"f"}));
    EXPECT_EQ(seen.instantiations.at(0).end, End::Returned) << seen.instantiations.at(0).detail;
    EXPECT_THAT(seen.calls.at(0).values, ElementsAre(Value::from_i32(1)));
}

TEST_P(EveryAdapter, DoesNotCallWithArgumentsThatDoNotFit)
{
    constexpr auto text = R"((module (func (export "f") (param i32))))";
    EXPECT_EQ(call(text).end, End::NotRun);
    EXPECT_EQ(call(text, {Value::from_i64(1)}).end, End::NotRun);
    EXPECT_EQ(call(text, {Value::from_i32(1), Value::from_i32(1)}).end, End::NotRun);
    EXPECT_EQ(call(text, {Value::from_i32(1)}).end, End::Returned);
}

struct Trapping
{
    Trap trap;
    std::string_view body;
};

TEST_P(EveryAdapter, NamesEachTrap)
{
    for (auto const& [trap, body] : std::to_array<Trapping>({
             {Trap::Unreachable, "unreachable"},
             {Trap::IntegerDivideByZero, "(drop (i32.div_u (i32.const 1) (i32.const 0)))"},
             {Trap::IntegerOverflow, "(drop (i32.div_s (i32.const 0x80000000) (i32.const -1)))"},
             {Trap::IntegerOverflow, "(drop (i32.trunc_f32_s (f32.const 1e20)))"},
             {Trap::InvalidConversionToInteger, "(drop (i32.trunc_f32_s (f32.const nan)))"},
             {Trap::OutOfBoundsMemoryAccess, "(drop (i32.load (i32.const 65533)))"},
             {Trap::OutOfBoundsMemoryAccess,
                 "(memory.fill (i32.const 65536) (i32.const 0) (i32.const 1))"},
             {Trap::OutOfBoundsTableAccess, "(drop (table.get $t (i32.const 3)))"},
             {Trap::OutOfBoundsTableAccess,
                 "(table.copy $t $t (i32.const 3) (i32.const 0) (i32.const 1))"},
             {Trap::UndefinedElement, "(call_indirect $t (i32.const 3))"},
             {Trap::UninitializedElement, "(call_indirect $t (i32.const 2))"},
             {Trap::IndirectCallTypeMismatch, "(call_indirect $t (i32.const 1))"},
         })) {
        auto const text = R"((module (memory 1) (table $t 3 funcref) (elem (i32.const 0) $ok $other)
            (func $ok) (func $other (param i32)) (func (export "f") )" +
                          std::string{body} + "))";
        auto const seen = call(text);
        EXPECT_EQ(seen.end, End::Trapped) << body;
        if (tells_traps_apart()) {
            EXPECT_EQ(seen.traps, TrapSet{trap}) << body << ": " << seen.detail;
        }
        EXPECT_TRUE(seen.traps.has(trap)) << body << ": " << seen.detail;
        EXPECT_NE(seen.traps, TrapSet::any()) << body << ": " << seen.detail;
    }
}

TEST_P(EveryAdapter, TellsWhereAModuleFails)
{
    auto const one = [&](std::vector<std::uint8_t> bytes) {
        Case c;
        c.modules.push_back({"m", std::move(bytes)});
        c.calls.push_back({0, "f", {}});
        auto const seen = observe(c);
        EXPECT_EQ(seen.calls.front().end, End::NotRun);
        return seen.instantiations.front().end;
    };
    using testing::AnyOf;
    EXPECT_THAT(one({0, 'a', 's', 'm', 1, 0, 0, 0, 1}), AnyOf(End::Malformed, End::Rejected));
    EXPECT_THAT(one({}), AnyOf(End::Malformed, End::Rejected));
    EXPECT_THAT(one(assemble("(module (func (export \"f\") (result i32)))")),
        AnyOf(End::Invalid, End::Rejected));
    EXPECT_EQ(
        one(assemble(R"((module (import "x" "y" (func)) (func (export "f"))))")), End::Unlinkable);
    EXPECT_EQ(one(assemble(R"((module (func (export "f")) (func $s unreachable) (start $s)))")),
        End::Trapped);
    EXPECT_EQ(one(assemble(R"((module (memory 1) (func (export "f"))
        (data (i32.const 65536) "x")))")),
        End::Trapped);
}

TEST_P(EveryAdapter, LinksModulesByName)
{
    Case c;
    c.modules.push_back(module_of("env", R"((module (memory (export "m") 1)
        (global (export "g") i32 (i32.const 5)) (table (export "t") 2 funcref)
        (func (export "seven") (result i32) i32.const 7)))"));
    c.modules.push_back(module_of("m", R"((module (import "env" "seven" (func (result i32)))
        (import "env" "m" (memory 1)) (import "env" "g" (global i32))
        (import "env" "t" (table 2 funcref)) (elem (i32.const 1) func 1)
        (func (export "f") (result i32) i32.const 8 i32.const 9 i32.store
          call 0 global.get 0 i32.add)))"));
    c.modules.push_back(
        module_of("wrong", R"((module (import "env" "seven" (func (param i32)))))"));
    c.calls.push_back({1, "f", {}});
    auto const seen = observe(c);
    EXPECT_EQ(seen.instantiations[0].end, End::Returned);
    EXPECT_EQ(seen.instantiations[1].end, End::Returned);
    EXPECT_EQ(seen.instantiations[2].end, End::Unlinkable);
    EXPECT_THAT(seen.calls[0].values, ElementsAre(Value::from_i32(12)));

    // one memory, seen from both
    auto const& instances = seen.calls[0].store->instances;
    ASSERT_EQ(instances.size(), 3U);
    EXPECT_EQ(instances[0]->memories, instances[1]->memories);
    EXPECT_EQ(instances[0]->tables, instances[1]->tables);
    EXPECT_NE(instances[0]->memories, seen.instantiations[1].store->instances[0]->memories);
    EXPECT_NE(seen.instantiations[0].store->instances[0]->tables, instances[0]->tables);
    EXPECT_FALSE(instances[2].has_value());
}

TEST_P(EveryAdapter, KeepsWhatAFailedInstantiationDid)
{
    Case c;
    c.modules.push_back(module_of("env", R"((module (memory (export "m") 1)))"));
    c.modules.push_back(module_of("m", R"((module (import "env" "m" (memory 1))
        (data (i32.const 3) "x") (func $s unreachable) (start $s) (func (export "f"))))"));
    c.modules.push_back(module_of("after", R"((module (import "m" "f" (func))))"));
    c.calls.push_back({1, "f", {}});
    auto const seen = observe(c);
    EXPECT_EQ(seen.instantiations[1].end, End::Trapped);
    EXPECT_NE(
        seen.instantiations[0].store->instances[0], seen.instantiations[1].store->instances[0]);
    if (shows_all()) {
        EXPECT_EQ(seen.instantiations[1].store->instances[1]->datas_dropped, std::vector{true});
    }
    EXPECT_EQ(seen.instantiations[2].end, End::Unlinkable);
    EXPECT_EQ(seen.calls[0].end, End::NotRun);
}

TEST_P(EveryAdapter, GrowsUpToTheLimit)
{
    auto const c = case_of(R"((module (memory 4) (table 1 funcref)
        (func (export "f") (result i32) i32.const 60 memory.grow)
        (func (export "g") (result i32) i32.const 1 memory.grow)
        (func (export "h") (result i32) ref.null func i32.const 10000 table.grow 0)))",
        {"f", "g", "h"});
    auto const seen = observe(c);
    EXPECT_THAT(seen.calls[0].values, ElementsAre(Value::from_i32(4)));
    EXPECT_THAT(seen.calls[1].values, ElementsAre(Value::from_i32(0xFFFF'FFFF)));
    EXPECT_THAT(seen.calls[2].values, ElementsAre(Value::from_i32(0xFFFF'FFFF)));
    EXPECT_EQ(seen.calls[2].store->instances[0]->memories[0]->size, 64U);
    EXPECT_EQ(seen.calls[2].store->instances[0]->tables[0]->size, 1U);
}

TEST_P(EveryAdapter, SurvivesUnboundedRecursion)
{
    auto const c =
        case_of(R"((module (func $f (export "f") call $f) (func (export "g"))))", {"f", "g"});
    auto const seen = observe(c);
    EXPECT_THAT(seen.calls[0].end, testing::AnyOf(End::Exhausted, End::OutOfFuel));
    EXPECT_EQ(seen.calls[1].end, End::Returned);
}

TEST_P(EveryAdapter, StopsAnEndlessLoop)
{
    if (!oracle->info().has_limits && !GetParam().isolated)
        GTEST_SKIP() << "nothing but a process of its own stops it";
    auto const c =
        case_of(R"((module (memory 1) (func (export "f") i32.const 0 i32.const 1 i32.store)
        (func (export "g") loop br 0 end)))",
            {"f", "g", "f"});
    auto const seen = observe(c);
    EXPECT_EQ(seen.instantiations[0].end, End::Returned);
    EXPECT_EQ(seen.calls[0].end, End::Returned); // as seen before it hung
    EXPECT_TRUE(seen.calls[0].store.has_value());
    EXPECT_EQ(seen.calls[1].end, oracle->info().has_limits ? End::OutOfFuel : End::TimedOut);
    EXPECT_EQ(seen.calls[2].end, oracle->info().has_limits ? End::Returned : End::NotRun);
    // and the next case is none the worse
    EXPECT_EQ(call(R"((module (func (export "f"))))").end, End::Returned);
}

TEST_P(EveryAdapter, IsNotShownWhatComesAfterTheCut)
{
    auto const c = case_of(R"((module (func (export "f"))))", {"f", "f", "f"});
    Task const task{&c, 2};
    EXPECT_EQ(oracle->observe({&task, 1}, Limits::for_campaign()).front().calls.size(), 2U);
}

TEST_P(EveryAdapter, AnswersManyCasesInARow)
{
    std::vector<Case> cases;
    for (int i = 0; i < 600; ++i)
        cases.push_back(case_of("(module (memory 1) (func (export \"f\") (result i32) i32.const " +
                                    std::to_string(i) + "))",
            {"f"}));
    std::vector<Task> tasks;
    for (auto const& c : cases)
        tasks.push_back({&c, 1});
    auto const seen = oracle->observe(tasks, Limits::for_campaign());
    ASSERT_EQ(seen.size(), tasks.size());
    for (std::uint32_t i = 0; i < seen.size(); ++i)
        ASSERT_THAT(seen[i].calls.front().values, ElementsAre(Value::from_i32(i)));
}

TEST_P(EveryAdapter, RefusesFeaturesItLacksBeforeItIsAsked)
{
    auto const c = case_of(R"((module (type $s (struct (field i32))) (func (export "f") (result i32)
        i32.const 1 struct.new $s struct.get $s 0)))",
        {"f"});
    auto const seen = observe(c);
    if (oracle->info().features.has(Feature::Gc)) {
        EXPECT_EQ(seen.instantiations[0].end, End::Returned);
    } else {
        EXPECT_EQ(seen.instantiations[0].end, End::Unsupported);
        EXPECT_TRUE(seen.instantiations[0].feature.has_value());
        EXPECT_EQ(seen.calls[0].end, End::NotRun);
    }
}

std::vector<Adapter> adapters()
{
    std::vector<Adapter> all;
    for (auto const name : oracle_names())
        for (bool const isolated : {false, true})
            all.push_back({std::string{name}, isolated});
    return all;
}

INSTANTIATE_TEST_SUITE_P(Oracles, EveryAdapter, testing::ValuesIn(adapters()),
    [](auto const& i) { return i.param.name + (i.param.isolated ? "_isolated" : ""); });

} // namespace
} // namespace touchstone
