#include "reports/html.hpp"

#include "reports/html_parts.hpp"
#include "tests/unit/reports/results.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace touchstone::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr auto harmless = "&lt;/script&gt;&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;";
constexpr auto hostile = "</script></pre><script>alert(1)</script>\"'<!--&amp;\u202e\u0000";

TEST(HtmlPage, ShowsCountsFailuresAndCommands)
{
    auto const page = html_page(report_of(sound_spec()));
    EXPECT_THAT(page, HasSubstr("1 failure on fast; not tried: 1 directive on fast"));
    EXPECT_THAT(page, HasSubstr("line 12 <code>assert_return</code>"));
    EXPECT_THAT(page, HasSubstr("<code>returned i32:7</code>"));
    EXPECT_THAT(page, HasSubstr("touchstone spec suite/a.wast --oracles fast<"));
    EXPECT_THAT(page, HasSubstr("<tbody class=\"item problem\" data-name=\"a.wast\">"));
    EXPECT_THAT(page, HasSubstr("<tbody class=\"item\" data-name=\"b.wast\">"));
    EXPECT_THAT(page, Not(HasSubstr("class=\"data-errors\"")));
}

TEST(HtmlPage, ShowsACampaign)
{
    auto const page = html_page(report_of(sound_campaign()));
    EXPECT_THAT(page, HasSubstr("1 bucket of findings in 100 cases"));
    EXPECT_THAT(page, HasSubstr("18446744073709551615"));
    EXPECT_THAT(page, HasSubstr("values reference/fast i32"));
    EXPECT_THAT(page, HasSubstr("call 2: i32 7 against i32 8"));
    EXPECT_THAT(page, HasSubstr("--index 311"));
    EXPECT_THAT(page, Not(HasSubstr("class=\"data-errors\"")));
}

TEST(HtmlPage, SharesDoNotRoundToAllOrNothing)
{
    EXPECT_EQ(share_text(1, 8), "12.50%");
    EXPECT_EQ(share_text(99'999, 100'000), ">99.99%");
    EXPECT_EQ(share_text(100'000, 100'000), "100.00%");
    EXPECT_EQ(share_text(1, 100'000), "<0.01%");
    EXPECT_EQ(share_text(0, 100'000), "0.00%");
    EXPECT_EQ(share_text(0, 0), "");
    EXPECT_EQ(share_text(std::nullopt, 8), "");
}

TEST(HtmlPage, ACellShowsAllThatBecameOfTheFile)
{
    EXPECT_THAT(html_page(report_of(sound_spec())),
        HasSubstr("<td class=\"bad\">1 <small>failed</small>, 3 <small>passed</small>, "
                  "1 <small>unsupported</small></td>"));
}

TEST(HtmlPage, DataErrorsStandAtTheTopAndInTheRow)
{
    auto result = sound_spec();
    result["files"][3]["passed"] = 0;
    auto const page = html_page(report_of(result));
    EXPECT_THAT(page, HasSubstr("<title>Data errors (2) - Touchstone report</title>"));
    EXPECT_THAT(page, HasSubstr("role=\"alert\""));
    EXPECT_THAT(page, HasSubstr("<tbody class=\"item problem\" data-name=\"b.wast\">"));
    EXPECT_THAT(page, HasSubstr("2 data errors: this result cannot be trusted"));
    EXPECT_THAT(page, Not(HasSubstr("<li class=\"good\">")));
}

TEST(HtmlPage, AMissingResultIsNoSuccess)
{
    auto result = sound_spec();
    result["files"].erase(3);
    EXPECT_THAT(html_page(report_of(result)), HasSubstr("<strong>no result</strong>"));
}

/// A run that fails all over shows some failures of each file, and says that there are more.
TEST(HtmlPage, ManyFailuresAreCut)
{
    auto result = sound_spec();
    for (auto const n : {60U, 6'000U}) {
        result["failures"].clear();
        for (unsigned i = 0; i < n; ++i)
            result["failures"].push_back({{"path", "suite/a.wast"}, {"line", i}, {"oracle", "fast"},
                {"directive", "get"}, {"expected", ""}, {"got", ""}, {"feature", ""}});
        auto const page = html_page(report_of(result));
        EXPECT_THAT(page, HasSubstr(n == 60 ? ">50 of 60 are shown" : ">5 of 6000 are shown"));
    }
}

TEST(HtmlPage, NoResultAtAllIsNoSuccess)
{
    Report report;
    add_unread(report, "gone.json", "No such file or directory");
    EXPECT_THAT(html_page(report), HasSubstr("<code>gone.json</code>: No such file"));
    EXPECT_THAT(html_page(report), HasSubstr("<title>Data errors (1)"));
}

/// Every text of a result is hostile: nothing of it may become markup.
TEST(HtmlPage, HostileTextStaysText)
{
    auto spec = sound_spec();
    auto campaign = sound_campaign();
    for (auto& f : spec["failures"])
        for (auto const* key : {"directive", "expected", "got", "feature"})
            f[key] = hostile;
    for (auto& f : spec["files"])
        f["reason"] = f["path"] = hostile;
    spec["files"] = {spec["files"][0], spec["files"][1]};
    spec["oracles"][1]["name"] = spec["files"][1]["oracle"] = hostile;
    spec["oracles"][1]["version"] = spec["touchstone"] = hostile;
    spec["files"][1]["unsupported"] = {{hostile, 1}};
    for (auto const* key : {"signature", "suspect", "detail", "command", "folder"})
        campaign["buckets"][0][key] = hostile;
    campaign["buckets"][0]["folders"] = {hostile};
    campaign["troubles"] = {hostile};
    campaign["outcomes"][hostile] = 0;
    campaign["calls"][hostile] = 1;
    campaign["oracles"][1]["features"] = {{hostile, 1}};
    for (auto const* key : {"generator", "touchstone"})
        campaign[key] = hostile;
    auto report = report_of(spec);
    add_result(report, hostile, campaign.dump());
    auto const page = html_page(report);
    std::size_t shown = 0;
    for (auto at = page.find(harmless); at != page.npos; at = page.find(harmless, at + 1))
        ++shown;
    EXPECT_GE(shown, 20U);
    EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
    EXPECT_THAT(page, Not(HasSubstr("<!--")));
    EXPECT_THAT(page, Not(HasSubstr("\u202e")));
    // the page's own script is the only one
    auto const script = page.find("<script");
    EXPECT_EQ(page.find("<script", script + 1), std::string::npos);
    EXPECT_THAT(page, Not(HasSubstr("</pre><script>")));
}

TEST(HtmlPage, AsksForNothing)
{
    auto const page = html_page(report_of(sound_spec()));
    EXPECT_THAT(page, HasSubstr("default-src 'none'"));
    for (auto const* word : {"http://", "https://", "src=", "@import", "url("})
        EXPECT_THAT(page, Not(HasSubstr(word))) << word;
}

} // namespace
} // namespace touchstone::reports
