// Whatever an engine does in its process, the case that did it is named and everything goes on.

#include "oracles/isolated.hpp"

#include "tests/unit/oracles/texts.hpp"

#include <gmock/gmock.h>

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

namespace touchstone {
namespace {

using std::chrono::milliseconds;

/// Does what the calls of a case are named; modules are ignored.
class Misbehaving final : public Oracle
{
public:
    [[nodiscard]] OracleInfo const& info() const override { return info_; }

    [[nodiscard]] std::vector<Observation> observe(
        std::span<Task const> tasks, Limits const& limits) override
    {
        std::vector<Observation> all;
        for (auto const& t : tasks) {
            Observation o;
            for (auto const& c : t.what->calls) {
                CallObservation step;
                step.end = End::Returned;
                step.fuel = limits.fuel_per_call;
                step.detail = act(c);
                if (seen_)
                    seen_(step);
                o.calls.push_back(std::move(step));
            }
            all.push_back(std::move(o));
        }
        return all;
    }

    void watch(std::function<void(CallObservation const&)> const& seen) override { seen_ = seen; }

private:
    static std::string act(Call const& c)
    {
        if (c.function == "segv")
            std::raise(SIGSEGV);
        if (c.function == "abort") {
            std::fputs("assertion failed: engine.c:7\n", stderr);
            std::abort();
        }
        if (c.function == "exit")
            std::_Exit(3);
        if (c.function == "hang")
            for (;;)
                usleep(1'000);
        if (c.function == "grow")
            for (;;)
                kept_ = new char[1 << 20];
        if (c.function == "creep") // past operator new
            for (;;) {
                auto* const at = mmap(
                    nullptr, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
                if (at == MAP_FAILED)
                    std::abort();
                static_cast<char*>(at)[0] = 1;
            }
        if (c.function == "talk")
            return std::string(1 << 20, 'x');
        if (c.function == "pid")
            return std::to_string(getpid());
        return "done";
    }

    inline static char* volatile kept_ = nullptr;
    OracleInfo info_{.name = "misbehaving", .version = "7", .code_base = "none"};
    std::function<void(CallObservation const&)> seen_;
};

MakeOracle misbehaving()
{
    return [] { return std::make_unique<Misbehaving>(); };
}

Case doing(std::vector<std::string> what)
{
    Case c;
    for (auto& w : what)
        c.calls.push_back({0, std::move(w), {}});
    return c;
}

std::vector<Observation> observe(Oracle& oracle, std::vector<Case> const& cases)
{
    std::vector<Task> tasks;
    for (auto const& c : cases)
        tasks.push_back({&c, c.calls.size()});
    auto seen = oracle.observe(tasks, {.fuel_per_call = 77});
    EXPECT_EQ(seen.size(), cases.size());
    return seen;
}

// AddressSanitizer takes seconds to report a signal
IsolationLimits const quick{.time_per_case = milliseconds{6'000}, .memory_bytes = 256ULL << 20};

TEST(Isolation, TellsWhoIsInside)
{
    auto const oracle = isolate(misbehaving(), quick);
    ASSERT_TRUE(oracle) << oracle.error();
    EXPECT_EQ((*oracle)->info().name, "misbehaving");
    EXPECT_EQ((*oracle)->info().version, "7");
}

TEST(Isolation, SaysWhyTheOracleCannotBeMade)
{
    auto const refused = isolate([] {
        return std::expected<std::unique_ptr<Oracle>, std::string>{std::unexpect, "not today"};
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), "not today");
    auto const died = isolate([]() -> std::expected<std::unique_ptr<Oracle>, std::string> {
        std::fputs("bad luck\n", stderr);
        std::_Exit(1);
    });
    ASSERT_FALSE(died);
    EXPECT_THAT(died.error(), testing::HasSubstr("bad luck"));
    auto const threw = isolate([]() -> std::expected<std::unique_ptr<Oracle>, std::string> {
        throw std::runtime_error{"out of cheese"};
    });
    ASSERT_FALSE(threw);
    EXPECT_EQ(threw.error(), "out of cheese");
}

TEST(Isolation, EachMishapNamesItsCaseAndItsStep)
{
    auto const oracle = isolate(misbehaving(), quick);
    ASSERT_TRUE(oracle) << oracle.error();
    std::vector<Case> cases;
    std::vector<std::pair<std::string, End>> const mishaps{{"segv", End::Crashed},
        {"abort", End::Crashed}, {"exit", End::Crashed}, {"hang", End::TimedOut},
        {"grow", End::Refused}};
    for (auto const& m : mishaps) {
        cases.push_back(doing({"fine", "fine"}));
        cases.push_back(doing({"fine", m.first, "fine"}));
        cases.push_back(doing({m.first}));
        cases.push_back(doing({"fine"}));
    }
    auto const seen = observe(**oracle, cases);
    for (std::size_t i = 0; i < mishaps.size(); ++i) {
        SCOPED_TRACE(mishaps[i].first);
        EXPECT_EQ(seen[4 * i].calls[1].end, End::Returned);
        EXPECT_EQ(seen[4 * i].calls[1].fuel, 77U);
        auto const& middle = seen[4 * i + 1].calls;
        ASSERT_EQ(middle.size(), 3U);
        EXPECT_EQ(middle[0].end, End::Returned);
        EXPECT_EQ(middle[1].end, mishaps[i].second) << middle[1].detail;
        EXPECT_EQ(middle[2].end, End::NotRun);
        EXPECT_EQ(seen[4 * i + 2].calls[0].end, mishaps[i].second);
        EXPECT_EQ(seen[4 * i + 3].calls[0].end, End::Returned);
    }
    // AddressSanitizer reports the signal and exits
    EXPECT_THAT(seen[2].calls[0].detail, testing::AnyOf(testing::HasSubstr("signal 11"),
                                             testing::HasSubstr("AddressSanitizer: SEGV")));
    EXPECT_THAT(seen[6].calls[0].detail, testing::HasSubstr("assertion failed: engine.c:7"));
    EXPECT_THAT(seen[10].calls[0].detail, testing::HasSubstr("exit status 3"));
}

TEST(Isolation, MemoryIsLimitedAlsoPastTheAllocator)
{
    auto const oracle = isolate(
        misbehaving(), {.time_per_case = milliseconds{20'000}, .memory_bytes = 64ULL << 20});
    ASSERT_TRUE(oracle) << oracle.error();
    auto const seen = observe(**oracle, {doing({"creep"}), doing({"fine"})});
    EXPECT_THAT(seen[0].calls[0].end, testing::AnyOf(End::Refused, End::Crashed));
    EXPECT_EQ(seen[1].calls[0].end, End::Returned);
}

TEST(Isolation, AFreshChildServesAfterSoManyCases)
{
    auto limits = quick;
    limits.cases_per_child = 64;
    auto const oracle = isolate(misbehaving(), limits);
    ASSERT_TRUE(oracle) << oracle.error();
    auto const seen = observe(**oracle, std::vector<Case>(200, doing({"pid"})));
    EXPECT_EQ(seen[0].calls[0].detail, seen[63].calls[0].detail);
    EXPECT_NE(seen[63].calls[0].detail, seen[64].calls[0].detail);
    EXPECT_EQ(seen[64].calls[0].detail, seen[127].calls[0].detail);
    EXPECT_NE(seen[0].calls[0].detail, std::to_string(getpid()));
}

TEST(Isolation, LargeCasesAndAnswersPassOrAreRefusedAloud)
{
    auto limits = quick;
    limits.exchange_bytes = 4 << 20;
    limits.time_per_case = milliseconds{5'000};
    auto const oracle = isolate(misbehaving(), limits);
    ASSERT_TRUE(oracle) << oracle.error();
    auto large = doing({"fine"});
    large.modules.push_back({"m", std::vector<std::uint8_t>(3 << 20)});
    auto larger = doing({"fine"});
    larger.modules.push_back({"m", std::vector<std::uint8_t>(5 << 20)});
    auto const seen = observe(**oracle,
        {doing({"fine"}), large, large, larger, doing({"talk"}), doing({"talk", "talk"}),
            doing({"talk", "talk"}), doing({"talk", "talk", "talk", "talk"}), doing({"fine"})});
    EXPECT_EQ(seen[1].calls[0].end, End::Returned);
    EXPECT_EQ(seen[2].calls[0].end, End::Returned);
    EXPECT_EQ(seen[3].instantiations[0].end, End::Refused);
    EXPECT_EQ(seen[4].calls[0].detail.size(), 1U << 20);
    EXPECT_EQ(seen[6].calls[1].detail.size(), 1U << 20);
    EXPECT_EQ(seen[7].calls[0].end, End::Refused);
    EXPECT_EQ(seen[8].calls[0].end, End::Returned);
}

bool gone(int pid)
{
    for (int tries = 0; tries < 200; ++tries) {
        std::ifstream stat{"/proc/" + std::to_string(pid) + "/stat"};
        std::string const text{std::istreambuf_iterator<char>{stat}, {}};
        if (text.empty() ||
            text[text.rfind(')') + 2] == 'Z') // of no use any more, whoever reaps it
            return true;
        std::this_thread::sleep_for(milliseconds{10});
    }
    return false;
}

TEST(Isolation, TheServerMayDie)
{
    auto const oracle = isolate(misbehaving(), quick);
    ASSERT_TRUE(oracle) << oracle.error();
    auto const child = std::stoi(observe(**oracle, {doing({"pid"})})[0].calls[0].detail);
    std::ifstream stat{"/proc/" + std::to_string(child) + "/stat"};
    std::string const text{std::istreambuf_iterator<char>{stat}, {}};
    auto const server = std::stoi(text.substr(text.rfind(')') + 4));
    ASSERT_NE(server, getpid());
    kill(server, SIGKILL);
    ASSERT_TRUE(gone(child)) << "it dies of its parent's death, soon";
    auto const seen = observe(**oracle, {doing({"fine"}), doing({"fine"})});
    EXPECT_EQ(seen[0].calls[0].end, End::Refused);
    EXPECT_EQ(seen[1].calls[0].end, End::Returned);
}

TEST(Isolation, NothingIsLeftWhenTheOracleGoes)
{
    auto oracle = isolate(misbehaving(), quick);
    ASSERT_TRUE(oracle) << oracle.error();
    auto const child = std::stoi(observe(**oracle, {doing({"pid"})})[0].calls[0].detail);
    oracle->reset();
    EXPECT_TRUE(gone(child));
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1); // no child, and no zombie either
}

TEST(Isolation, NothingIsLeftWhenTheParentIsKilled)
{
    std::array<int, 2> pipe_ends{};
    ASSERT_EQ(pipe(pipe_ends.data()), 0);
    auto const parent = fork();
    if (parent == 0) {
        auto const oracle = isolate(misbehaving(), {.time_per_case = milliseconds{60'000}});
        auto const child = observe(**oracle, {doing({"pid"})})[0].calls[0].detail + "\n";
        if (write(pipe_ends[1], child.data(), child.size()) > 0)
            static_cast<void>(observe(**oracle, {doing({"hang"})}));
        std::_Exit(0);
    }
    std::array<char, 32> text{};
    ASSERT_GT(read(pipe_ends[0], text.data(), text.size() - 1), 0);
    auto const child = static_cast<pid_t>(std::strtol(text.data(), nullptr, 10));
    ASSERT_GT(child, 0);
    EXPECT_EQ(kill(child, 0), 0);
    kill(parent, SIGKILL);
    waitpid(parent, nullptr, 0);
    EXPECT_TRUE(gone(child));
    close(pipe_ends[0]);
    close(pipe_ends[1]);
}

} // namespace
} // namespace touchstone
