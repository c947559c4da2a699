#include "reports/headline.hpp"

#include "tests/unit/reports/results.hpp"

#include <gtest/gtest.h>

namespace touchstone::reports {
namespace {

using Tone = Headline::Tone;

Headline of_spec(nlohmann::ordered_json const& result)
{
    return headline_of(report_of(result).specs.at(0));
}

Headline of_campaign(nlohmann::ordered_json const& result)
{
    return headline_of(report_of(result).campaigns.at(0));
}

/// The sound result with only its first oracle, which passes everything.
nlohmann::ordered_json all_pass()
{
    auto r = sound_spec();
    r["oracles"].erase(1);
    r["files"] = {r["files"][0], r["files"][2]};
    r["failures"].clear();
    return r;
}

nlohmann::ordered_json nothing_found()
{
    auto r = sound_campaign();
    r["buckets"].clear();
    r["outcomes"]["diverge"] = 0;
    r["outcomes"]["agree"] = 95;
    r["oracles"][1]["compared_to_end"] = 100;
    return r;
}

TEST(HeadlineOfASuite, IsGoodOnlyWhereAllWasTried)
{
    EXPECT_EQ(of_spec(all_pass()).tone, Tone::Good);
    EXPECT_EQ(of_spec(all_pass()).text, "nothing failed");
    auto r = all_pass();
    for (auto* counts : {&r["oracles"][0], &r["files"][0]}) {
        (*counts)["passed"] = (*counts)["passed"].get<int>() - 1;
        (*counts)["unsupported"] = {{"simd", 1}};
    }
    EXPECT_EQ(of_spec(r).tone, Tone::Partial);
    EXPECT_EQ(of_spec(r).text, "nothing failed; not tried: 1 directive on reference");
}

TEST(HeadlineOfASuite, IsBadWhereSomethingFailedOrNothingPassed)
{
    EXPECT_EQ(of_spec(sound_spec()).tone, Tone::Bad);
    auto r = all_pass();
    r["files"][1]["unreadable"] = true;
    EXPECT_EQ(of_spec(r).text, "suite/b.wast cannot be read");
    r = all_pass();
    for (auto* counts : {&r["oracles"][0], &r["files"][0], &r["files"][1]}) {
        (*counts)["not_applicable"] = (*counts)["passed"];
        (*counts)["passed"] = 0;
    }
    EXPECT_EQ(of_spec(r).tone, Tone::Bad);
    EXPECT_EQ(of_spec(r).text, "nothing passed on reference");
}

TEST(HeadlineOfASuite, IsBadWhereTheDataAre)
{
    auto r = all_pass();
    r.erase("touchstone");
    EXPECT_EQ(of_spec(r).tone, Tone::Bad);
    EXPECT_EQ(of_spec(r).text, "1 data error: this result cannot be trusted");
}

TEST(HeadlineOfACampaign, FollowsFindingsAndTroubles)
{
    EXPECT_EQ(of_campaign(sound_campaign()).tone, Tone::Bad);
    EXPECT_EQ(of_campaign(nothing_found()).tone, Tone::Good);
    EXPECT_EQ(of_campaign(nothing_found()).text, "nothing found in 100 cases");
    auto r = nothing_found();
    r["interrupted"] = true;
    EXPECT_EQ(of_campaign(r).tone, Tone::Partial);
    r["troubles"] = {"a worker died between cases"};
    EXPECT_EQ(of_campaign(r).tone, Tone::Bad);
    r = nothing_found();
    r["outcomes"] = {{"agree", 0}, {"diverge", 0}, {"out_of_fuel", 98}, {"rejected", 2}};
    EXPECT_EQ(of_campaign(r).tone, Tone::Bad);
    EXPECT_EQ(of_campaign(r).text, "nothing found in 100 cases: no two engines were seen to agree");
}

} // namespace
} // namespace touchstone::reports
