// The rule table: what the engine says it executes, it has rules for.

#include "engine/reference/rules_vector.hpp"

#include <gtest/gtest.h>

namespace touchstone::tests {
namespace {

using namespace reference;

} // namespace

TEST(RuleTable, HasAFunctionInEveryRow)
{
    for (auto const& row : op_table)
        EXPECT_NE(rule_table()[opcode_of(row)], nullptr) << row.text;
}

TEST(RuleTable, EachCoveredRowIsEnteredOnce)
{
    // a row that two groups enter would be executed by whichever came last, one of no group by
    // what answers `unsupported`
    std::array<int, op_table.size()> entered{};
    for (auto* const add :
        {add_control_rules, add_call_rules, add_variable_rules, add_reference_rules, add_cast_rules,
            add_exception_rules, add_struct_rules, add_array_rules, add_array_move_rules,
            add_table_rules, add_memory_rules, add_memory_access_rules, add_integer_rules,
            add_float_rules, add_conversion_rules, add_wide_rules, add_atomic_rules,
            add_legacy_rules, add_vector_access_rules, add_vector_bit_rules, add_vector_lane_rules,
            add_vector_integer_rules, add_vector_relation_rules, add_vector_float_rules,
            add_vector_convert_rules, add_vector_extending_rules, add_relaxed_vector_rules}) {
        RuleTable group;
        add(group);
        for (auto const& row : op_table)
            entered[static_cast<std::size_t>(opcode_of(row))] += group[opcode_of(row)] != nullptr;
    }
    for (auto const& row : op_table)
        EXPECT_EQ(entered[static_cast<std::size_t>(opcode_of(row))],
            covered_features.has(row.since) ? 1 : 0)
            << row.text;
}

} // namespace touchstone::tests
