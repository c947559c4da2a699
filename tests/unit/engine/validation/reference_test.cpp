#include "tests/unit/engine/validation/from_text.hpp"

namespace touchstone {
namespace {

TEST(FunctionReferences, MustBeDeclared)
{
    EXPECT_THAT("(func ref.func 0 drop)", IsInvalid("undeclared function reference"));
    EXPECT_THAT("(func ref.func 7 drop)", IsInvalid("unknown function 7"));
    EXPECT_THAT("(elem declare func 0) (func ref.func 0 drop)", IsValid());
    EXPECT_THAT("(export \"f\" (func 0)) (func ref.func 0 drop)", IsValid());
    EXPECT_THAT("(global funcref (ref.func 0)) (func ref.func 0 drop)", IsValid());
    EXPECT_THAT("(start 0) (func ref.func 0 drop)", IsInvalid("undeclared function reference"));
}

TEST(Casts, NarrowOnly)
{
    EXPECT_THAT("(func (param anyref) (result i32) local.get 0 ref.test (ref i31))", IsValid());
    EXPECT_THAT("(func (param funcref) (result i32) local.get 0 ref.test (ref i31))",
        IsInvalid("type mismatch"));
    EXPECT_THAT("(func (param eqref) (result i31ref) local.get 0 ref.cast i31ref)", IsValid());
    EXPECT_THAT("(func (param anyref) (result (ref i31))"
                "  (br_on_cast 0 anyref (ref i31) (local.get 0)) unreachable)",
        IsValid());
    EXPECT_THAT("(func (param i31ref) (result anyref)"
                "  (br_on_cast 0 i31ref anyref (local.get 0)))",
        IsInvalid("type mismatch"));
    // what is left when the cast takes null is not null
    EXPECT_THAT("(func (param anyref) (result (ref null i31)) (local (ref any))"
                "  (br_on_cast 0 anyref i31ref (local.get 0)) (local.set 1) unreachable)",
        IsValid());
    EXPECT_THAT("(func (param anyref) (result (ref any))"
                "  (br_on_cast_fail 0 anyref i31ref (local.get 0)) unreachable)",
        IsValid());
    EXPECT_THAT("(func (param anyref) (result (ref any))"
                "  (br_on_cast_fail 0 anyref (ref i31) (local.get 0)) unreachable)",
        IsInvalid("type mismatch"));
}

TEST(Nulls, BranchBothWays)
{
    EXPECT_THAT("(func (param externref) (result (ref extern))"
                "  block (local.get 0) br_on_null 0 return end unreachable)",
        IsValid());
    EXPECT_THAT("(func (param externref) (result (ref extern))"
                "  (br_on_non_null 0 (local.get 0)) unreachable)",
        IsValid());
    EXPECT_THAT(
        "(func (param externref) (br_on_non_null 0 (local.get 0)))", IsInvalid("type mismatch"));
    EXPECT_THAT(
        "(func (param i32) (drop (ref.is_null (local.get 0))))", IsInvalid("type mismatch"));
    EXPECT_THAT("(func (param eqref) (drop (ref.eq (local.get 0) (ref.null none))))", IsValid());
    EXPECT_THAT("(func (param anyref) (drop (ref.eq (local.get 0) (ref.null none))))",
        IsInvalid("type mismatch"));
}

TEST(Conversions, KeepNullability)
{
    EXPECT_THAT("(func (param (ref any)) (result (ref extern)) (extern.convert_any (local.get 0)))",
        IsValid());
    EXPECT_THAT("(func (param anyref) (result (ref extern)) (extern.convert_any (local.get 0)))",
        IsInvalid("type mismatch"));
    EXPECT_THAT("(func (param funcref) (result externref) (extern.convert_any (local.get 0)))",
        IsInvalid("type mismatch"));
    EXPECT_THAT(
        "(func (param externref) (result anyref) (any.convert_extern (local.get 0)))", IsValid());
}

TEST(Structs, FieldsAndPacking)
{
    std::string const head = "(type $s (struct (field i8) (field (mut i64)) (field (ref func)))) ";
    EXPECT_THAT(
        head + "(func (param (ref $s)) (result i32) (struct.get_s $s 0 (local.get 0)))", IsValid());
    EXPECT_THAT(head + "(func (param (ref $s)) (result i32) (struct.get $s 0 (local.get 0)))",
        IsInvalid("field is packed"));
    EXPECT_THAT(head + "(func (param (ref $s)) (result i64) (struct.get_u $s 1 (local.get 0)))",
        IsInvalid("field is unpacked"));
    EXPECT_THAT(
        head + "(func (param (ref $s)) (struct.set $s 1 (local.get 0) (i64.const 1)))", IsValid());
    EXPECT_THAT(head + "(func (param (ref $s)) (struct.set $s 0 (local.get 0) (i32.const 1)))",
        IsInvalid("immutable field"));
    EXPECT_THAT(head + "(func (param (ref $s)) (drop (struct.get $s 3 (local.get 0))))",
        IsInvalid("unknown field 3"));
    EXPECT_THAT(
        head + "(func (drop (struct.new_default $s)))", IsInvalid("field type is not defaultable"));
    EXPECT_THAT(head + "(func (param (ref func)) (result (ref $s))"
                       "  (struct.new $s (i32.const 1) (i64.const 2) (local.get 0)))",
        IsValid());
    EXPECT_THAT(
        head + "(func (drop (array.new_default $s (i32.const 1))))", IsInvalid("non-array type"));
}

TEST(Arrays, DataAndElements)
{
    std::string const head = "(type $b (array (mut i8))) (type $r (array (mut funcref)))"
                             "(type $c (array i32)) (data \"abc\") (elem func) ";
    EXPECT_THAT(
        head + "(func (drop (array.new_data $b 0 (i32.const 0) (i32.const 1))))", IsValid());
    EXPECT_THAT(head + "(func (drop (array.new_data $r 0 (i32.const 0) (i32.const 1))))",
        IsInvalid("array type is not numeric or vector"));
    EXPECT_THAT(head + "(func (drop (array.new_data $b 1 (i32.const 0) (i32.const 1))))",
        IsInvalid("unknown data segment 1"));
    EXPECT_THAT(
        head + "(func (drop (array.new_elem $r 0 (i32.const 0) (i32.const 1))))", IsValid());
    EXPECT_THAT(head + "(func (drop (array.new_elem $b 0 (i32.const 0) (i32.const 1))))",
        IsInvalid("type mismatch"));
    EXPECT_THAT(
        head + "(func (drop (array.new_fixed $c 2 (i32.const 0) (i32.const 1))))", IsValid());
    EXPECT_THAT(head + "(func (drop (array.new_fixed $c 3 (i32.const 0) (i32.const 1))))",
        IsInvalid("type mismatch"));
    EXPECT_THAT(head + "(func (drop (array.new_fixed $c 2 (i32.const 0) (i64.const 1))))",
        IsInvalid("type mismatch"));
    EXPECT_THAT(head + "(func (param (ref $c)) (array.set $c (local.get 0) (i32.const 0)"
                       "  (i32.const 0)))",
        IsInvalid("immutable array"));
    EXPECT_THAT(head + "(func (param (ref $b) (ref $c)) (array.copy $b $c (local.get 0)"
                       "  (i32.const 0) (local.get 1) (i32.const 0) (i32.const 0)))",
        IsInvalid("array types do not match"));
}

TEST(Tables, AreTypedByAddressAndElement)
{
    std::string const head = "(table 1 funcref) (table i64 1 externref) ";
    EXPECT_THAT(head + "(func (result externref) (table.get 1 (i64.const 0)))", IsValid());
    EXPECT_THAT(
        head + "(func (result i64) (table.grow 1 (ref.null extern) (i64.const 0)))", IsValid());
    EXPECT_THAT(head + "(func (table.copy 0 1 (i32.const 0) (i64.const 0) (i32.const 0)))",
        IsInvalid("type mismatch"));
    EXPECT_THAT("(table $a 1 funcref) (table $b i64 1 funcref)"
                "(func (table.copy $a $b (i32.const 0) (i64.const 0) (i32.const 0)))",
        IsValid());
    EXPECT_THAT(
        head + "(func (table.fill 1 (i64.const 0) (ref.null extern) (i64.const 0)))", IsValid());
    EXPECT_THAT("(table 1 (ref func))", IsInvalid("type mismatch"));
    EXPECT_THAT("(table 1 (ref func) (ref.func 0)) (func)", IsValid());
}

} // namespace
} // namespace touchstone
