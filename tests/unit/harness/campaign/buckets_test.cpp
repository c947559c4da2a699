#include "harness/campaign/buckets.hpp"

#include "tests/unit/harness/campaign/case_of.hpp"

#include <gtest/gtest.h>

namespace touchstone::campaign {
namespace {

Signature looks(std::string kind, std::string classes = {})
{
    return {.suspect = "fast",
        .oracles = "reference/fast",
        .kind = std::move(kind),
        .classes = std::move(classes),
        .instruction = {}};
}

Location at(std::string instruction, std::string effect)
{
    return {.text = std::move(instruction), .effect = std::move(effect)};
}

TEST(Buckets, SplitWhatLooksAlikeByCause)
{
    Buckets b;
    for (std::uint64_t i = 0; i < 4; ++i)
        b.found(looks("values", "i32"), i, "i32 1 against i32 2", true);
    EXPECT_TRUE(b.awaits(3));
    EXPECT_EQ(b.settle(0, at("i32.shl", "result"))->count, 1U);
    EXPECT_EQ(b.settle(1, at("i32.sub", "result"))->count, 1U);
    EXPECT_EQ(b.settle(2, at("i32.shl", "result"))->count, 2U);
    EXPECT_EQ(b.settle(3, at("i32.shl", "result"))->count, 3U);
    EXPECT_FALSE(b.settle(3, at("i32.shl", "result"))) << "told twice";
    auto const gathered = b.gather();
    ASSERT_EQ(gathered.buckets.size(), 2U);
    EXPECT_EQ(gathered.buckets[0].cause.text(), "i32.shl: result, reference/fast");
    EXPECT_EQ(gathered.buckets[0].count, 3U);
    EXPECT_EQ(gathered.unlocated, 0U);
}

TEST(Buckets, JoinWhatLooksDifferentByCause)
{
    Buckets b;
    b.found(looks("values", "i32"), 7, "", true);
    b.found(looks("memory"), 9, "", true);
    (void)b.settle(9, at("i32.shl", "result"));
    (void)b.settle(7, at("i32.shl", "result"));
    auto const gathered = b.gather();
    ASSERT_EQ(gathered.buckets.size(), 1U);
    EXPECT_EQ(gathered.buckets[0].signatures.size(), 2U);
    EXPECT_EQ(gathered.buckets[0].count, 2U);
}

TEST(Buckets, CountEveryFindingOnce)
{
    Buckets b;
    for (std::uint64_t i = 0; i < 5; ++i)
        b.found(looks("values", "i32"), i, "", i < 2);
    (void)b.settle(0, at("i32.shl", "result"));
    (void)b.settle(1, std::nullopt);
    b.found(looks("trap"), 5, "never located", false);
    b.found(looks("end"), 6, "its worker died", true);
    auto const gathered = b.gather();
    std::uint64_t counted = gathered.unlocated;
    for (auto const& bucket : gathered.buckets)
        counted += bucket.count;
    EXPECT_EQ(counted, 7U);
    EXPECT_EQ(gathered.unlocated, 3U);
    EXPECT_EQ(gathered.buckets.size(), 4U);
}

TEST(Buckets, MergeWhatMinimizingShowsToBeOneBug)
{
    Buckets b;
    b.found(looks("values", "i32"), 0, "", true);
    b.found(looks("memory"), 1, "", true);
    b.found(looks("values", "i64"), 2, "", true);
    auto const first = b.settle(0, at("i32.load", "result"))->bucket;
    auto const second = b.settle(1, at("i64.store8", "memory"))->bucket;
    auto const third = b.settle(2, at("i64.load", "result"))->bucket;
    auto const with_growth =
        case_of("(module (memory 1) (func (drop (memory.grow (i32.const 1)))))", {});
    auto const without = case_of("(module (memory 1) (func))", {});
    b.recorded(first, "a", refined(b.all()[first].cause, with_growth), 5);
    b.recorded(second, "b", refined(b.all()[second].cause, with_growth), 6);
    b.recorded(third, "c", refined(b.all()[third].cause, without), 2);
    auto const gathered = b.gather();
    ASSERT_EQ(gathered.buckets.size(), 2U);
    EXPECT_EQ(gathered.buckets[0].cause.instruction, "memory access after memory.grow");
    EXPECT_EQ(gathered.buckets[0].folders, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(gathered.buckets[1].cause.instruction, "i64.load");
}

TEST(Cause, GrowthItselfIsNoAccessAfterGrowth)
{
    auto const c = case_of("(module (memory 1) (func (drop (memory.grow (i32.const 1)))))", {});
    auto const cause = cause_of(looks("values"), at("memory.grow", "result"));
    EXPECT_EQ(refined(cause, c), cause);
    auto const add = cause_of(looks("values"), at("i32.add", "result"));
    EXPECT_EQ(refined(add, c), add);
}

} // namespace
} // namespace touchstone::campaign
