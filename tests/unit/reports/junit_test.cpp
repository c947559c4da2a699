#include "reports/junit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pugixml.hpp>

namespace touchstone::reports {

namespace {

script::SuiteReport mixed()
{
    script::SuiteReport r;
    r.files.push_back({.path = "a.wast", .oracle = "fast", .directives = 2, .passed = 2});
    script::FileReport bad{
        .path = "b.wast", .oracle = "fast", .directives = 2, .passed = 1, .failed = 1};
    bad.failures.push_back({.line = 7,
        .directive = "assert_return",
        .verdict = script::Verdict::Failed,
        .expected = "returned <1> & \"2\"",
        .got = "crashed \x01\xFF"});
    r.files.push_back(bad);
    r.files.push_back(
        {.path = "c.wast", .oracle = "fast", .directives = 1, .unsupported = {{"simd", 1}}});
    r.files.push_back(
        {.path = "d.wast", .oracle = "fast", .reason = "no such file", .is_unreadable = true});
    script::FileReport known{.path = "a.wast", .oracle = "wabt", .directives = 1, .known = 1};
    known.known_failures.push_back({.line = 3,
        .directive = "assert_trap",
        .verdict = script::Verdict::Failed,
        .reason = "issue 9"});
    r.files.push_back(known);
    return r;
}

} // namespace

TEST(Junit, SaysWhatBecameOfEachFile)
{
    pugi::xml_document document;
    auto const text = junit(mixed());
    ASSERT_TRUE(document.load_string(text.c_str())) << text;
    auto const fast =
        document.child("testsuites").find_child_by_attribute("testsuite", "name", "fast");
    EXPECT_EQ(fast.attribute("tests").as_int(), 4);
    EXPECT_EQ(fast.attribute("failures").as_int(), 1);
    EXPECT_EQ(fast.attribute("errors").as_int(), 1);
    EXPECT_EQ(fast.attribute("skipped").as_int(), 1);
    auto const of = [&](char const* name) {
        return fast.find_child_by_attribute("testcase", "name", name);
    };
    EXPECT_FALSE(of("a.wast").first_child());
    EXPECT_STREQ(of("b.wast").child("failure").attribute("message").value(),
        "b.wast:7: assert_return: expected returned <1> & \"2\", got crashed \\u{1}\xEF\xBF\xBD");
    EXPECT_THAT(
        of("c.wast").child("skipped").attribute("message").value(), testing::HasSubstr("simd"));
    EXPECT_STREQ(of("d.wast").child("error").attribute("message").value(), "no such file");
    auto const wabt =
        document.child("testsuites").find_child_by_attribute("testsuite", "name", "wabt");
    EXPECT_EQ(wabt.attribute("failures").as_int(), 0);
    EXPECT_THAT(
        wabt.child("testcase").child("system-out").text().get(), testing::HasSubstr("issue 9"));
}

} // namespace touchstone::reports
