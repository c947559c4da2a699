#include "harness/script/exploration.hpp"

#include "harness/script/explore.hpp"

#include <gmock/gmock.h>

#include <set>

namespace touchstone::script {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(Exploration, MeetsEveryInterleavingOnce)
{
    Exploration e;
    std::set<std::string> orders;
    std::size_t runs = 0;
    do { // three steps of a, two of b
        std::string order;
        for (auto a = 3, b = 2; a + b > 0;) {
            auto const takes_a = b == 0 || (a != 0 && e.choose(2) == 0);
            order += takes_a ? 'a' : 'b';
            --(takes_a ? a : b);
        }
        orders.insert(order);
        ++runs;
    } while (e.next());
    EXPECT_EQ(runs, 10U);
    EXPECT_EQ(orders.size(), 10U);
    EXPECT_FALSE(e.is_partial());
}

TEST(Exploration, EndsWhereThreadsWaitForEachOther)
{
    Exploration e;
    for (auto seen_other = false; !seen_other;) // the first one spins until the second ran
        seen_other = e.choose(2) == 1;
    EXPECT_TRUE(e.is_partial());
}

DirectiveResult result(Verdict v)
{
    return {.line = 1, .directive = "assert_return", .verdict = v};
}

CallObservation returned(std::uint32_t v)
{
    CallObservation seen;
    seen.end = End::Returned;
    seen.values = {Value::from_i32(v)};
    return seen;
}

TEST(Explore, TellsWhatDiffersAndKeepsTheFirstFailure)
{
    auto const run = [](Schedule& s, Sight const& sight) {
        auto const which = static_cast<std::uint32_t>(s.choose(3));
        sight(9, returned(which));
        sight(7, returned(5));
        return std::vector{result(which == 1 ? Verdict::Failed : Verdict::Passed)};
    };
    auto const e = explore(100, run);
    EXPECT_EQ(e.runs, 3U);
    EXPECT_TRUE(e.all);
    EXPECT_EQ(e.results[0].verdict, Verdict::Failed);
    EXPECT_THAT(e.joint_outcomes,
        ElementsAre(Pair("line 9: returned i32:0", 1), Pair("line 9: returned i32:1", 1),
            Pair("line 9: returned i32:2", 1)));
    auto const some = explore(2, run);
    EXPECT_EQ(some.runs, 2U);
    EXPECT_FALSE(some.all);
}

TEST(Explore, OneRunIsAllThereAreWithoutAChoice)
{
    auto const e = explore(100, [](Schedule&, Sight const& sight) {
        sight(1, returned(1));
        return std::vector{result(Verdict::Passed)};
    });
    EXPECT_EQ(e.runs, 1U);
    EXPECT_TRUE(e.all);
    EXPECT_TRUE(e.joint_outcomes.empty());
}

} // namespace
} // namespace touchstone::script
