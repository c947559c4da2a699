// All vector instructions but loads and stores (exec/instructions.html#vector-instructions).

#include "engine/reference/rules_vector.hpp"

namespace touchstone::reference {

void add_vector_rules(RuleTable& rules)
{
    add_vector_bit_rules(rules);
    add_vector_lane_rules(rules);
    add_vector_integer_rules(rules);
    add_vector_relation_rules(rules);
    add_vector_float_rules(rules);
    add_vector_convert_rules(rules);
    add_vector_extending_rules(rules);
    add_relaxed_vector_rules(rules);
}

} // namespace touchstone::reference
