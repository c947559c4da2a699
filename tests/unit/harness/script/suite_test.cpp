#include "harness/script/suite.hpp"

#include "tests/unit/harness/script/fake_session.hpp"

#include <gmock/gmock.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace touchstone::script {

using testing::ElementsAre;
using testing::HasSubstr;

class FakeOracle final : public Oracle
{
public:
    OracleInfo const& info() const override { return info_; }
    std::vector<Observation> observe(std::span<Task const>, Limits const&) override { return {}; }
    std::unique_ptr<Session> session(SessionOptions const&) override
    {
        auto s = std::make_unique<FakeSession>();
        s->answers["f"] = returned({Value::from_i32(7)});
        s->on_invoke = [](std::string const& function) {
            if (function == "crash")
                std::abort();
            if (function == "hang")
                pause();
            if (function == "throw")
                throw std::runtime_error{"an engine that throws"};
        };
        return s;
    }

private:
    OracleInfo info_{
        .name = "fake", .features = FakeSession::supported_features(), .has_text = true};
};

class RunSuite : public testing::Test
{
protected:
    RunSuite()
    {
        folder = std::filesystem::temp_directory_path() /
                 ("touchstone-suite-test-" + std::to_string(getpid()));
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
    }
    ~RunSuite() override { std::filesystem::remove_all(folder); }

    std::string write(std::string const& name, std::string_view text)
    {
        auto const path = folder / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream{path, std::ios::binary} << text;
        return path.string();
    }

    SuiteReport run(std::vector<std::string> const& files, SuiteOptions options = {})
    {
        options.jobs = 3;
        return run_suite(files,
            {{.name = "fake", .make = [] { return std::make_unique<FakeOracle>(); }}}, options);
    }

    std::filesystem::path folder;
};

static constexpr auto good =
    "(module (func (export \"f\")))\n(assert_return (invoke \"f\") (i32.const 7))";

TEST_F(RunSuite, CountsAndOrder)
{
    auto const bad =
        write("a.wast", std::string{good} + "\n(assert_return (invoke \"f\") (i32.const 8))"
                                            "\n(module (memory i64 1))");
    auto const fine = write("b.wast", good);
    auto const report = run({bad, fine});
    ASSERT_EQ(report.files.size(), 2U);
    EXPECT_EQ(report.files[0].path, bad);
    EXPECT_EQ(report.files[0].passed, 1U);
    EXPECT_EQ(report.files[0].failed, 1U);
    EXPECT_EQ(report.files[0].modules, 1U);
    EXPECT_EQ(report.files[0].unsupported.at("memory64"), 1U);
    ASSERT_EQ(report.files[0].failures.size(), 1U);
    EXPECT_EQ(report.files[0].failures[0].line, 3U);
    EXPECT_EQ(report.files[0].failures[0].directive, "assert_return");
    EXPECT_EQ(report.files[0].failures[0].got, "returned i32:7");
    EXPECT_EQ(report.files[1].passed, 1U);
    EXPECT_EQ(report.files[1].failed, 0U);
    EXPECT_GT(report.peak_rss_bytes, 0U);
}

TEST_F(RunSuite, ACrashCostsOneFileAndNamesItsLine)
{
    auto const crashes = write("a.wast", std::string{good} + "\n(invoke \"crash\")");
    auto const throws = write("b.wast", std::string{good} + "\n\n(invoke \"throw\")");
    auto const fine = write("c.wast", good);
    auto const report = run({crashes, throws, fine});
    EXPECT_EQ(report.files[0].crashed, 1U);
    ASSERT_EQ(report.files[0].failures.size(), 1U);
    EXPECT_EQ(report.files[0].failures[0].line, 3U);
    EXPECT_EQ(report.files[1].crashed, 1U);
    ASSERT_EQ(report.files[1].failures.size(), 1U);
    EXPECT_EQ(report.files[1].failures[0].line, 4U);
    EXPECT_EQ(report.files[2].passed, 1U);
}

TEST_F(RunSuite, AHangFailsInTime)
{
    auto const report = run({write("a.wast", std::string{good} + "\n(invoke \"hang\")")},
        {.timeout = std::chrono::seconds{1}});
    EXPECT_EQ(report.files[0].failed, 1U);
    ASSERT_EQ(report.files[0].failures.size(), 1U);
    EXPECT_EQ(report.files[0].failures[0].line, 3U);
    EXPECT_THAT(report.files[0].failures[0].got, HasSubstr("1 s"));
}

TEST_F(RunSuite, WhatIsNoScriptFails)
{
    auto const report = run({write("syntax.wast", std::string{good} + "\n(assert_return"),
        write("bytes.wast", "\xFF\xFE\0\x80 ((")});
    for (auto const& f : report.files) {
        EXPECT_EQ(f.failed, 1U) << f.path;
        EXPECT_EQ(f.passed, 0U) << f.path;
    }
    EXPECT_GE(report.files[0].failures.at(0).line, 3U);
}

TEST_F(RunSuite, WhatCannotBeReadIsNoFailure)
{
    for (auto const& f :
        run({(folder / "absent.wast").string(), folder.string(), "/dev/zero"}).files) {
        EXPECT_TRUE(f.is_unreadable) << f.path;
        EXPECT_FALSE(f.reason.empty()) << f.path;
        EXPECT_EQ(f.failed + f.passed + f.crashed, 0U) << f.path;
    }
    EXPECT_FALSE(run({write("good.wast", good)}).files.at(0).is_unreadable);
}

TEST_F(RunSuite, ScriptsOfProposalsAreUnsupportedWhereTheyCannotBeRead)
{
    constexpr auto beyond = "(module (type (cont 0)))";
    auto const unreadable = write("next/stack-switching/a.wast", beyond);
    auto const wrong = write("next/stack-switching/b.wast",
        std::string{good} + "\n(assert_return (invoke \"f\") (i32.const 8))");
    auto const elsewhere = write("stack-switching/c.wast", beyond);
    auto const report = run({unreadable, wrong, elsewhere});
    EXPECT_EQ(report.files[0].failed, 0U);
    EXPECT_EQ(report.files[0].unsupported.at("stack-switching"), 1U);
    EXPECT_EQ(report.files[1].failed, 1U);
    EXPECT_EQ(report.files[2].failed, 1U);
}

TEST_F(RunSuite, AnEmptyScriptRunsNothing)
{
    auto const report = run({write("empty.wast", "")});
    EXPECT_EQ(report.files[0].failed, 0U);
    EXPECT_EQ(report.files[0].passed, 0U);
}

TEST_F(RunSuite, AnUnusableEngineFails)
{
    auto const report = run_suite({write("a.wast", good)},
        {{.name = "none", .make = []() -> std::unique_ptr<Oracle> { return nullptr; }}}, {});
    EXPECT_EQ(report.files.at(0).failed, 1U);
    EXPECT_EQ(report.files.at(0).oracle, "none");
}

TEST_F(RunSuite, Collecting)
{
    auto const b = write("b.wast", "");
    auto const a = write("a.wast", "");
    auto const inner = write("simd/c.wast", "");
    auto const legacy = write("legacy/d.wast", "");
    write("readme.txt", "");
    auto const root = folder.string();
    EXPECT_THAT(collect_scripts({root}, false).value(), ElementsAre(a, b, inner));
    EXPECT_THAT(collect_scripts({root}, true).value(), ElementsAre(a, b, legacy, inner));
    EXPECT_THAT(
        collect_scripts({(folder / "legacy").string(), b}, false).value(), ElementsAre(legacy, b));
    EXPECT_FALSE(collect_scripts({root + "/nowhere"}, false).has_value());
}

} // namespace touchstone::script
