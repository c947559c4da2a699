// What a worker tells of its store must have the shape that the modules have.

#include "oracles/worker_steps.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <string>

namespace touchstone {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

/// Two modules: the first with two memories, a global and a data segment, the second with nothing.
StoreShape const shape{InstanceShape{.memories = 2, .globals = 1, .datas = 1}, InstanceShape{}};

Json step(std::string const& store)
{
    return {{"end", "returned"}, {"store", Json::parse(store)}};
}

std::string refused(StepReader& reader, std::string const& store)
{
    try {
        [[maybe_unused]] auto const seen = reader.read(step(store));
    } catch (ProtocolError const& e) {
        return e.what();
    }
    return "";
}

std::string first_refused(std::string const& store)
{
    StepReader reader{shape};
    return refused(reader, store);
}

TEST(WorkerSteps, AStoreHasAnEntryForEachModuleThatWasTried)
{
    StepReader reader{shape};
    EXPECT_EQ(refused(reader, "[null]"), "");
    EXPECT_EQ(refused(reader, "[null, null]"), "");
    EXPECT_EQ(refused(reader, "[null, null]"), "") << "a call";
    EXPECT_THAT(refused(reader, "[null]"), HasSubstr("store has 1 entries, and there are 2"));
    EXPECT_THAT(first_refused("[null, null]"), HasSubstr("store has 2 entries, and there are 1"));
}

TEST(WorkerSteps, ListsAreAsLongAsTheIndexSpaces)
{
    EXPECT_EQ(
        first_refused(R"([{"memories": [null, null], "globals": ["i32:1"], "tables": []}])"), "");
    EXPECT_EQ(first_refused(R"([{"datas_dropped": [true], "elems_dropped": []}])"), "");
    EXPECT_THAT(first_refused(R"([{"memories": [null]}])"), HasSubstr("memories has 1 entries"));
    EXPECT_THAT(first_refused(R"([{"memories": []}])"), HasSubstr("memories has 0 entries"));
    EXPECT_THAT(
        first_refused(R"([{"globals": [null, null]}])"), HasSubstr("globals has 2 entries"));
    EXPECT_THAT(first_refused(R"([{"tables": [null]}])"), HasSubstr("tables has 1 entries"));
    EXPECT_THAT(first_refused(R"([{"datas_dropped": []}])"), HasSubstr("datas_dropped has 0"));
    EXPECT_THAT(first_refused(R"([{"elems_dropped": [true]}])"), HasSubstr("elems_dropped has 1"));
}

TEST(WorkerSteps, NothingIsKnownOfAModuleThatWeRefuse)
{
    StepReader reader{StoreShape{std::nullopt}};
    EXPECT_EQ(refused(reader, R"([{"memories": [null, null, null]}])"), "");
    StepReader session;
    EXPECT_EQ(refused(session, R"([{"globals": ["i32:1"]}, null])"), "");
}

} // namespace
} // namespace touchstone
