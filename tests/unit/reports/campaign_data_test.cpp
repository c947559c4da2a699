// A campaign's result that is silent or contradicts itself is told, at the place.

#include "tests/unit/reports/data_error.hpp"

namespace touchstone::reports {
namespace {

TEST(CampaignData, SoundOnesHaveNoProblem)
{
    auto const report = report_of(sound_campaign());
    ASSERT_EQ(report.campaigns.size(), 1U);
    EXPECT_TRUE(problems_of(report).empty());
    auto const& run = report.campaigns[0];
    EXPECT_EQ(run.seed, 18446744073709551615U);
    EXPECT_EQ(run.oracles[2].valid, 98U);
    EXPECT_EQ(run.buckets[0].count, 5U);
}

class BrokenCampaign : public testing::TestWithParam<Break>
{};

TEST_P(BrokenCampaign, IsTold)
{
    auto const problems = problems_of(report_of(broken(sound_campaign(), GetParam())));
    expect_problem(problems, GetParam());
}

INSTANTIATE_TEST_SUITE_P(CampaignData, BrokenCampaign,
    testing::Values(Break{"/cases", "101", "outcomes", "add up to 100, and there are 101"},
        Break{"/cases", "0", "cases", "no case was run"}, Break{"/cases", "", "cases", "missing"},
        Break{"/outcomes/agree", "91", "outcomes", "add up to 101, and there are 100"},
        Break{"/outcomes/agree", "-90", "outcomes.agree", "is negative"},
        Break{"/outcomes/perfect", "0", "outcomes.perfect", "no such outcome"},
        Break{"/outcomes/diverge", "", "outcomes.diverge", "is missing"},
        Break{"/outcomes", "", "outcomes", "is missing"},
        Break{"/valid", "101", "valid", "101 exceeds `cases`, 100"},
        Break{"/instantiated", "101", "instantiated", "exceeds `valid`"},
        Break{"/valid_by/nobody", "3", "valid_by.nobody", "no such oracle"},
        Break{"/valid_by/wabt", "", "valid_by.wabt", "is missing"},
        Break{"/valid_by/wabt", "99", "valid of wabt", "99 exceeds `asked`, 98"},
        Break{"/oracles/0/asked", "99", "asked of reference", "99, and there are 100 cases"},
        Break{"/oracles/2/asked", "101", "asked of wabt", "exceeds `cases`"},
        Break{"/oracles/1/compared_to_end", "92", "compared_to_end of fast", "8 of 100 cases"},
        Break{"/oracles/2/compared_to_end", "99", "compared_to_end of wabt", "exceeds `asked`"},
        Break{"/oracles/2/stores_compared", "97", "stores_compared of wabt", "exceeds"},
        Break{"/oracles/2/cut", "99", "cut of wabt", "exceeds"},
        Break{"/oracles/2/declined", "3", "declined of wabt", "101 exceeds `cases`, 100"},
        Break{"/oracles/2/declined", "", "declined", "missing"},
        Break{"/oracles/2/features/simd", "97", "simd of wabt", "exceeds"},
        Break{"/oracles/2/name", "\"fast\"", "oracles", "fast stands there twice"},
        Break{"/oracles", "[]", "oracles", "nothing can be compared"},
        Break{"/buckets", "[]", "buckets", "hold 0 cases, and 5 diverge"},
        Break{"/buckets/0/count", "4", "buckets", "hold 4 cases, and 5 diverge"},
        Break{"/buckets/0/count", "6", "buckets", "hold 6 cases, and 5 diverge"},
        Break{"/buckets/0/signatures", "", "buckets[0].signatures", "is missing"},
        Break{"/unlocated", "1", "buckets", "hold 6 cases, and 5 diverge"},
        Break{"/unlocated", "", "unlocated", "is missing"},
        Break{"/buckets/0/count", "0", "values reference/fast i32", "a bucket of no cases"},
        Break{"/buckets/0/count", "101", "values reference/fast i32", "more cases than"},
        Break{"/buckets/0/folder", "\"no/such/folder\"", "no/such/folder", "is not there"},
        Break{"/out", "\"findings\"", "values reference/fast i32", "it has no folder"},
        Break{"/out", "", "out", "is missing"},
        Break{"/cases_per_second", "60", "cases_per_second", "is 60, and 100 cases in 2 s are 50"},
        Break{"/interrupted", "", "interrupted", "is missing"},
        Break{"/troubles", "[7]", "troubles", "where a text must be"}));

TEST(CampaignData, WhatWasNotTracedToABucketCounts)
{
    auto result = sound_campaign();
    result["buckets"][0]["count"] = 3;
    EXPECT_FALSE(problems_of(report_of(result)).empty());
    result["unlocated"] = 2;
    EXPECT_TRUE(problems_of(report_of(result)).empty());
}

TEST(CampaignData, FindingsWithoutADivergenceContradict)
{
    auto result = sound_campaign();
    result["outcomes"]["diverge"] = 0;
    result["outcomes"]["agree"] = 95;
    expect_problem(problems_of(report_of(result)),
        {.place = {}, .value = {}, .where = "buckets", .what = "5 cases, and 0 diverge"});
}

TEST(CampaignData, WhatIsNoResultIsTold)
{
    for (auto const* text : {"", "{", "\"schema\"", "[]", "null", "\xFF", "{\"schema\":7}"}) {
        Report report;
        add_result(report, "x.json", text);
        ASSERT_EQ(problems_of(report).size(), 1U) << text;
        EXPECT_EQ(problems_of(report)[0].where, "x.json");
    }
    Report report;
    add_result(report, "deep.json", std::string(1'000'000, '['));
    EXPECT_TRUE(report.unreadable);
}

} // namespace
} // namespace touchstone::reports
