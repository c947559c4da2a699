// The table of what instructions use which definition: nothing in it is a slip of the pen.

#include "engine/syntax/opcode.hpp"
#include "harness/coverage/definitions.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace touchstone::tests {
namespace {

using coverage::matches;

TEST(Pattern, MatchesWholeTexts)
{
    EXPECT_TRUE(matches("i*.add", "i32.add"));
    EXPECT_TRUE(matches("i*.add", "i32x4.add"));
    EXPECT_FALSE(matches("i*.add", "i32x4.add_sat_s"));
    EXPECT_FALSE(matches("i*.add", "f32.add"));
    EXPECT_TRUE(matches("i??.div_?", "i64.div_u"));
    EXPECT_FALSE(matches("i??.div_?", "i64.div_"));
    EXPECT_TRUE(matches("*.a*b*", "x.aab"));
    EXPECT_FALSE(matches("*.a*b", "x.aabc"));
    EXPECT_TRUE(matches("", ""));
    EXPECT_FALSE(matches("", "x"));
}

std::set<std::string> names_of_the_specification()
{
    std::ifstream file{TOUCHSTONE_DEFINITIONS};
    std::set<std::string> names;
    for (std::string line; std::getline(file, line);) {
        std::istringstream cells{line};
        std::string chapter;
        std::string name;
        if (cells >> chapter >> name)
            names.insert(name);
    }
    return names;
}

TEST(Definitions, AreOfTheSpecificationAndStandOnce)
{
    auto const known = names_of_the_specification();
    ASSERT_TRUE(known.contains("iadd_"));
    std::set<std::string_view> seen;
    for (auto const& row : coverage::definition_rows()) {
        EXPECT_TRUE(known.contains(std::string{row.name})) << row.name;
        EXPECT_TRUE(seen.insert(row.name).second) << row.name;
    }
}

TEST(Definitions, EachPatternIsThatOfSomeInstruction)
{
    for (auto const& row : coverage::definition_rows()) {
        std::istringstream patterns{std::string{row.instructions}};
        for (std::string p; patterns >> p;)
            EXPECT_TRUE(std::ranges::any_of(
                op_table, [&](OpInfo const& op) { return matches(p, op.text); }))
                << row.name << ": " << p;
    }
}

TEST(Definitions, OfFewInstructionsAreThose)
{
    auto const users = [](std::string_view name) {
        auto const rows = coverage::definition_rows();
        auto const row = std::ranges::find(rows, name, &coverage::DefinitionRow::name);
        std::string text;
        for (auto const& op : op_table)
            if (coverage::uses(op.text, *row))
                text.append(" ").append(op.text);
        return text;
    };
    EXPECT_EQ(users("idiv_"), " i32.div_s i32.div_u i64.div_s i64.div_u");
    EXPECT_EQ(users("iextend_"),
        " i32.extend8_s i32.extend16_s i64.extend8_s i64.extend16_s i64.extend32_s");
    EXPECT_EQ(users("trunc__").find("sat"), std::string::npos);
    EXPECT_EQ(users("convert__").find("extern"), std::string::npos);
    EXPECT_EQ(users("growmem"), " memory.grow");
}

} // namespace
} // namespace touchstone::tests
