// Each laxity is seen in the least text that has it, and not in its neighbour.

#include "oracles/text_laxities.hpp"

#include <gtest/gtest.h>

namespace touchstone::laxities {
namespace {

TEST(TextLaxities, NamelessAnnotations)
{
    EXPECT_TRUE(has_nameless_annotations("(module (@ a))"));
    EXPECT_TRUE(has_nameless_annotations("(module (@ a) (func (@ b)))"));
    EXPECT_FALSE(has_nameless_annotations("(module (@a))")) << "a name";
    EXPECT_FALSE(has_nameless_annotations("(module (@ a) (fun))")) << "something else as well";
}

TEST(TextLaxities, ControlCharactersInStrings)
{
    EXPECT_TRUE(has_control_characters_in_strings("(module (func (export \"a\tb\x01\")))"));
    EXPECT_FALSE(has_control_characters_in_strings("(module (func (export \"a\\tb\")))"));
    EXPECT_TRUE(has_control_characters_in_strings("(module (data \"a\rb\"))"));
    EXPECT_FALSE(has_control_characters_in_strings("(module (data \"ab))")) << "open";
    EXPECT_FALSE(has_control_characters_in_strings("(module \x01)")) << "outside of strings";
}

TEST(TextLaxities, BareIndicesOfSegments)
{
    EXPECT_TRUE(has_bare_index_of_segment("(module (data 0 (offset i32.const 0) \"\"))"));
    EXPECT_TRUE(has_bare_index_of_segment("(module (elem $e 3 func 2))"));
    EXPECT_TRUE(has_bare_index_of_segment("(module (memory $m 1) (data $d $m (i32.const 0)))"));
    EXPECT_TRUE(has_bare_index_of_segment("(module (func) (elem declare 5 0))"));
    EXPECT_TRUE(has_bare_index_of_segment("(module (func) (elem 0))"));
    EXPECT_TRUE(has_bare_index_of_segment("(module (elem))"));
    EXPECT_TRUE(has_bare_index_of_segment("(module (elem $e declare))"));
    EXPECT_FALSE(has_bare_index_of_segment("(module (elem func))"));
    EXPECT_FALSE(has_bare_index_of_segment("(module (memory 1) (data (memory)))"));
    EXPECT_FALSE(has_bare_index_of_segment("(module (func) (elem declare func 0))"));
    EXPECT_FALSE(has_bare_index_of_segment("(module (func) (elem declare 5 nop))"));
    EXPECT_FALSE(has_bare_index_of_segment("(module (data (memory 0) (offset i32.const 0)))"));
    EXPECT_FALSE(has_bare_index_of_segment("(module (data 0 0 (offset i32.cons 0)))"));
    EXPECT_FALSE(has_bare_index_of_segment("(module (start 0 1))"));
}

TEST(TextLaxities, OneIndexOfTwo)
{
    EXPECT_TRUE(has_one_index_of_two("(module (func memory.copy 0 nop))"));
    EXPECT_TRUE(has_one_index_of_two("(module (func (table.copy 0)))"));
    EXPECT_FALSE(has_one_index_of_two("(module (func memory.copy 0 0 nop))"));
    EXPECT_FALSE(has_one_index_of_two("(module (func memory.copy nop))"));
    EXPECT_FALSE(has_one_index_of_two("(module (func nop 0 nop))"));
}

TEST(TextLaxities, IndicesBeyond32Bits)
{
    EXPECT_TRUE(
        has_indices_beyond_32_bits("(module (func (local i32) local.get 4294967296 drop))"));
    EXPECT_TRUE(has_indices_beyond_32_bits("(module (func (call 0x100000000)))"));
    EXPECT_FALSE(
        has_indices_beyond_32_bits("(module (func (local i32) local.get 4294967295 drop))"))
        << "an index, of nothing";
    EXPECT_FALSE(has_indices_beyond_32_bits("(module (func i32.const 4294967296 drop))"));
    EXPECT_FALSE(has_indices_beyond_32_bits("(module (func i32.const -2147483649 drop))"));
}

TEST(TextLaxities, LargeIntegersWithPlus)
{
    EXPECT_TRUE(has_large_integers_with_plus("(module (func i32.const +0xffffffff drop))"));
    EXPECT_TRUE(has_large_integers_with_plus(
        "(module (func v128.const i32x4 +0xffffffff 0 +0x80000000 0 drop))"));
    EXPECT_FALSE(has_large_integers_with_plus("(module (func i32.const 0xffffffff drop))"));
    EXPECT_FALSE(has_large_integers_with_plus("(module (func i32.const +0x7fffffff drop))"));
    EXPECT_FALSE(has_large_integers_with_plus("(module (func i32.const +0x100000000 drop))"));
    EXPECT_FALSE(has_large_integers_with_plus("(module (func i32.const -0xffffffff drop))"));
}

TEST(TextLaxities, NoExpressionInElements)
{
    EXPECT_TRUE(has_no_expression_in_elements("(module (elem funcref (func)))"));
    EXPECT_TRUE(has_no_expression_in_elements("(module (elem funcref ((item ref.func 0))))"));
    EXPECT_TRUE(has_no_expression_in_elements("(module (elem externref (item) (itm)))"));
    EXPECT_TRUE(has_no_expression_in_elements("(module (elem (i32.const 0) funcref (end)))"));
    EXPECT_TRUE(has_no_expression_in_elements("(module (elem (ref null func) (x)))"));
    EXPECT_TRUE(has_no_expression_in_elements("(module (elem funcref (@ a)))"));
    EXPECT_TRUE(has_no_expression_in_elements("(module (table funcref (elem (func))))"));
    EXPECT_TRUE(has_no_expression_in_elements("(module \xFF (elem funcref ('item)))"));
    EXPECT_FALSE(has_no_expression_in_elements("(module (elem funcref (@a)))"));
    EXPECT_FALSE(has_no_expression_in_elements("(module (; (elem funcref (func)) ;))"));
    EXPECT_FALSE(has_no_expression_in_elements("(module (data \"(elem funcref (x))\"))"));
    EXPECT_FALSE(has_no_expression_in_elements("(module (elem funcref (item func)))"));
    EXPECT_FALSE(has_no_expression_in_elements("(module (elem funcref (i32.const 0)))"));
    EXPECT_FALSE(has_no_expression_in_elements("(module (elem func (func)))")) << "indices";
    EXPECT_FALSE(has_no_expression_in_elements("(module (elem (x) funcref))")) << "the offset";
    EXPECT_FALSE(has_no_expression_in_elements("(module (func (x)))"));
    EXPECT_FALSE(has_no_expression_in_elements("elem"));
}

TEST(TextLaxities, WhatIsRefused)
{
    EXPECT_TRUE(has_annotation("(module (type (func (param (@a) i32))))"));
    EXPECT_FALSE(has_annotation("(module (type (func (param i32))))"));
    EXPECT_TRUE(has_quoted_id("(module (func $\"x\"))"));
    EXPECT_FALSE(has_quoted_id("(module (func $x (export \"x\")))"));
    EXPECT_TRUE(has_table_with_address_type("(module (table $t i32 1 funcref))"));
    EXPECT_FALSE(has_table_with_address_type("(module (table $t 1 funcref) (memory i32 1))"));
    EXPECT_TRUE(has_table_instruction_without_index("(module (func table.get drop))"));
    EXPECT_TRUE(has_table_instruction_without_index("(module (func (drop (table.size))))"));
    EXPECT_FALSE(has_table_instruction_without_index("(module (func table.get $t drop))"));
    EXPECT_FALSE(has_table_instruction_without_index("(module (func table.copy))"));
}

} // namespace
} // namespace touchstone::laxities
