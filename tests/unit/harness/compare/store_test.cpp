// Stores: a difference in any part is found, and what one side did not see is not compared.
#include "harness/compare/stores.hpp"

#include "tests/unit/harness/compare/observations.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace touchstone {
namespace {

struct Change
{
    std::function<void(InstanceState&)> differ; ///< makes one part another
    std::function<void(InstanceState&)> unsee;  ///< makes the same part unseen
    Reason reason;
    char const* detail;
};

std::vector<Change> const changes{
    {[](InstanceState& s) { s.memories[0]->size = 3; },
        [](InstanceState& s) { s.memories[0].reset(); }, Reason::Memory,
        "memory 0 of module 1: 1 pages against 3"},
    {[](InstanceState& s) { s.memories[1]->digest = 3; },
        [](InstanceState& s) { s.memories.pop_back(); }, Reason::Memory,
        "memory 1 of module 1: the contents differ"},
    {[](InstanceState& s) { s.tables[0]->size = 11; },
        [](InstanceState& s) { s.tables[0].reset(); }, Reason::Table,
        "table 0 of module 1: 10 elements against 11"},
    {[](InstanceState& s) { s.tables[0]->digest = 0; }, [](InstanceState& s) { s.tables.clear(); },
        Reason::Table, "table 0 of module 1: the contents differ"},
    {[](InstanceState& s) { s.globals[0] = Value::from_i32(8); },
        [](InstanceState& s) { s.globals[0].reset(); }, Reason::Global,
        "global 0 of module 1: i32 7 against i32 8"},
    {[](InstanceState& s) { s.globals[1]->lo = function_identity(1, 3); },
        [](InstanceState& s) { s.globals[1].reset(); }, Reason::Global,
        "global 1 of module 1: ref func 0:3 against ref func 1:3"},
    {[](InstanceState& s) { s.elems_dropped->at(1) = false; },
        [](InstanceState& s) { s.elems_dropped.reset(); }, Reason::Segment,
        "element segment 1 of module 1: dropped against not dropped"},
    {[](InstanceState& s) { s.datas_dropped->at(1) = true; },
        [](InstanceState& s) { s.datas_dropped.reset(); }, Reason::Segment,
        "data segment 1 of module 1: not dropped against dropped"},
};

TEST(CompareStores, EachPlantedDifferenceIsFound)
{
    for (auto const& change : changes) {
        auto const a = full_store();
        auto b = a;
        change.differ(*b.instances[1]);
        auto const j = compare_stores(a, b);
        EXPECT_EQ(j.verdict, Verdict::Diverge) << change.detail;
        EXPECT_EQ(j.reason, change.reason) << change.detail;
        EXPECT_EQ(j.detail, change.detail);
        EXPECT_EQ(compare_stores(b, a).reason, change.reason);

        // the comparison of a step finds it too
        auto x = full_call();
        auto y = full_call();
        y.store = b;
        EXPECT_EQ(compare(x, y, foreign), j);
        y.store.reset();
        EXPECT_EQ(compare(x, y, foreign), Judgement{});
    }
}

TEST(CompareStores, TheUnseenIsNotCompared)
{
    for (auto const& change : changes) {
        auto const a = full_store();
        auto b = a;
        change.differ(*b.instances[1]);
        auto seen_less = a;
        change.unsee(*seen_less.instances[1]);
        EXPECT_EQ(compare_stores(seen_less, b), Judgement{}) << change.detail;
        EXPECT_EQ(compare_stores(b, seen_less), Judgement{}) << change.detail;

        auto without_instance = a;
        without_instance.instances[1].reset();
        EXPECT_EQ(compare_stores(without_instance, b), Judgement{});
        EXPECT_EQ(compare_stores(StoreDigest{}, b), Judgement{});
    }
}

} // namespace
} // namespace touchstone
