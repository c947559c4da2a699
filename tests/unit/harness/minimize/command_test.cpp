#include "harness/minimize/command.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace touchstone::minimize {
namespace {

using Words = std::vector<std::string>;

TEST(SplitCommand, KeepsQuotedWordsTogether)
{
    EXPECT_EQ(split_command("a  b\tc").value(), (Words{"a", "b", "c"}));
    EXPECT_EQ(
        split_command("a 'b c' \"d \\\" e\" f\\ g").value(), (Words{"a", "b c", "d \" e", "f g"}));
    EXPECT_EQ(split_command("'' x'y'z").value(), (Words{"", "xyz"}));
    EXPECT_EQ(split_command("$(rm) ; | > &").value(), (Words{"$(rm)", ";", "|", ">", "&"}));
}

TEST(SplitCommand, SaysWhatIsOpen)
{
    EXPECT_FALSE(split_command("a 'b").has_value());
    EXPECT_FALSE(split_command("a \"b").has_value());
    EXPECT_FALSE(split_command("a \\").has_value());
    EXPECT_FALSE(split_command("  ").has_value());
}

TEST(RunProcess, TellsHowItEnded)
{
    EXPECT_EQ(run_process({"true"}, {}).value(), 0);
    EXPECT_EQ(run_process({"sh", "-c", "exit 3"}, {}).value(), 3);
    EXPECT_EQ(run_process({"sh", "-c", "kill -SEGV $$"}, {}).value(), 128 + 11);
    EXPECT_FALSE(run_process({"/no/such/program"}, {}).has_value());
}

TEST(RunProcess, KillsTheWholeGroupInTheEnd)
{
    auto const start = std::chrono::steady_clock::now();
    EXPECT_EQ(run_process({"sh", "-c", "sleep 60 & sleep 60"}, {.seconds = 0.2}).value(), 124);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{10});
}

TEST(RunProcess, LimitsMemory)
{
    EXPECT_NE(run_process({"sh", "-c", "head -c 300000000 /dev/zero | tail"},
                  {.seconds = 10, .memory_bytes = 64U << 20})
                  .value(),
        0);
}

} // namespace
} // namespace touchstone::minimize
