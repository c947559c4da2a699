// Threads of a store, which take turns (engine/reference/interleaving.hpp).

#include "tests/unit/engine/execution/every_engine.hpp"

#include <set>

namespace touchstone::tests {
namespace {

constexpr auto shared = R"(
    (memory (export "m") 1 1 shared)
    (func (export "increment") (param i32)
        (loop
            (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
            (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
    (func (export "atomically") (param i32)
        (loop
            (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
            (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
    (func (export "get") (result i32) (i32.load (i32.const 0)))
    (func (export "wait") (param i64) (result i32)
        (memory.atomic.wait32 (i32.const 8) (i32.const 0) (local.get 0)))
    (func (export "notify") (param i32) (result i32)
        (memory.atomic.notify (i32.const 8) (local.get 0)))
    (func (export "store then load") (param i32 i32) (result i32)
        (i32.store (local.get 0) (i32.const 1))
        (i32.load (local.get 1))))";

/// What two threads that call this function leave at address 0.
std::uint64_t sum_of_two(std::string_view function, std::uint64_t seed)
{
    Program const p{shared};
    p.store()->thread_seed(seed);
    auto const run = [&p, function] { EXPECT_THAT(p.call(function, 20), Returns()); };
    auto const t = p.store()->thread_start(run);
    EXPECT_TRUE(t.has_value());
    run();
    p.store()->thread_join(*t);
    return p.call("get").values.at(0).lo;
}

TEST(Threads, LoseWhatIsNotAtomic)
{
    std::set<std::uint64_t> sums;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        EXPECT_EQ(sum_of_two("atomically", seed), 40U);
        auto const sum = sum_of_two("increment", seed);
        EXPECT_EQ(sum_of_two("increment", seed), sum) << "the same seed, the same interleaving";
        sums.insert(sum);
    }
    EXPECT_GE(sums.size(), 3U);
    EXPECT_GE(*sums.begin(), 2U);
    EXPECT_LE(*sums.rbegin(), 40U);
}

// Of two threads that store and then load the other's place, at least one sees the other's 1.
TEST(Threads, AreSequentiallyConsistent)
{
    std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        Program const p{shared};
        p.store()->thread_seed(seed);
        std::uint64_t first = 2;
        auto const t = p.store()->thread_start(
            [&] { first = p.call("store then load", 16, 20).values.at(0).lo; });
        auto const second = p.call("store then load", 20, 16).values.at(0).lo;
        p.store()->thread_join(*t);
        seen.emplace(first, second);
    }
    EXPECT_THAT(
        seen, testing::ElementsAre(testing::Pair(0, 1), testing::Pair(1, 0), testing::Pair(1, 1)));
}

TEST(Threads, WaitUntilNotified)
{
    Program const p{shared};
    auto const waits = [&p] { EXPECT_THAT(p.call("wait", -1), Returns(0)); };
    auto const a = p.store()->thread_start(waits);
    auto const b = p.store()->thread_start(waits);
    std::uint64_t woken = 0;
    for (int tries = 0; woken < 2 && tries < 10'000; ++tries)
        woken += p.call("notify", 1).values.at(0).lo;
    EXPECT_EQ(woken, 2U);
    p.store()->thread_join(*a);
    p.store()->thread_join(*b);
    EXPECT_THAT(p.call("notify", 9), Returns(0));
}

TEST(Threads, SleepInTheOrderOfTheirTimes)
{
    Program const p{shared};
    std::vector<int> order;
    auto const sleeper = [&](int name, std::int64_t nanoseconds) {
        return *p.store()->thread_start([&, name, nanoseconds] {
            EXPECT_THAT(p.call("wait", nanoseconds), Returns(2));
            order.push_back(name);
        });
    };
    auto const late = sleeper(3, 3'000'000'000'000);
    auto const early = sleeper(1, 1'000'000'000'000);
    auto const middle = sleeper(2, 2'000'000'000'000);
    for (auto const t : {late, early, middle})
        p.store()->thread_join(t);
    EXPECT_THAT(order, testing::ElementsAre(1, 2, 3));
}

TEST(Threads, ThatNobodyCanWakeEnd)
{
    Program const p{shared};
    auto const t =
        p.store()->thread_start([&p] { EXPECT_THAT(p.call("wait", -1), RunsOutOfFuel()); });
    p.store()->thread_join(*t);
}

TEST(Threads, EndWithTheirStore)
{
    bool ended = false;
    {
        Program const p{shared};
        ASSERT_TRUE(p.store()->thread_start([&] {
            EXPECT_THAT(p.call("increment", 5), Returns());
            ended = true;
        }));
    }
    EXPECT_TRUE(ended);
}

} // namespace
} // namespace touchstone::tests
