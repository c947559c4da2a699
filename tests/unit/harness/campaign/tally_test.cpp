#include "harness/campaign/tally.hpp"
#include "tests/unit/harness/campaign/case_of.hpp"
#include "tests/unit/harness/campaign/panel_of.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace touchstone::campaign {
namespace {

TEST(Histogram, MediansAreTheSmallestValueThatHalfDoNotExceed)
{
    Histogram<16> h;
    EXPECT_EQ(h.quantile(500), 0U);
    for (auto const v : {1, 2, 3, 4, 100})
        h.add(static_cast<std::uint64_t>(v));
    EXPECT_EQ(h.quantile(500), 3U);
    EXPECT_EQ(h.quantile(1'000), 15U) << "the last cell is 'or more'";
    EXPECT_EQ(h.total(), 5U);
}

TEST(Tally, OutcomesAddUpToTheCases)
{
    constexpr auto text = R"((module (func (export "f") (result i32) (i32.const 7))
        (func (export "spin") (loop (br 0)))))";
    auto const t = std::make_unique<Tally>();
    auto const right = panel_of([](Observation&) {});
    auto const wrong = panel_of([](Observation& o) { o.calls[0].end = End::Crashed; });
    for (auto const* const function : {"f", "spin"})
        for (auto const& panel : {right, wrong}) {
            auto const c = case_of(text, {{.module = 0, .function = function, .args = {}}});
            t->add(examined(c, panel), 7);
        }
    t->add_death();
    EXPECT_EQ(t->cases, 5U);
    EXPECT_EQ(t->sum_of_outcomes(), t->cases);
    EXPECT_EQ(t->agree, 1U);
    EXPECT_EQ(t->out_of_fuel, 1U);
    EXPECT_EQ(t->diverge, 3U);
    EXPECT_EQ(t->members[1].asked, 4U);
    EXPECT_EQ(t->members[1].to_end, 2U);

    auto const sum = std::make_unique<Tally>(*t);
    sum->add(*t);
    EXPECT_EQ(sum->cases, 10U);
    EXPECT_EQ(sum->sum_of_outcomes(), 10U);
    EXPECT_EQ(sum->executed_instructions, 2 * t->executed_instructions);
}

TEST(Tally, NamesTheFirstCaseOfWhatIsInconclusive)
{
    auto const c =
        case_of(R"((module (func (export "f"))))", {{.module = 0, .function = "f", .args = {}}});
    auto const slow = examined(c, panel_of([](Observation& o) { o.calls[0].end = End::TimedOut; }));
    auto const t = std::make_unique<Tally>();
    auto const& first = t->first_inconclusive[static_cast<std::size_t>(Reason::TimedOut)];
    EXPECT_EQ(first.index(), std::nullopt);
    t->add(slow, 9);
    t->add(slow, 0);
    t->add(slow, 4);
    EXPECT_EQ(first.index(), 0U);
    auto const sum = std::make_unique<Tally>();
    sum->add(slow, 3);
    sum->add(*t);
    sum->add(*std::make_unique<Tally>());
    EXPECT_EQ(sum->first_inconclusive[static_cast<std::size_t>(Reason::TimedOut)].index(), 0U);
}

} // namespace
} // namespace touchstone::campaign
