// Two engines that do the same look the same in every step, and a bit that differs shows.

#include "oracles/in_process.hpp"
#include "oracles/registry.hpp"

#include "harness/compare/compare.hpp"
#include "tests/unit/oracles/texts.hpp"

#include <gmock/gmock.h>

namespace touchstone {
namespace {

/// A bit of everything that a store shows.
Case busy_case()
{
    Case c;
    c.modules.push_back(module_of("env", R"((module (memory (export "m") 1 4)
        (table (export "t") 4 8 funcref) (global (export "g") (mut i64) (i64.const 1))
        (func (export "log") (param i32) global.get 0 local.get 0 i64.extend_i32_u i64.add
          global.set 0)))"));
    c.modules.push_back(module_of("m", R"((module
        (import "env" "log" (func $log (param i32))) (import "env" "m" (memory 1 4))
        (import "env" "t" (table 4 funcref)) (import "env" "g" (global (mut i64)))
        (table $own 2 externref) (global $n (mut f32) (f32.const 0)) (global $r funcref (ref.func $f))
        (data "passive") (data (i32.const 100) "active") (elem func $f $log)
        (elem (i32.const 1) func $f)
        (func $f (export "f") (param i32) (result i32)
          local.get 0 call $log
          local.get 0 i32.const 0 i32.const 7 memory.init 0
          i32.const 1 memory.grow)
        (func (export "init") i32.const 2 i32.const 0 i32.const 2 table.init 0 0 elem.drop 0)
        (func (export "drop") data.drop 0 i32.const -1 i32.load drop)
        (func (export "nan") (param f32) f32.const 0 local.get 0 f32.add global.set $n)
        (func (export "keep") (param externref) i32.const 1 local.get 0 table.set $own)))"));
    c.calls = {{1, "f", {Value::from_i32(9)}}, {1, "f", {Value::from_i32(70'000)}}, {1, "init", {}},
        {1, "drop", {}}, {1, "f", {Value::from_i32(9)}}, {1, "init", {}},
        {1, "nan", {Value::from_f32(3.25F)}}, {1, "keep", {Value::host_extern(3)}}};
    return c;
}

Observation observe(Oracle& oracle, Case const& c)
{
    Task const task{&c, c.calls.size()};
    return oracle.observe({&task, 1}, Limits::for_campaign()).front();
}

TEST(Difference, StoresOfAllOraclesAreEqualAfterEveryStep)
{
    auto const c = busy_case();
    auto const ours = observe(*make_reference_oracle(), c);
    for (auto const& step : ours.instantiations)
        EXPECT_EQ(step.end, End::Returned) << step.detail;
    for (auto const name : oracle_names()) {
        auto const oracle = make_oracle(name);
        if (!oracle)
            continue;
        auto const theirs = observe(**oracle, c);
        auto const shows_all = (*oracle)->info().code_base != "v8";
        for (std::size_t i = 0; shows_all && i < c.modules.size(); ++i)
            EXPECT_EQ(ours.instantiations[i].store, theirs.instantiations[i].store) << name << i;
        for (std::size_t i = 0; i < c.calls.size(); ++i) {
            EXPECT_EQ(ours.calls[i].end, theirs.calls[i].end)
                << name << i << theirs.calls[i].detail;
            EXPECT_TRUE(theirs.calls[i].store.has_value());
            if (shows_all) {
                EXPECT_EQ(ours.calls[i].store, theirs.calls[i].store) << name << " call " << i;
            }
        }
        auto const judged = compare(ours, theirs, {.same_limits = (*oracle)->info().has_limits});
        EXPECT_EQ(judged.judgement.verdict, Verdict::Agree) << name << judged.judgement.detail;
        EXPECT_EQ(judged.steps_compared, c.modules.size() + c.calls.size());
        EXPECT_EQ(judged.stores_compared, judged.steps_compared);
    }
}

TEST(Difference, EveryStepThatChangesTheStoreChangesTheDigest)
{
    auto const c = busy_case();
    auto const seen = observe(*make_reference_oracle(), c);
    auto const* before = &*seen.instantiations.back().store;
    for (auto const changing : {1, 2, 3, 4, 6, 7}) {
        auto const& after = *seen.calls[static_cast<std::size_t>(changing)].store;
        EXPECT_NE(*before, after) << changing;
        before = &after;
    }
}

TEST(Difference, StatisticsAreCountedByStep)
{
    auto const c =
        case_of(R"((module (func (export "f") (result i32) i32.const 1 i32.const 2 i32.add)
        (func (export "g"))))",
            {"f", "g", "f"});
    CaseStatistics statistics;
    auto const prepared = prepare(c);
    auto const seen = observe_reference(prepared, 3, Limits::for_campaign(), &statistics);
    ASSERT_EQ(statistics.calls.size(), 3U);
    EXPECT_EQ(statistics.instantiations.size(), 1U);
    EXPECT_EQ(statistics.calls[0].executed_instructions, 3U);
    EXPECT_EQ(statistics.calls[0].distinct_opcodes, 2U);
    EXPECT_EQ(statistics.calls[1].executed_instructions, 0U);
    EXPECT_EQ(statistics.calls[2].executed_instructions, 3U);
    EXPECT_EQ(statistics.total.executed_instructions, 6U);
}

TEST(Difference, APreparedCaseIsSeenAsByTheOracles)
{
    auto const c = busy_case();
    auto const prepared = prepare(c);
    auto const a = observe_reference(prepared, c.calls.size(), Limits::for_campaign());
    auto const b = observe_fast(prepared, c.calls.size(), Limits::for_campaign());
    auto const judged = compare(a, b, {.same_limits = true});
    EXPECT_EQ(judged.judgement.verdict, Verdict::Agree) << judged.judgement.detail;
    EXPECT_EQ(judged.stores_compared, c.modules.size() + c.calls.size());
}

/// Spoils what another oracle saw.
class Spoiled final : public Oracle
{
public:
    using Spoil = void (*)(Observation&);
    Spoiled(std::unique_ptr<Oracle> inner, Spoil spoil) : inner_{std::move(inner)}, spoil_{spoil} {}
    [[nodiscard]] OracleInfo const& info() const override { return inner_->info(); }
    [[nodiscard]] std::vector<Observation> observe(
        std::span<Task const> tasks, Limits const& limits) override
    {
        auto all = inner_->observe(tasks, limits);
        for (auto& o : all)
            spoil_(o);
        return all;
    }

private:
    std::unique_ptr<Oracle> inner_;
    Spoil spoil_;
};

TEST(Difference, ASpoiledBitIsSeen)
{
    auto const c = busy_case();
    auto const ours = observe(*make_reference_oracle(), c);
    auto const reason = [&](Spoiled::Spoil spoil) {
        Spoiled spoiled{make_reference_oracle(), spoil};
        auto const judged = compare(ours, observe(spoiled, c), {.same_limits = true});
        return judged.judgement.verdict == Verdict::Diverge ? judged.judgement.reason
                                                            : Reason::None;
    };
    EXPECT_EQ(reason([](Observation&) {}), Reason::None);
    EXPECT_EQ(reason([](Observation& o) { o.calls[0].values[0].lo ^= 1; }), Reason::Values);
    EXPECT_EQ(
        reason([](Observation& o) { o.calls[3].traps = {Trap::Unreachable}; }), Reason::TrapKind);
    EXPECT_EQ(reason([](Observation& o) { o.calls[3].end = End::Returned; }), Reason::End);
    EXPECT_EQ(
        reason([](Observation& o) { o.calls[1].store->instances[1]->memories[0]->digest ^= 1; }),
        Reason::Memory);
    EXPECT_EQ(reason([](Observation& o) { o.calls[2].store->instances[0]->tables[0]->size += 1; }),
        Reason::Table);
    EXPECT_EQ(reason([](Observation& o) {
        o.instantiations[1].store->instances[1]->globals[1]->lo ^= 1;
    }),
        Reason::Global);
    EXPECT_EQ(reason([](Observation& o) {
        auto& dropped = *o.calls[0].store->instances[1]->datas_dropped;
        dropped[0] = !dropped[0];
    }),
        Reason::Segment);
}

} // namespace
} // namespace touchstone
