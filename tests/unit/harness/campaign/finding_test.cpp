#include "cases/file.hpp"
#include "harness/campaign/finding.hpp"
#include "tests/unit/harness/campaign/case_of.hpp"
#include "tests/unit/harness/campaign/panel_of.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include <unistd.h>

namespace touchstone::campaign {
namespace {

namespace fs = std::filesystem;

/// A folder of the test's own, gone afterwards.
class WriteFinding : public testing::Test
{
protected:
    void SetUp() override
    {
        folder_ = fs::temp_directory_path() / ("touchstone-finding-" + std::to_string(getpid()));
        fs::remove_all(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    [[nodiscard]] static Finding finding(Panel const& panel)
    {
        auto const c = case_of(R"((module (func (export "f") (result i32) (i32.const 7))))",
            {{.module = 0, .function = "f", .args = {}}});
        auto e = examined(c, panel);
        auto s = signature_of(c, e, panel);
        return {.what = c,
            .signature = s,
            .command = "touchstone repro",
            .detail = "7 against 6",
            .examination = std::move(e)};
    }

    fs::path folder_;
};

std::string contents(fs::path const& file)
{
    std::ifstream in{file};
    return {std::istreambuf_iterator<char>{in}, {}};
}

TEST_F(WriteFinding, LeavesAFolderThatSaysEverything)
{
    auto const panel = panel_of([](Observation& o) { o.calls[0].values[0].lo = 6; });
    auto const f = finding(panel);
    ASSERT_TRUE(write_finding(f, panel, folder_ / "x"));
    EXPECT_EQ(load_case(folder_ / "x").value().calls, f.what.calls);
    EXPECT_EQ(signature_in(folder_ / "x").value(), f.signature.text());
    EXPECT_NE(contents(folder_ / "x" / "test.wast").find("(i32.const 7)"), std::string::npos);
    EXPECT_NE(contents(folder_ / "x" / "0.wat").find("i32.const 7"), std::string::npos);
    auto const told = contents(folder_ / "x" / "finding.json");
    EXPECT_NE(told.find(R"("answer": "returned i32 7")"), std::string::npos) << told;
    EXPECT_NE(told.find(R"("answer": "returned i32 6")"), std::string::npos) << told;
    EXPECT_EQ(access((folder_ / "x" / "repro.sh").c_str(), X_OK), 0);
    EXPECT_EQ(std::distance(fs::directory_iterator{folder_}, {}), 1) << "nothing partial is left";
}

TEST_F(WriteFinding, SaysWhyItCannot)
{
    fs::create_directories(folder_);
    std::ofstream{folder_ / "file"} << "in the way";
    auto const panel = panel_of([](Observation& o) { o.calls[0].values[0].lo = 6; });
    auto const written = write_finding(finding(panel), panel, folder_ / "file" / "x");
    ASSERT_FALSE(written);
    EXPECT_NE(written.error().find("file"), std::string::npos);
}

TEST_F(WriteFinding, ReplacesFindingsOnly)
{
    auto const panel = panel_of([](Observation& o) { o.calls[0].values[0].lo = 6; });
    auto const f = finding(panel);
    EXPECT_TRUE(write_finding(f, panel, folder_ / "x/")) << "a trailing slash is the same folder";
    EXPECT_TRUE(write_finding(f, panel, folder_ / "x"));
    fs::create_directories(folder_ / "mine");
    std::ofstream{folder_ / "mine" / "thesis.txt"} << "precious";
    EXPECT_FALSE(write_finding(f, panel, folder_ / "mine"));
    EXPECT_FALSE(write_finding(f, panel, folder_ / "mine/"));
    EXPECT_EQ(contents(folder_ / "mine" / "thesis.txt"), "precious");
}

TEST_F(WriteFinding, NamesOfModulesAreNoPaths)
{
    auto const panel = panel_of([](Observation& o) { o.calls[0].values[0].lo = 6; });
    auto f = finding(panel);
    f.what.modules[0].name = "../outside";
    ASSERT_TRUE(write_finding(f, panel, folder_ / "in" / "x"));
    EXPECT_FALSE(fs::exists(folder_ / "in" / "outside.wat"));
    EXPECT_TRUE(fs::exists(folder_ / "in" / "x" / "0.wat"));
}

TEST_F(WriteFinding, AFolderWithoutOneIsAnError)
{
    EXPECT_FALSE(signature_in(folder_));
}

} // namespace
} // namespace touchstone::campaign
