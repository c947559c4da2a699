// What a process counted comes back, also if it dies.

#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"
#include "oracles/in_process.hpp"
#include "oracles/isolated.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <sys/wait.h>
#include <unistd.h>

namespace touchstone::tests {
namespace {

using reference::RuleName;

TEST(RuleSums, OutliveTheProcessThatCounted)
{
    RuleSums sums;
    for (int process = 0; process < 2; ++process) {
        auto const pid = fork();
        ASSERT_GE(pid, 0);
        if (pid == 0) {
            reference::RuleCounts counts;
            counts.add(RuleName::Nop, 5);
            counts.instructions[1] = 7;
            sums.take(counts);
            counts.add(RuleName::Drop); // and dies before it could tell
            raise(SIGKILL);
        }
        waitpid(pid, nullptr, 0);
    }
    auto const counts = sums.read();
    EXPECT_EQ(counts[RuleName::Nop], 10U);
    EXPECT_EQ(counts[RuleName::StepPure], 10U);
    EXPECT_EQ(counts[RuleName::Drop], 0U);
    EXPECT_EQ(counts.instructions[1], 14U);
}

TEST(RuleSums, TakeEachCountOnce)
{
    RuleSums sums;
    reference::RuleCounts counts;
    counts.add(RuleName::Nop);
    sums.take(counts);
    EXPECT_EQ(counts[RuleName::Nop], 0U);
    sums.take(counts);
    EXPECT_EQ(sums.read()[RuleName::Nop], 1U);
}

TEST(RuleSums, AreThoseOfAnIsolatedReference)
{
    auto module = parse_module(R"((func (export "f") nop) (func (export "g") unreachable))");
    ASSERT_TRUE(module);
    auto const sums = std::make_shared<RuleSums>();
    auto const oracle = isolate([&sums] { return make_reference_oracle(sums); });
    ASSERT_TRUE(oracle) << oracle.error();
    auto const session = (*oracle)->session({.limits = Limits::for_spec()});
    std::optional<Session::Instance> instance;
    ASSERT_EQ(session->instantiate(encode(*module), instance).end, End::Returned);
    ASSERT_TRUE(instance);
    EXPECT_EQ(session->invoke(*instance, "f", {}).end, End::Returned);
    EXPECT_EQ(session->invoke(*instance, "g", {}).end, End::Trapped);
    EXPECT_EQ(sums->read()[RuleName::Nop], 1U);
    EXPECT_EQ(sums->read()[RuleName::Unreachable], 1U);
}

} // namespace
} // namespace touchstone::tests
