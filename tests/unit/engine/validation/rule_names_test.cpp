#include "engine/validation/code.hpp"

#include <gtest/gtest.h>

#include <set>

namespace touchstone {
namespace {

TEST(RuleNames, OfSomeInstructions)
{
    EXPECT_EQ(rule_of(Opcode::I32Add), "Instr_ok/binop");
    EXPECT_EQ(rule_of(Opcode::F32Le), "Instr_ok/relop");
    EXPECT_EQ(rule_of(Opcode::I64Extend8S), "Instr_ok/unop");
    EXPECT_EQ(rule_of(Opcode::I64ExtendI32S), "Instr_ok/cvtop");
    EXPECT_EQ(rule_of(Opcode::I64Load), "Instr_ok/load-val");
    EXPECT_EQ(rule_of(Opcode::I64Load32U), "Instr_ok/load-pack");
    EXPECT_EQ(rule_of(Opcode::I32Store8), "Instr_ok/store-pack");
    EXPECT_EQ(rule_of(Opcode::V128Load8x8S), "Instr_ok/vload-pack");
    EXPECT_EQ(rule_of(Opcode::V128Load32Zero), "Instr_ok/vload-zero");
    EXPECT_EQ(rule_of(Opcode::V128Bitselect), "Instr_ok/vvternop");
    EXPECT_EQ(rule_of(Opcode::I16x8LeU), "Instr_ok/vrelop");
    EXPECT_EQ(rule_of(Opcode::I32x4RelaxedDotI8x16I7x16AddS), "Instr_ok/vextternop");
    EXPECT_EQ(rule_of(Opcode::Select), "Instr_ok/select-impl");
    EXPECT_EQ(rule_of(Opcode::StructGetU), "Instr_ok/struct.get");
    EXPECT_EQ(rule_of(Opcode::RefTestNull), "Instr_ok/ref.test");
    EXPECT_EQ(rule_of(Opcode::MemoryFill), "Instr_ok/memory.fill");
    EXPECT_EQ(rule_of(Opcode::Nop), "Instr_ok/nop");
    EXPECT_EQ(rule_of(Opcode::I64Add128), "wide-arithmetic/i64.add128");
}

// 499 rows share the 110 rules of the chapter that are about one instruction each.
TEST(RuleNames, AreAsManyAsTheRules)
{
    std::set<std::string> names;
    for (auto const& row : op_table)
        if (wasm3.has(row.since))
            names.insert(rule_of(opcode_of(row)));
    EXPECT_EQ(names.size(), 110U);
}

} // namespace
} // namespace touchstone
