#include "harness/campaign/campaign.hpp"

#include "cases/file.hpp"
#include "oracles/in_process.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include <csignal>
#include <unistd.h>

namespace touchstone::campaign {
namespace {

Settings settings(std::uint64_t count, unsigned jobs)
{
    Settings s;
    s.oracles = {"reference", "fast"};
    s.count = count;
    s.jobs = jobs;
    return s;
}

Result run_quietly(Settings const& s)
{
    auto r = run(s, [](Progress const&) {});
    EXPECT_TRUE(r) << r.error();
    return std::move(*r);
}

TEST(Campaign, RunsExactlyTheCasesAskedForWhateverTheJobs)
{
    auto const one = run_quietly(settings(101, 1));
    auto const three = run_quietly(settings(101, 3));
    EXPECT_EQ(one.tally.cases, 101U);
    EXPECT_EQ(three.tally.cases, 101U);
    EXPECT_EQ(one.tally.sum_of_outcomes(), 101U);
    EXPECT_EQ(one.tally.executed_instructions, three.tally.executed_instructions);
    EXPECT_EQ(one.tally.ends, three.tally.ends);
    EXPECT_TRUE(one.buckets.empty());
}

TEST(Campaign, SaysWhichOracleIsMissing)
{
    auto s = settings(1, 1);
    s.oracles = {"reference", "no-such-engine"};
    auto const r = run(s, [](Progress const&) {});
    ASSERT_FALSE(r);
    EXPECT_NE(r.error().find("no-such-engine"), std::string::npos);
}

TEST(Campaign, EndsWhenTimeIsUp)
{
    auto s = settings(0, 1);
    s.count.reset();
    s.seconds = 0.3;
    auto const r = run_quietly(s);
    EXPECT_GT(r.tally.cases, 0U);
}

// Engines that die, hang or lie on purpose, at cases 103 and 203.
enum class Fault : std::uint8_t
{
    Dies,
    Hangs,
    HangsInWorkers, ///< and not when it is tried again
    Lies,
};

Settings settings_with(Fault fault)
{
    auto s = settings(250, 2);
    s.features = make_fast_oracle()->info().features; // so that it is asked whatever the generator
    s.case_seconds = 0.5;
    s.make_panel = [fault](std::span<std::string const> names, Isolation isolation) {
        auto panel = make_panel(names, isolation);
        panel->members[1].observe = [fault, isolation](Prepared const& p, std::size_t calls,
                                        Limits const& limits) {
            auto seen = observe_fast(p, calls, limits);
            if (!p.what->origin.ends_with("03"))
                return seen;
            switch (fault) {
            case Fault::Dies: std::raise(SIGKILL); break;
            case Fault::HangsInWorkers:
                if (isolation == Isolation::All)
                    break;
                [[fallthrough]];
            case Fault::Hangs:
                while (true)
                    pause();
            case Fault::Lies: seen.instantiations[0].end = End::Invalid; break;
            }
            return seen;
        };
        return panel;
    };
    return s;
}

// What kills a worker costs the case it was at, which becomes a finding; all others still run.
TEST(Campaign, SurvivesEnginesThatDie)
{
    auto const r = run_quietly(settings_with(Fault::Dies));
    EXPECT_EQ(r.tally.cases, 250U);
    EXPECT_EQ(r.tally.sum_of_outcomes(), 250U);
    EXPECT_EQ(r.tally.diverge, 2U);
    ASSERT_EQ(r.buckets.size(), 1U);
    EXPECT_EQ(r.buckets[0].count, 2U);
    EXPECT_EQ(r.buckets[0].signatures.at(0).kind, "crash");
    EXPECT_EQ(r.buckets[0].cause.suspect, "fast");
    EXPECT_EQ(r.buckets[0].signatures.at(0).classes, "signal 9");
}

TEST(Campaign, EndsEnginesThatHang)
{
    auto const r = run_quietly(settings_with(Fault::Hangs));
    EXPECT_EQ(r.tally.cases, 250U);
    ASSERT_EQ(r.buckets.size(), 1U);
    EXPECT_EQ(r.buckets[0].signatures.at(0).classes, "hang");
    EXPECT_EQ(r.buckets[0].count, 2U);
}

TEST(Campaign, BusyMachinesMakeNoFindings)
{
    auto const r = run_quietly(settings_with(Fault::HangsInWorkers));
    EXPECT_EQ(r.tally.cases, 250U);
    EXPECT_EQ(r.tally.sum_of_outcomes(), 250U);
    EXPECT_TRUE(r.buckets.empty());
    EXPECT_EQ(r.tally.diverge, 0U);
    auto const reason = static_cast<std::size_t>(Reason::TimedOut);
    EXPECT_EQ(r.tally.inconclusive[reason], 2U);
    EXPECT_EQ(r.tally.first_inconclusive[reason].index(), 103U);
    EXPECT_TRUE(r.troubles.empty());
}

TEST(Campaign, WritesASampleOfEachBucket)
{
    auto const out = std::filesystem::temp_directory_path() /
                     ("touchstone-campaign-" + std::to_string(getpid()));
    auto s = settings_with(Fault::Lies);
    s.out = out;
    s.samples = 1;
    auto const r = run_quietly(s);
    ASSERT_EQ(r.buckets.size(), 1U);
    EXPECT_EQ(r.buckets[0].count, 2U);
    EXPECT_EQ(r.buckets[0].signatures.at(0).kind, "end");
    ASSERT_EQ(r.buckets[0].folders.size(), 1U);
    EXPECT_TRUE(std::filesystem::exists(r.buckets[0].folders[0] + "/finding.json"));
    EXPECT_TRUE(r.troubles.empty());
    std::filesystem::remove_all(out);
}

TEST(Campaign, MinimizesTheFirstSampleAndKeepsTheOriginal)
{
    auto const out = std::filesystem::temp_directory_path() /
                     ("touchstone-minimized-" + std::to_string(getpid()));
    auto s = settings_with(Fault::Lies);
    s.out = out;
    s.minimize = [](Case const& c, Panel const&, Signature const&) {
        auto smaller = c;
        smaller.calls.clear();
        return smaller;
    };
    auto const r = run_quietly(s);
    ASSERT_EQ(r.buckets.size(), 1U);
    EXPECT_TRUE(r.buckets[0].instructions);
    ASSERT_EQ(r.buckets[0].folders.size(), 2U);
    std::filesystem::path const first = r.buckets[0].folders[0];
    EXPECT_TRUE(load_case(first)->calls.empty());
    EXPECT_FALSE(load_case(first / "original")->calls.empty());
    EXPECT_FALSE(
        std::filesystem::exists(std::filesystem::path{r.buckets[0].folders[1]} / "original"));
    std::filesystem::remove_all(out);
}

TEST(Campaign, SaysWhenFindingsCannotBeWritten)
{
    auto s = settings_with(Fault::Lies);
    s.out = "/dev/null/no-folder";
    auto const r = run_quietly(s);
    EXPECT_EQ(r.buckets.size(), 1U);
    EXPECT_FALSE(r.troubles.empty());
}

} // namespace
} // namespace touchstone::campaign
