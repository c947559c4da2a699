// The rule table: what the engine says it executes, it has rules for.

#include "engine/reference/rules.hpp"

#include <gtest/gtest.h>

namespace touchstone::tests {
namespace {

using namespace reference;

/// A feature that no rule can cover yet, so that its rows show what stands in for a missing rule.
Rule missing_rule()
{
    return rule_table()[Opcode::F32x4RelaxedMadd];
}

} // namespace

TEST(RuleTable, HasAFunctionInEveryRow)
{
    for (auto const& row : op_table)
        EXPECT_NE(rule_table()[opcode_of(row)], nullptr) << row.text;
}

TEST(RuleTable, CoversExactlyTheFeatures)
{
    for (auto const& row : op_table) {
        bool const covered = rule_table()[opcode_of(row)] != missing_rule();
        EXPECT_EQ(covered, covered_features.has(row.since)) << row.text;
    }
}

TEST(RuleTable, GroupsDoNotOverlap)
{
    // a row that two groups enter would be executed by whichever came last
    std::array<int, op_table.size()> entered{};
    for (auto* const add : {add_control_rules, add_call_rules, add_variable_rules,
             add_reference_rules, add_cast_rules, add_exception_rules, add_struct_rules,
             add_array_rules, add_array_move_rules, add_table_rules, add_memory_rules,
             add_memory_access_rules, add_integer_rules, add_float_rules, add_conversion_rules}) {
        RuleTable group;
        add(group);
        for (auto const& row : op_table)
            entered[static_cast<std::size_t>(opcode_of(row))] += group[opcode_of(row)] != nullptr;
    }
    for (auto const& row : op_table)
        EXPECT_LE(entered[static_cast<std::size_t>(opcode_of(row))], 1) << row.text;
}

} // namespace touchstone::tests
