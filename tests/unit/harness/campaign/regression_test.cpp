#include "harness/campaign/regression.hpp"

#include "cases/file.hpp"
#include "tests/unit/harness/campaign/case_of.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include <unistd.h>

namespace touchstone::campaign {
namespace {

namespace fs = std::filesystem;

class AddRegression : public testing::Test
{
protected:
    void SetUp() override { fs::remove_all(folder_); }
    void TearDown() override { fs::remove_all(folder_); }

    fs::path finding(std::string const& name, std::string const& constant)
    {
        auto const c =
            case_of("(module (func (export \"f\") (result i32) (i32.const " + constant + ")))",
                {{.module = 0, .function = "f", .args = {}}});
        auto const where = folder_ / name;
        EXPECT_TRUE(save_case(c, where));
        EXPECT_TRUE(save_case(c, where / "original"));
        std::ofstream{where / "finding.json"} << R"({"signature": "values reference/fast i32"})";
        return where;
    }

    fs::path folder_ =
        fs::temp_directory_path() / ("touchstone-corpus-" + std::to_string(getpid()));
    fs::path corpus_ = folder_ / "corpus";
};

TEST_F(AddRegression, NumbersAndNamesThem)
{
    auto const first = add_regression(finding("a", "1"), corpus_);
    ASSERT_TRUE(first) << first.error();
    EXPECT_EQ(first->folder.filename(), "0001-values-reference-fast-i32");
    EXPECT_TRUE(load_case(first->folder));
    EXPECT_FALSE(fs::exists(first->folder / "original"));
    auto const located = finding("b", "2");
    std::ofstream{located / "finding.json"}
        << R"({"signature": "x", "instruction": "i32.shl", "location": {"effect": "result"}})";
    auto const second = add_regression(located, corpus_);
    EXPECT_EQ(second->folder.filename(), "0002-i32.shl-result");
}

TEST_F(AddRegression, TakesEachCaseOnce)
{
    auto const first = add_regression(finding("a", "1"), corpus_);
    auto const again = add_regression(finding("b", "1"), corpus_);
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->is_new);
    EXPECT_EQ(again->folder, first->folder);
}

TEST_F(AddRegression, SaysWhyItCannot)
{
    auto const nothing = add_regression(folder_ / "nothing", corpus_);
    ASSERT_FALSE(nothing);
    EXPECT_NE(nothing.error().find("nothing"), std::string::npos);
    auto const wrong = add_regression(finding("a", "1"), "/dev/null/corpus");
    ASSERT_FALSE(wrong);
    EXPECT_NE(wrong.error().find("/dev/null"), std::string::npos);
}

} // namespace
} // namespace touchstone::campaign
