#include "engine/reference/rules.hpp"

namespace touchstone::reference {

namespace {

/// What has no rule yet belongs to a feature that is not in `covered_features`.
Step without_rule(Machine& z, Instr const& i)
{
    return z.unsupported(info(i.op).since);
}

RuleTable make_rule_table()
{
    RuleTable rules;
    for (auto const& row : op_table)
        rules[opcode_of(row)] = without_rule;
    add_control_rules(rules);
    add_call_rules(rules);
    add_variable_rules(rules);
    add_reference_rules(rules);
    add_exception_rules(rules);
    add_cast_rules(rules);
    add_struct_rules(rules);
    add_array_rules(rules);
    add_array_move_rules(rules);
    add_table_rules(rules);
    add_memory_rules(rules);
    add_memory_access_rules(rules);
    add_integer_rules(rules);
    add_float_rules(rules);
    add_conversion_rules(rules);
    add_vector_rules(rules);
    add_vector_access_rules(rules);
    add_wide_rules(rules);
    add_atomic_rules(rules);
    add_legacy_rules(rules);
    return rules;
}

} // namespace

RuleTable const& rule_table()
{
    static RuleTable const rules = make_rule_table();
    return rules;
}

} // namespace touchstone::reference
