#pragma once
// The reduction rules by instruction: which function executes it.

#include "engine/reference/machine.hpp"

#include <array>

namespace touchstone::reference {

/// One step: the instruction is reduced with the operands on the machine's stack.
using Rule = Step (*)(Machine&, Instr const&);

class RuleTable
{
public:
    [[nodiscard]] Rule& operator[](Opcode op) { return rules_[static_cast<std::size_t>(op)]; }
    [[nodiscard]] Rule operator[](Opcode op) const { return rules_[static_cast<std::size_t>(op)]; }

private:
    std::array<Rule, op_table.size()> rules_{};
};

// Each group of instructions enters its own.
void add_control_rules(RuleTable& rules);
void add_call_rules(RuleTable& rules);
void add_variable_rules(RuleTable& rules);
void add_reference_rules(RuleTable& rules);
void add_exception_rules(RuleTable& rules);
void add_cast_rules(RuleTable& rules);
void add_struct_rules(RuleTable& rules);
void add_array_rules(RuleTable& rules);
void add_array_move_rules(RuleTable& rules);
void add_table_rules(RuleTable& rules);
void add_memory_rules(RuleTable& rules);
void add_memory_access_rules(RuleTable& rules);
void add_integer_rules(RuleTable& rules);
void add_float_rules(RuleTable& rules);
void add_conversion_rules(RuleTable& rules);
void add_vector_rules(RuleTable& rules);
void add_vector_access_rules(RuleTable& rules);
void add_wide_rules(RuleTable& rules);
void add_atomic_rules(RuleTable& rules);
void add_legacy_rules(RuleTable& rules);

/// All of them.
[[nodiscard]] RuleTable const& rule_table();

/// What the rules cover; a module that uses more is not executed.
inline constexpr FeatureSet covered_features{Feature::Wasm1, Feature::SignExtension,
    Feature::SatFloatToInt, Feature::MultiValue, Feature::BulkMemory, Feature::ReferenceTypes,
    Feature::ExtendedConst, Feature::MultiMemory, Feature::TailCall, Feature::Memory64,
    Feature::Exceptions, Feature::FunctionReferences, Feature::Gc, Feature::Simd,
    Feature::RelaxedSimd, Feature::WideArithmetic, Feature::CompactImportSection, Feature::Threads,
    Feature::CustomPageSizes, Feature::LegacyExceptions};

// Instantiation runs these two as if they stood in the module (exec/modules.html#aux-rundata).
[[nodiscard]] Step memory_init(Machine& z, Instr const& i);
[[nodiscard]] Step table_init(Machine& z, Instr const& i);

} // namespace touchstone::reference
