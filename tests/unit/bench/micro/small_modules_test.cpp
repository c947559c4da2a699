#include "bench/micro/small_modules.hpp"

#include "engine/binary/decode.hpp"
#include "engine/fast/store.hpp"
#include "engine/reference/store.hpp"

#include <gtest/gtest.h>

#include <cstddef>

namespace touchstone::bench {
namespace {

/// What `run` of a module answers in a store.
Outcome run(Store& store, std::shared_ptr<ValidModule const> const& module)
{
    auto const made = store.module_instantiate(module, {});
    EXPECT_EQ(made.outcome.end, Outcome::End::Returned);
    auto const f = store.instance_export(*made.instance, "run");
    auto const argument = Value::from_i32(12345);
    return store.func_invoke(FuncAddr{f->address}, {&argument, 1});
}

// What the figures of the small-module loop are about, as its comment and docs/performance.md say.
TEST(SmallModules, AreAsSmallAsTheySayAndRun)
{
    auto const all = small_modules(500);
    ASSERT_EQ(all.size(), 500U);
    std::size_t bytes = 0;
    reference::Statistics statistics;
    for (auto const& one : all) {
        bytes += one.size();
        auto const valid = validate(decode(one).value());
        ASSERT_TRUE(valid);
        EXPECT_EQ((*valid)->memories().size(), 1U);
        auto const expected = run(*reference::make_store({}, {.statistics = &statistics}), *valid);
        EXPECT_EQ(expected.end, Outcome::End::Returned);
        EXPECT_EQ(run(*fast::make_store({}), *valid).values, expected.values);
    }
    EXPECT_GT(bytes / 500, 550U);
    EXPECT_LT(bytes / 500, 650U);
    EXPECT_GT(statistics.executed_instructions / 500, 90U);
    EXPECT_LT(statistics.executed_instructions / 500, 130U);
}

TEST(SmallModules, AreTheSameEachTimeAndDifferent)
{
    auto const some = small_modules(3);
    EXPECT_EQ(some, small_modules(3));
    EXPECT_NE(some[0], some[1]);
}

} // namespace
} // namespace touchstone::bench
