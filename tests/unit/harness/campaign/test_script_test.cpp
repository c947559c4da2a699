#include "harness/campaign/test_script.hpp"

#include "tests/unit/harness/campaign/case_of.hpp"
#include "tests/unit/harness/campaign/panel_of.hpp"
#include "tests/unit/harness/campaign/wrong_engine.hpp"

#include <gmock/gmock.h>

namespace touchstone::campaign {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TestScript script_for(Case const& c, Panel const& panel)
{
    auto e = examined(c, panel);
    EXPECT_EQ(e.outcome, OutcomeKind::Diverge);
    return test_script(
        {.what = c, .signature = {}, .command = "", .detail = "", .examination = std::move(e)},
        panel);
}

Case counting_down_from(int n)
{
    return case_of("(module (func (export \"f\") (local i32) (local.set 0 (i32.const " +
                       std::to_string(n) +
                       ")) (loop (local.set 0 (i32.sub (local.get 0) (i32.const 1)))"
                       " (br_if 0 (local.get 0)))))",
        {{.module = 0, .function = "f", .args = {}}});
}

Rewrite starting_at(std::uint64_t n)
{
    return [n](Module& m) { m.funcs[0].body.instrs[0].imm = n; };
}

TEST(TestScript, OfAResultNeedsNoLimits)
{
    auto const c = case_of("(module (func (export \"f\") (result i32) (i32.const 7)))",
        {{.module = 0, .function = "f", .args = {}}});
    auto const s = script_for(c, panel_with(starting_at(8)));
    EXPECT_TRUE(s.shows);
    EXPECT_THAT(s.options, IsEmpty());
    EXPECT_THAT(s.text, HasSubstr("(assert_return (invoke $m0 \"f\") (i32.const 7))"));
}

TEST(TestScript, OfFuelHasFuelForOneOfTheTwo)
{
    auto const more = script_for(counting_down_from(5), panel_with(starting_at(6)));
    EXPECT_TRUE(more.shows);
    EXPECT_THAT(more.options, ElementsAre("--limits", "campaign", "--fuel", "5"));
    EXPECT_THAT(more.text, HasSubstr("(assert_return (invoke $m0 \"f\"))"));
    auto const less = script_for(counting_down_from(5), panel_with(starting_at(3)));
    EXPECT_THAT(less.options, ElementsAre("--limits", "campaign", "--fuel", "4"));
    EXPECT_THAT(less.text, HasSubstr("(assert_exhaustion (invoke $m0 \"f\") \"out of fuel\")"));
}

TEST(TestScript, OfWhatRunsOutHasTheCampaignsLimits)
{
    auto const s = script_for(counting_down_from(5'000), panel_with(starting_at(3)));
    EXPECT_TRUE(s.shows);
    EXPECT_THAT(s.options, ElementsAre("--limits", "campaign"));
    EXPECT_THAT(s.text, HasSubstr(";; To be run with: --limits campaign\n"));
}

TEST(TestScript, SaysWhatNoScriptCanShow)
{
    auto const c =
        case_of("(module (func (export \"f\")))", {{.module = 0, .function = "f", .args = {}}});
    auto const panel = panel_of([](Observation& o) { o.calls[0].fuel = 7; });
    auto const s = script_for(c, panel);
    EXPECT_FALSE(s.shows);
    EXPECT_THAT(s.text,
        HasSubstr(";; The engines differ in what no script can show: call 0: fuel 1 against 7"));
}

} // namespace
} // namespace touchstone::campaign
