#include "reports/finding_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include <unistd.h>

namespace touchstone::reports {
namespace {

namespace fs = std::filesystem;

class FindingFolder : public testing::Test
{
protected:
    FindingFolder()
        : root_{fs::temp_directory_path() / ("touchstone-reports-" + std::to_string(getpid()))}
    {
        fs::remove_all(root_);
        fs::create_directories(root_ / "f");
        write("finding.json",
            R"({"schema": "touchstone.finding/1", "signature": "values a/b", "detail": "7 against 6",
            "answers": [{"oracle": "a", "answer": "returned i32 7"}]})");
        write("0.wat", "(module)");
        write("test.wast", "(assert_return)");
    }
    ~FindingFolder() override { fs::remove_all(root_); }

    void write(std::string const& name, std::string const& text)
    {
        std::ofstream{root_ / "f" / name, std::ios::binary} << text;
    }

    [[nodiscard]] CampaignBucket read(std::string folder = {}) const
    {
        CampaignBucket b;
        b.signature = "values a/b";
        b.folder = folder.empty() ? (root_ / "f").string() : std::move(folder);
        read_folder(b, root_ / "campaign.json");
        return b;
    }

    void expect_one_problem(std::string const& what)
    {
        auto const b = read();
        ASSERT_EQ(b.problems.size(), 1U);
        EXPECT_THAT(b.problems[0].what, testing::HasSubstr(what));
    }

    fs::path root_;
};

TEST_F(FindingFolder, GivesTextsAndAnswers)
{
    auto const b = read();
    EXPECT_TRUE(b.problems.empty());
    ASSERT_EQ(b.texts.size(), 2U);
    EXPECT_EQ(b.texts[0].text, "(module)");
    EXPECT_EQ(b.texts[1].name, "test.wast");
    ASSERT_EQ(b.answers.size(), 1U);
    EXPECT_EQ(b.answers[0].answer, "returned i32 7");
    EXPECT_EQ(b.folder_detail, "7 against 6");
}

TEST_F(FindingFolder, IsLookedForBesideTheResult)
{
    EXPECT_TRUE(read("f").problems.empty());
}

TEST_F(FindingFolder, PrefersTheMinimizedModule)
{
    write("min.wat", "(module $min)");
    EXPECT_EQ(read().texts[0].name, "min.wat");
}

TEST_F(FindingFolder, CutsWhatIsLong)
{
    write("0.wat", std::string(200'000, 'x'));
    EXPECT_TRUE(read().texts[0].is_cut);
    EXPECT_EQ(read().texts[0].text.size(), 100'000U);
}

TEST_F(FindingFolder, TellsWhatIsMissing)
{
    fs::remove(root_ / "f" / "test.wast");
    expect_one_problem("no test.wast");
    write("test.wast", "");
    fs::remove(root_ / "f" / "0.wat");
    expect_one_problem("no text of a module");
    write("0.wat", "");
    fs::remove(root_ / "f" / "finding.json");
    expect_one_problem("no finding.json");
}

TEST_F(FindingFolder, TellsAFindingOfAnotherBucket)
{
    write("finding.json",
        R"({"schema": "touchstone.finding/1", "signature": "crash a", "detail": "", "answers": []})");
    expect_one_problem("the signature crash a");
    CampaignBucket of_a_cause;
    of_a_cause.signature = "i32.shl result a/b";
    of_a_cause.signatures = {"values a/b", "crash a"};
    of_a_cause.folder = (root_ / "f").string();
    read_folder(of_a_cause, {});
    EXPECT_TRUE(of_a_cause.problems.empty());
    write("finding.json", R"({"schema": "touchstone.finding/1", "detail": "", "answers": []})");
    expect_one_problem("no signature");
    for (auto const* text : {"", "[]", "{}", R"({"schema": 7})"}) {
        write("finding.json", text);
        expect_one_problem("no touchstone.finding/1");
    }
    write("finding.json",
        R"({"schema": "touchstone.finding/1", "signature": "values a/b", "detail": ""})");
    expect_one_problem("no `answers`");
    write("finding.json",
        R"({"schema": "touchstone.finding/1", "signature": "values a/b", "answers": []})");
    expect_one_problem("no detail");
    write("finding.json",
        R"({"schema": "touchstone.finding/1", "signature": "values a/b", "detail": "", "answers": [7]})");
    expect_one_problem("without `oracle`");
}

TEST_F(FindingFolder, TellsThatItIsGone)
{
    fs::remove_all(root_ / "f");
    expect_one_problem("is not there");
}

} // namespace
} // namespace touchstone::reports
