// Engines that crash, and engines whose answers depend on what they ran before.

#include "harness/minimize/divergence.hpp"

#include "harness/minimize/predicate.hpp"
#include "oracles/isolated.hpp"
#include "tests/unit/harness/campaign/case_of.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace touchstone::minimize {
namespace {

bool shifts(Case const& c)
{
    for (auto const& prepared : prepare(c).modules)
        for (auto const& f : prepared.value()->module().funcs)
            for (auto const& i : f.body.instrs)
                if (i.op == Opcode::I32Shl)
                    return true;
    return false;
}

/// The fast engine, but for what a test adds before it is asked.
class Faulty final : public Oracle
{
public:
    using Before = std::function<void(Case const&)>;
    using After = std::function<void(Case const&, Observation&)>;

    Faulty(Before before, After after) : before_{std::move(before)}, after_{std::move(after)} {}

    [[nodiscard]] OracleInfo const& info() const override { return engine_->info(); }
    [[nodiscard]] std::vector<Observation> observe(
        std::span<Task const> tasks, Limits const& limits) override
    {
        before_(*tasks[0].what);
        auto seen = engine_->observe(tasks, limits);
        after_(*tasks[0].what, seen[0]);
        return seen;
    }

private:
    std::unique_ptr<Oracle> engine_ = make_fast_oracle();
    Before before_;
    After after_;
};

campaign::Panel panel_with(MakeOracle const& make, std::uint32_t cases_per_child)
{
    std::vector<std::string> const names{"reference", "fast"};
    auto panel = campaign::make_panel(names, campaign::Isolation::ForeignOnly).value();
    std::shared_ptr<Oracle> const oracle{
        isolate(make, {.cases_per_child = cases_per_child}).value()};
    panel.owned.push_back(oracle);
    panel.members[1].observe = [oracle](
                                   Prepared const& p, std::size_t calls, Limits const& limits) {
        Task const task{.what = p.what, .calls = calls};
        return oracle->observe({&task, 1}, limits).at(0);
    };
    return panel;
}

Panels panels_with(Faulty::Before const& before, Faulty::After const& after)
{
    MakeOracle const make = [before, after] { return std::make_unique<Faulty>(before, after); };
    return {.quick = panel_with(make, 256), .fresh = panel_with(make, 1)};
}

Case shifting_case()
{
    return case_of(R"((module (memory 1)
        (func (export "f") (param i32) (result i32) (local i32)
            (local.set 1 (i32.add (local.get 0) (i32.const 5)))
            (i32.store (i32.const 8) (local.get 1))
            (i32.shl (i32.mul (local.get 1) (i32.const 3)) (i32.load (i32.const 8))))
        (func (export "g") (result i32) (i32.const 4))))",
        {{.module = 0, .function = "g", .args = {}},
            {.module = 0, .function = "f", .args = {Value::from_i32(77)}},
            {.module = 0, .function = "g", .args = {}}});
}

TEST(MinimizeDivergence, OfAnEngineThatCrashes)
{
    auto const panels = panels_with(
        [](Case const& c) {
            if (shifts(c))
                std::abort();
        },
        [](Case const&, Observation&) {});
    auto const c = shifting_case();
    auto const signature = signature_now(c, panels.quick, Limits::for_campaign());
    ASSERT_TRUE(signature.has_value());
    EXPECT_EQ(signature->kind, "crash");
    auto const r = minimize_divergence(c, panels, *signature, {.seconds = 30}, [](Case const&) {});
    ASSERT_TRUE(r.has_value()) << r.error();
    EXPECT_TRUE(r->complete);
    EXPECT_TRUE(shifts(r->best));
    EXPECT_LE(instruction_count(r->best), 4U);
}

TEST(MinimizeDivergence, OfAnEngineThatRemembers)
{
    // the first shift a process sees is computed wrongly, whatever comes later is right
    static bool spoilt = false;
    auto const panels = panels_with([](Case const&) {},
        [](Case const& c, Observation& seen) {
            if (shifts(c) && !spoilt)
                for (auto& call : seen.calls)
                    for (auto& v : call.values)
                        v.lo ^= 1;
            spoilt = true;
        });
    auto const c = shifting_case();
    auto const signature = signature_now(c, panels.fresh, Limits::for_campaign());
    ASSERT_TRUE(signature.has_value());
    auto const r = minimize_divergence(c, panels, *signature, {.seconds = 30}, [](Case const&) {});
    ASSERT_TRUE(r.has_value()) << r.error();
    EXPECT_EQ(signature_now(r->best, panels.fresh, Limits::for_campaign()), signature);
    EXPECT_LE(instruction_count(r->best), 6U);
}

TEST(MinimizeDivergence, SaysWhenThereIsNone)
{
    auto const panels = panels_with([](Case const&) {}, [](Case const&, Observation&) {});
    auto const r =
        minimize_divergence(shifting_case(), panels, {.kind = "values"}, {}, [](Case const&) {});
    ASSERT_FALSE(r.has_value());
    EXPECT_NE(r.error().find("not interesting"), std::string::npos);
}

} // namespace
} // namespace touchstone::minimize
