#include "harness/minimize/minimize.hpp"

#include "generators/generate.hpp"
#include "harness/minimize/predicate.hpp"
#include "oracles/prepared.hpp"
#include "tests/unit/harness/campaign/case_of.hpp"
#include "tests/unit/harness/minimize/faulty_panel.hpp"

#include <gtest/gtest.h>

namespace touchstone::minimize {
namespace {

struct Finding
{
    Case what;
    campaign::Signature signature;
};

/// The first generated cases on which the panel diverges.
std::vector<Finding> findings(campaign::Panel const& panel, std::size_t wanted)
{
    auto const features = panel.members[0].info.features;
    std::vector<Finding> found;
    for (std::uint64_t index = 0; index < 20'000 && found.size() < wanted; ++index) {
        auto c = generators::generate(generators::Kind::Smith, 5, index, features);
        if (auto const s = signature_now(c, panel, Limits::for_campaign()))
            found.push_back({.what = std::move(c), .signature = *s});
    }
    return found;
}

Result minimized(Finding const& f, campaign::Panel const& panel)
{
    auto const result = minimize(f.what, same_signature(panel, f.signature, Limits::for_campaign()),
        {.seconds = 60}, [](Case const&) {});
    EXPECT_TRUE(result.has_value()) << result.error();
    return result.value_or(Result{});
}

/// At most this many instructions stay of any finding, and the signature is what it was.
void expect_small(Opcode right, Opcode wrong, std::size_t most)
{
    auto const panel = confused_panel(right, wrong);
    auto const found = findings(panel, 4);
    ASSERT_EQ(found.size(), 4U);
    for (auto const& f : found) {
        auto const r = minimized(f, panel);
        EXPECT_TRUE(r.complete);
        EXPECT_LE(instruction_count(r.best), most) << f.what.origin;
        EXPECT_EQ(signature_now(r.best, panel, Limits::for_campaign()), f.signature);
        for (auto const& m : r.best.modules)
            EXPECT_TRUE(prepare(m.bytes).has_value());
    }
}

TEST(Minimize, AWrongShift)
{
    expect_small(Opcode::I32Shl, Opcode::I32ShrU, 15);
}

TEST(Minimize, AWrongComparison)
{
    expect_small(Opcode::I32LtS, Opcode::I32LtU, 20);
}

TEST(Minimize, AWrongLoad)
{
    expect_small(Opcode::I32Load8S, Opcode::I32Load8U, 15);
}

Case two_calls()
{
    return case_of(
        R"((module (func (export "f") (param i32) (result i32) (i32.shl (local.get 0) (i32.const 4)))))",
        {{.module = 0, .function = "f", .args = {Value::from_i32(3)}},
            {.module = 0, .function = "f", .args = {Value::from_i32(5)}}});
}

Trial has_a_call(Case const& c)
{
    return c.calls.empty() ? Trial::Not : Trial::Interesting;
}

TEST(Minimize, RefusesWhatIsNotInteresting)
{
    auto const never = [](Case const&) { return Trial::Not; };
    auto const always = [](Case const&) { return Trial::Interesting; };
    EXPECT_FALSE(minimize(two_calls(), never, {}, [](Case const&) {}).has_value());
    auto const r = minimize(two_calls(), always, {}, [](Case const&) {});
    ASSERT_FALSE(r.has_value());
    EXPECT_NE(r.error().find("empty case"), std::string::npos);
}

TEST(Minimize, TellsOfEachImprovementAndEachIsInteresting)
{
    std::vector<Case> seen;
    auto const r = minimize(two_calls(), has_a_call, {}, [&](Case const& c) { seen.push_back(c); });
    ASSERT_TRUE(r.has_value());
    ASSERT_FALSE(seen.empty());
    EXPECT_EQ(seen.size(), r->accepted);
    EXPECT_EQ(seen.back(), r->best);
    EXPECT_EQ(r->best.calls.size(), 1U);
    EXPECT_EQ(instruction_count(r->best), 0U);
    for (auto const& c : seen)
        EXPECT_EQ(has_a_call(c), Trial::Interesting);
}

TEST(Minimize, CountsWhatSlippedAndDoesNotTakeIt)
{
    auto const slips = [](Case const& c) {
        if (c.calls.size() == 2)
            return Trial::Interesting;
        return c.calls.empty() ? Trial::Not : Trial::Slipped;
    };
    auto const r = minimize(two_calls(), slips, {}, [](Case const&) {});
    ASSERT_TRUE(r.has_value());
    EXPECT_EQ(r->best.calls.size(), 2U);
    EXPECT_GT(r->slipped, 0U);
}

TEST(Minimize, EndsWithItsBudget)
{
    auto const r = minimize(two_calls(), has_a_call, {.tries = 2}, [](Case const&) {});
    ASSERT_TRUE(r.has_value());
    EXPECT_EQ(r->tries, 2U);
    EXPECT_FALSE(r->complete);
    auto const stopped = minimize(
        two_calls(), has_a_call, {}, [](Case const&) {},
        [](Progress const& p) { return p.tries < 3; });
    ASSERT_TRUE(stopped.has_value());
    EXPECT_EQ(stopped->tries, 3U);
}

TEST(Minimize, GivesTheSameEachTime)
{
    auto const panel = confused_panel(Opcode::I32Shl, Opcode::I32ShrU);
    auto const found = findings(panel, 1);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(minimized(found[0], panel).best, minimized(found[0], panel).best);
}

} // namespace
} // namespace touchstone::minimize
