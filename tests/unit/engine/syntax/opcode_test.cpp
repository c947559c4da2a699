#include "engine/syntax/opcode.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

namespace touchstone {
namespace {

// appendix/index-instructions: 3.0 has 499 opcodes.
TEST(OpTable, HasEveryInstructionOfWasm3)
{
    EXPECT_EQ(std::ranges::count_if(
                  op_table, [](Feature f) { return wasm3.has(f); }, &OpInfo::since),
        499);
}

TEST(OpTable, FindsRowsByCode)
{
    EXPECT_EQ(find_code(0x6D), &info(Opcode::I32DivS));
    EXPECT_EQ(find_code(0xFC'0007), &info(Opcode::I64TruncSatF64U));
    EXPECT_EQ(find_code(0xFD'0113), &info(Opcode::I32x4RelaxedDotI8x16I7x16AddS));
    EXPECT_EQ(find_code(0x16), nullptr);
    EXPECT_EQ(find_code(0xFD'009A), nullptr);
    EXPECT_EQ(find_code(0xFFFF'FFFF), nullptr);
    for (auto const& row : op_table)
        EXPECT_EQ(&info(opcode_of(row)), find_code(row.code)) << row.text;
}

// i32.trunc_sat_f32_s is I32TruncSatF32S: either finds the other.
TEST(OpTable, NamesFollowFromTexts)
{
    std::set<std::string_view> const with_suffix{"SelectT", "RefTestNull", "RefCastNull"};
    for (auto const& row : op_table) {
        std::string name;
        bool upper = true;
        for (char const c : row.text) {
            if (c == '.' || c == '_') {
                upper = true;
                continue;
            }
            name += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
            upper = false;
        }
        if (with_suffix.contains(row.name))
            EXPECT_TRUE(row.name.starts_with(name)) << row.name;
        else
            EXPECT_EQ(row.name, name);
    }
}

TEST(OpTable, TextsAreUniqueButForThree)
{
    std::map<std::string_view, int> seen;
    for (auto const& row : op_table)
        ++seen[row.text];
    for (auto const& [text, count] : seen)
        EXPECT_EQ(count, text == "select" || text == "ref.test" || text == "ref.cast" ? 2 : 1)
            << text;
}

TEST(OpTable, AccessWidthsFollowFromTexts)
{
    EXPECT_EQ(access_bits(Opcode::I32Load), 32U);
    EXPECT_EQ(access_bits(Opcode::F64Store), 64U);
    EXPECT_EQ(access_bits(Opcode::I64Load32U), 32U);
    EXPECT_EQ(access_bits(Opcode::I32Store8), 8U);
    EXPECT_EQ(access_bits(Opcode::V128Load), 128U);
    EXPECT_EQ(access_bits(Opcode::V128Load8x8S), 64U);
    EXPECT_EQ(access_bits(Opcode::V128Load16Splat), 16U);
    EXPECT_EQ(access_bits(Opcode::V128Load32Zero), 32U);
    EXPECT_EQ(access_bits(Opcode::V128Store64Lane), 64U);
    EXPECT_EQ(access_bits(Opcode::I64AtomicRmw16XorU), 16U);
    EXPECT_EQ(access_bits(Opcode::I64AtomicRmwAdd), 64U);
    EXPECT_EQ(access_bits(Opcode::I32AtomicStore8), 8U);
    EXPECT_EQ(access_bits(Opcode::MemoryAtomicNotify), 32U);
    EXPECT_EQ(access_bits(Opcode::MemoryAtomicWait64), 64U);
    EXPECT_EQ(access_bits(Opcode::I32Add), 0U);
}

TEST(OpTable, TypeCellsAreParsed)
{
    auto const& store = info(Opcode::I64Store8).type;
    ASSERT_EQ(store.params().size(), 2U);
    EXPECT_EQ(store.params()[0], OpOperand::Addr);
    EXPECT_EQ(store.params()[1], OpOperand::I64);
    EXPECT_TRUE(store.results().empty());
    EXPECT_TRUE(info(Opcode::Block).type.own_rule());
    EXPECT_EQ(info(Opcode::F32x4RelaxedMadd).type.params().size(), 3U);
}

} // namespace
} // namespace touchstone
