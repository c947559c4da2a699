// The list of oracles that people and programs see.

#include "oracles/registry.hpp"

#include <gmock/gmock.h>

#include <set>

namespace touchstone {
namespace {

TEST(Registry, ListsAllWithAReasonWhereNotUsable)
{
    auto const rows = list_oracles();
    ASSERT_EQ(rows.size(), oracle_names().size());
    for (auto const& row : rows) {
        EXPECT_EQ(row.usable, row.reason.empty()) << row.name;
        if (row.usable) {
            EXPECT_EQ(row.info.name, row.name);
            EXPECT_FALSE(row.info.version.empty());
            EXPECT_TRUE(row.info.features.has(Feature::Wasm1)) << row.name;
        }
    }
}

TEST(Registry, AnUnknownNameIsAnErrorThatNamesTheOthers)
{
    EXPECT_THAT(make_oracle("wasmtime").error(), testing::HasSubstr("reference fast wabt node"));
    EXPECT_FALSE(make_isolated_oracle("").has_value());
}

TEST(Registry, CodeBasesAreIndependent)
{
    std::set<std::string> bases;
    for (auto const& row : list_oracles())
        if (row.usable) {
            EXPECT_TRUE(bases.insert(row.info.code_base).second) << row.name;
        }
}

} // namespace
} // namespace touchstone
