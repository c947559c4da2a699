#include "harness/mutants/mutants.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include <csignal>
#include <unistd.h>

namespace touchstone::mutants {
namespace {

// A switch of this process that the second engine of the panel obeys, at cases whose index ends in
// `at`: what a build with planted faults has inside.
enum class Wrong : std::uint8_t
{
    Lies,
    Dies,
    Hangs,
};

bool is_on = false;

/// An engine that is wrong with the fault on, or always.
Settings settings_with(Wrong wrong, std::string const& at, bool also_faultless = false)
{
    Settings s;
    s.layers = {"smith"};
    s.budget = 20;
    s.case_seconds = 0.5;
    s.faults = {{.id = "wrong",
        .fault_class = "test",
        .turn = [](bool on) { is_on = on; },
        .start_counting = [] {},
        .counted = [] { return Passes{4, 1}; }}};
    s.make_panel = [=](std::span<std::string const>, campaign::Isolation isolation) {
        std::vector<std::string> const names{"reference", "fast"};
        auto panel = campaign::make_panel(names, isolation);
        panel->members[1].observe = [=](Prepared const& p, std::size_t calls,
                                        Limits const& limits) {
            auto seen = observe_fast(p, calls, limits);
            if (!p.what->origin.ends_with(at) || !(is_on || also_faultless))
                return seen;
            switch (wrong) {
            case Wrong::Lies: seen.instantiations[0].end = End::Invalid; break;
            case Wrong::Dies: std::raise(SIGKILL); break;
            case Wrong::Hangs:
                while (true)
                    pause();
            }
            return seen;
        };
        return panel;
    };
    return s;
}

Hunt hunt_of(Settings const& s)
{
    is_on = false;
    auto const r = run(s, [](Progress const&) {});
    EXPECT_TRUE(r) << r.error();
    EXPECT_FALSE(is_on);
    EXPECT_EQ(r->faults.size(), 1U);
    EXPECT_EQ(r->faults[0].is_killed(), r->faults[0].hunts.at(0).first.has_value());
    return r->faults[0].hunts.at(0);
}

TEST(Mutants, TellsTheFirstCaseAtWhichAFaultIsNoticed)
{
    auto const h = hunt_of(settings_with(Wrong::Lies, "7"));
    ASSERT_TRUE(h.first);
    EXPECT_EQ(h.first->index, 7U);
    EXPECT_EQ(h.cases, 8U);
    EXPECT_FALSE(h.first->is_death);
    EXPECT_NE(h.first->signature.find("end reference/fast"), std::string::npos);
}

TEST(Mutants, SaysWhenTheBudgetEnds)
{
    auto const h = hunt_of(settings_with(Wrong::Lies, "no such case"));
    EXPECT_FALSE(h.first);
    EXPECT_EQ(h.cases, 20U);
    EXPECT_EQ(h.unsound, 0U);
}

// What diverges without the fault as well says nothing about it.
TEST(Mutants, CountsOnlyWhatTheFaultlessBuildIsSilentOn)
{
    auto const h = hunt_of(settings_with(Wrong::Lies, "7", true));
    EXPECT_FALSE(h.first);
    EXPECT_EQ(h.unsound, 2U); // cases 7 and 17
}

TEST(Mutants, NoticesAFaultThatKillsTheProcess)
{
    auto const h = hunt_of(settings_with(Wrong::Dies, "3"));
    ASSERT_TRUE(h.first);
    EXPECT_EQ(h.first->index, 3U);
    EXPECT_TRUE(h.first->is_death);
    EXPECT_EQ(h.first->signature, "crash fast signal 9");
}

TEST(Mutants, NoticesAFaultThatHangs)
{
    auto const h = hunt_of(settings_with(Wrong::Hangs, "3"));
    ASSERT_TRUE(h.first);
    EXPECT_EQ(h.first->signature, "crash fast hang");
}

TEST(Mutants, GoesOnBehindACaseThatAlsoKillsTheFaultlessBuild)
{
    auto const h = hunt_of(settings_with(Wrong::Dies, "3", true));
    EXPECT_FALSE(h.first);
    EXPECT_EQ(h.unsound, 2U); // cases 3 and 13
    EXPECT_EQ(h.cases, 20U);
}

// One process hunts several faults: what it dies of is told of the one that was on.
TEST(Mutants, TellsFaultsApart)
{
    auto s = settings_with(Wrong::Dies, "3");
    auto silent = s.faults[0];
    silent.turn = [](bool) {};
    s.faults = {silent, s.faults[0], silent, s.faults[0]};
    for (unsigned const jobs : {1U, 3U}) {
        s.jobs = jobs;
        std::size_t told = 0;
        auto const r = run(s, [&told](Progress const& p) {
            EXPECT_EQ(p.of, 4U);
            EXPECT_EQ(p.done, ++told);
        });
        ASSERT_TRUE(r);
        EXPECT_EQ(told, 4U);
        for (std::size_t f = 0; f < 4; ++f)
            EXPECT_EQ(r->faults[f].is_killed(), f % 2 == 1) << f;
        EXPECT_EQ(r->faults[1].hunts[0].first->index, 3U);
        EXPECT_EQ(r->faults[2].hunts[0].cases, 20U);
    }
}

TEST(Mutants, CountsHowOftenAFaultWouldShow)
{
    auto const s = settings_with(Wrong::Lies, "no such case");
    auto const r = run(s, [](Progress const&) {});
    ASSERT_TRUE(r);
    EXPECT_EQ(r->sampled, 20U);
    EXPECT_EQ(r->faults[0].passes.passed, 80U);
    EXPECT_EQ(r->faults[0].passes.shown, 20U);
}

TEST(Mutants, SaysWhenThereAreNoEngines)
{
    auto s = settings_with(Wrong::Lies, "7");
    s.oracles = {"no-such-engine"};
    s.make_panel = campaign::make_panel;
    EXPECT_FALSE(run(s, [](Progress const&) {}));
}

TEST(Mutants, LooksAtScriptsAsALayer)
{
    auto const folder =
        std::filesystem::temp_directory_path() / ("touchstone-mutants-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    auto const path = folder / "one.wast";
    std::ofstream{path} << "(module (func (export \"f\")))\n(assert_return (invoke \"f\"))\n";
    auto s = settings_with(Wrong::Lies, "7");
    s.layers = {"suite"};
    s.suite = folder.string();
    s.scripts = {path.string()};
    auto const h = hunt_of(s);
    EXPECT_FALSE(h.first);
    EXPECT_EQ(h.cases, 1U);
    std::filesystem::remove_all(folder);
}

} // namespace
} // namespace touchstone::mutants
