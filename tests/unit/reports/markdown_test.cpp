#include "reports/markdown.hpp"

#include "tests/unit/reports/results.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace touchstone::reports {
namespace {

using testing::HasSubstr;

TEST(Markdown, OfASuite)
{
    EXPECT_EQ(markdown(report_of(sound_spec())), R"(2 files, 8 directives:

| oracle | passed | failed | known | unsupported | skipped | not applicable | no assertion |
|---|---|---|---|---|---|---|---|
| reference 0.1.0 | 6 | 0 | 0 | 0 | 0 | 0 | 2 |
| fast 0.1.0 | 4 | 1 | 0 | 1: simd 1 | 0 | 0 | 2 |
)");
}

TEST(Markdown, NamesTheLargestFeatureFirst)
{
    auto r = sound_spec();
    r["oracles"][1]["unsupported"] = {{"b", 2}, {"a", 2}, {"c", 1'000}};
    EXPECT_THAT(markdown(report_of(r)), HasSubstr("1,004: c 1,000, a 2, b 2 |"));
}

TEST(Markdown, OfACampaign)
{
    auto const text = markdown(report_of(sound_campaign()));
    EXPECT_THAT(text, HasSubstr("100 cases (mixed 1, seed 18446744073709551615)"));
    EXPECT_THAT(text, HasSubstr("| out\\_of\\_fuel | 3 |"));
    EXPECT_THAT(text, HasSubstr("- values reference/fast i32 (5 cases, suspect fast)"));
}

TEST(Markdown, DataErrorsComeFirst)
{
    auto r = sound_spec();
    r["files"].erase(3);
    EXPECT_TRUE(markdown(report_of(r)).starts_with("**"));
    EXPECT_THAT(markdown(report_of(r)), HasSubstr("cannot be trusted"));
}

TEST(Markdown, TextStaysOneCell)
{
    auto r = sound_spec();
    r["oracles"][0]["version"] = "1 | 2\n<b>`x`";
    EXPECT_THAT(markdown(report_of(r)), HasSubstr("| reference 1 \\| 2 &lt;b&gt;\\`x\\` | 6 |"));
}

} // namespace
} // namespace touchstone::reports
