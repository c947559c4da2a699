// A suite's result that is silent or contradicts itself is told, at the place.

#include "tests/unit/reports/data_error.hpp"

namespace touchstone::reports {
namespace {

TEST(SpecData, SoundOnesHaveNoProblem)
{
    auto const report = report_of(sound_spec());
    ASSERT_EQ(report.specs.size(), 1U);
    EXPECT_TRUE(problems_of(report).empty());
    auto const& run = report.specs[0];
    ASSERT_EQ(run.files.size(), 2U);
    EXPECT_EQ(run.files[0].path, "suite/a.wast");
    auto const& cell = *run.files[0].cells[1];
    EXPECT_EQ(cell.counts.passed, 3U);
    EXPECT_EQ(named(cell.counts.unsupported, "simd"), 1U);
    ASSERT_EQ(cell.failures.size(), 1U);
    EXPECT_EQ(cell.failures[0].line, 12U);
}

TEST(SpecData, CrashesAreCountedApart)
{
    auto result = sound_spec();
    result["files"][1]["crashed"] = 1; // and `failed`, which counts it, stays 1
    result["oracles"][1]["crashed"] = 1;
    result["oracles"][1]["failed"] = 0;
    auto const report = report_of(result);
    EXPECT_TRUE(problems_of(report).empty());
    EXPECT_EQ(report.specs[0].files[0].cells[1]->counts.failed, 0U);
}

TEST(SpecData, AFileCutShortNeedNotHaveAsManyDirectives)
{
    auto result = sound_spec();
    auto& cell = result["files"][3];
    cell["directives"] = 1;
    cell["done"] = cell["passed"] = cell["modules"] = 0;
    cell["failed"] = 1;
    result["failures"].push_back(
        {{"path", "suite/b.wast"}, {"line", 1}, {"oracle", "fast"}, {"directive", "script"},
            {"expected", "the script to run to its end"}, {"got", "no end"}, {"feature", ""}});
    auto& o = result["oracles"][1];
    o["directives"] = 7;
    o["done"] = o["modules"] = 1;
    o["passed"] = 3;
    o["failed"] = 2;
    EXPECT_TRUE(problems_of(report_of(result)).empty());
}

class BrokenSpec : public testing::TestWithParam<Break>
{};

TEST_P(BrokenSpec, IsTold)
{
    auto const problems = problems_of(report_of(broken(sound_spec(), GetParam())));
    expect_problem(problems, GetParam());
}

INSTANTIATE_TEST_SUITE_P(SpecData, BrokenSpec,
    testing::Values(
        Break{"/schema", "\"touchstone.spec/2\"", "result.json", "no report of touchstone.spec/2"},
        Break{"/schema", "", "result.json", "no `schema`"},
        Break{"/touchstone", "", "touchstone", "is missing"},
        Break{"/oracles", "", "oracles", "is missing"},
        Break{"/oracles", "[]", "oracles", "there is none"},
        Break{"/oracles", "{}", "oracles", "is no list but object"},
        Break{"/oracles/0", "7", "oracles[0]", "is no object but number"},
        Break{"/oracles/0", "", "files[0]", "no such oracle"},
        Break{"/oracles/1/name", "\"reference\"", "oracles[1]", "twice"},
        Break{"/oracles/1/passed", "5", "passed of fast", "total is 5, and its files add up to 4"},
        Break{"/oracles/1/passed", "-4", "oracles[1].passed", "is negative: -4"},
        Break{"/oracles/1/passed", "4.5", "oracles[1].passed", "is no whole number: 4.5"},
        Break{"/oracles/1/passed", "\"4\"", "oracles[1].passed", "is no number but string"},
        Break{"/oracles/1/passed", "", "oracles[1].passed", "is missing"},
        Break{"/oracles/1/modules", "3", "modules of fast", "total is 3"},
        Break{"/oracles/1/unsupported/simd", "0", "unsupported.simd of fast", "files add up to 1"},
        Break{"/oracles/1/unsupported/simd", "-1", "oracles[1].unsupported.simd", "is negative"},
        Break{"/oracles/1/unsupported", "[]", "oracles[1].unsupported", "no object of counts"},
        Break{"/oracles/1/directives", "9", "fast", "add up to 8 directives, and there are 9"},
        Break{"/files", "[]", "files", "nothing ran"},
        Break{"/files/3", "", "suite/b.wast on fast", "there is no result"},
        Break{"/files/3/oracle", "\"nobody\"", "files[3]", "no such oracle"},
        Break{"/files/3/oracle", "\"reference\"", "files[3]", "twice"},
        Break{"/files/3/passed", "0", "suite/b.wast on fast", "add up to 1 directives"},
        Break{"/files/3/crashed", "1", "files[3].crashed", "exceeds"},
        Break{"/files/3/unreadable", "1", "files[3].unreadable", "neither true nor false"},
        Break{"/files/0/directives", "7", "suite/a.wast on fast", "7 on another oracle"},
        Break{"/files/1/failed", "18446744073709551615", "suite/a.wast on fast", "1 failures are"},
        Break{"/files/1/failed", "0", "suite/a.wast on fast", "0 directives failed, and 1"},
        Break{"/failures", "[]", "suite/a.wast on fast", "1 directives failed, and 0"},
        Break{"/failures/0/path", "\"suite/c.wast\"", "failures[0]", "no such pair"},
        Break{"/failures/0/oracle", "\"wabt\"", "failures[0]", "no such pair"},
        Break{"/failures/0/line", "", "failures[0].line", "is missing"},
        Break{"/user_seconds", "-1.5", "user_seconds", "is negative"}));

} // namespace
} // namespace touchstone::reports
