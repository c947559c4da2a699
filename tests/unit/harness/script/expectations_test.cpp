#include "harness/script/expectations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace touchstone::script {

namespace {

using testing::HasSubstr;
using testing::SizeIs;

class Expectations : public testing::Test
{
protected:
    void SetUp() override { std::filesystem::create_directories(folder_); }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    std::expected<std::vector<Expectation>, std::string> load(std::string const& text)
    {
        auto const path = (folder_ / "known.toml").string();
        std::ofstream{path} << text;
        return load_expectations(path);
    }

    std::filesystem::path folder_ = std::filesystem::temp_directory_path() /
                                    ("touchstone-expectations-" + std::to_string(getpid()));
};

/// a.wast on `fast` fails in lines 3 and 5.
SuiteReport failing()
{
    SuiteReport report;
    FileReport f{
        .path = "suite/a.wast", .oracle = "fast", .directives = 4, .passed = 2, .failed = 2};
    for (auto const line : {3U, 5U})
        f.failures.push_back(
            {.line = line, .directive = "assert_return", .verdict = Verdict::Failed});
    report.files.push_back(f);
    report.files.push_back(
        {.path = "suite/a.wast", .oracle = "wabt", .directives = 4, .passed = 4});
    return report;
}

} // namespace

TEST_F(Expectations, MakeFailuresKnown)
{
    auto const e = load("[[failure]]\nfile = \"a.wast\"\nline = 3\noracle = \"fast\"\n"
                        "reason = \"rounds\"\nlink = \"issue 7\"\n");
    ASSERT_TRUE(e) << e.error();
    auto report = failing();
    EXPECT_THAT(apply(*e, report), SizeIs(0));
    auto const& f = report.files[0];
    EXPECT_EQ(f.failed, 1U);
    EXPECT_EQ(f.known, 1U);
    EXPECT_EQ(f.failures.at(0).line, 5U);
    EXPECT_EQ(f.known_failures.at(0).line, 3U);
    EXPECT_EQ(f.known_failures.at(0).reason, "rounds");
}

TEST_F(Expectations, WithoutALineTakeTheWholeFile)
{
    auto report = failing();
    auto const e = load("[[failure]]\nfile = \"suite/a.wast\"\nreason = \"all of it\"\n");
    ASSERT_TRUE(e) << e.error();
    EXPECT_THAT(apply(*e, report), SizeIs(0));
    EXPECT_EQ(report.files[0].known, 2U);
    EXPECT_EQ(report.files[0].failed, 0U);
}

TEST_F(Expectations, TellWhatIsGone)
{
    auto report = failing();
    auto const e =
        load("[[failure]]\nfile = \"a.wast\"\noracle = \"wabt\"\nreason = \"was wrong\"\n"
             "[[failure]]\nfile = \"a.wast\"\nline = 4\noracle = \"fast\"\nreason = \"too\"\n"
             "[[failure]]\nfile = \"other.wast\"\nreason = \"did not run\"\n");
    ASSERT_TRUE(e) << e.error();
    auto const gone = apply(*e, report);
    ASSERT_THAT(gone, SizeIs(2));
    EXPECT_EQ(gone[0].text(), "a.wast on wabt");
    EXPECT_EQ(gone[1].text(), "a.wast:4 on fast");
    EXPECT_EQ(gone[1].place, 5U);
    EXPECT_EQ(report.files[0].failed, 2U);
}

TEST_F(Expectations, NamesAreWhole)
{
    auto report = failing();
    auto const e = load("[[failure]]\nfile = \".wast\"\nreason = \"no file has this name\"\n");
    ASSERT_TRUE(e) << e.error();
    EXPECT_THAT(apply(*e, report), SizeIs(0));
    EXPECT_EQ(report.files[0].known, 0U);
}

TEST_F(Expectations, SayWhatIsWrongAndWhere)
{
    EXPECT_THAT(load("[[failure]]\nfile = \"a.wast\"\n").error(),
        HasSubstr("line 1: a failure without `reason`"));
    EXPECT_THAT(load("[[failure]]\nfile = 3\nreason = \"x\"\n").error(),
        HasSubstr("line 2: `file` is not a text"));
    EXPECT_THAT(load("[[failure]]\nfile = \"a\"\nreason = \"x\"\nline = -1\n").error(),
        HasSubstr("line 4"));
    EXPECT_THAT(load("[[failure]]\nfile = \"a\"\nreason = \"x\"\nlime = 1\n").error(),
        HasSubstr("a failure has no `lime`"));
    EXPECT_THAT(load("[[failures]]\n").error(), HasSubstr("no list of [[failure]]"));
    EXPECT_THAT(load("failure = [").error(), HasSubstr("known.toml: line"));
    EXPECT_FALSE(load_expectations("/no/such/file").has_value());
}

} // namespace touchstone::script
