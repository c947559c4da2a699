#include "reports/html_text.hpp"

#include <gtest/gtest.h>

namespace touchstone::reports {
namespace {

TEST(HtmlText, EscapesMarkup)
{
    EXPECT_EQ(html_text("</script><img src=\"x\" onerror='y'>&"),
        "&lt;/script&gt;&lt;img src=&quot;x&quot; onerror=&#39;y&#39;&gt;&amp;");
}

TEST(HtmlText, KeepsText)
{
    EXPECT_EQ(html_text("a\n\tb \xC3\xA4 \xE2\x82\xAC \xF0\x9F\x98\x80"),
        "a\n\tb \xC3\xA4 \xE2\x82\xAC \xF0\x9F\x98\x80");
}

TEST(HtmlText, SpellsOutWhatWouldAct)
{
    using namespace std::string_view_literals;
    EXPECT_EQ(html_text("a\0b\x1b[31m\r\x7f"sv), "a\\u{0}b\\u{1b}[31m\\u{d}\\u{7f}");
    EXPECT_EQ(html_text("\xE2\x80\xAE\xE2\x81\xA6\xEF\xBB\xBF\xC2\x85"),
        "\\u{202e}\\u{2066}\\u{feff}\\u{85}");
}

TEST(HtmlText, ReplacesWhatIsNoUtf8)
{
    // a lone continuation, a cut sequence, an overlong '<', a surrogate, beyond the last character
    EXPECT_EQ(html_text("\x80"), "\xEF\xBF\xBD");
    EXPECT_EQ(html_text("\xE2\x82"), "\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(html_text("\xE2<"), "\xEF\xBF\xBD&lt;");
    EXPECT_EQ(html_text("\xC0\xBC").find('<'), std::string::npos);
    EXPECT_EQ(html_text("\xE0\x80\xBC"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(html_text("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
    EXPECT_EQ(html_text("\xF4\x90\x80\x80").substr(0, 3), "\xEF\xBF\xBD");
}

TEST(HtmlCount, GroupsDigits)
{
    EXPECT_EQ(html_count(0), "0");
    EXPECT_EQ(html_count(999), "999");
    EXPECT_EQ(html_count(1'000), "1,000");
    EXPECT_EQ(html_count(1'234'567), "1,234,567");
    EXPECT_EQ(html_count(std::nullopt), "?");
}

} // namespace
} // namespace touchstone::reports
