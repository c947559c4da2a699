#include "tests/unit/engine/validation/from_text.hpp"

namespace touchstone {
namespace {

TEST(ConstantExpressions, AreOfTheirType)
{
    EXPECT_THAT("(global i32 (i32.const 1))", IsValid());
    EXPECT_THAT("(global i32 (i64.const 1))", IsInvalid("type mismatch"));
    EXPECT_THAT("(global i32 (i32.const 1) (i32.const 2))", IsInvalid("type mismatch"));
    EXPECT_THAT("(global i32)", IsInvalid("type mismatch"));
    EXPECT_THAT(
        "(global i32 (i32.add (i32.const 1) (i32.mul (i32.const 2) (i32.const 3))))", IsValid());
    EXPECT_THAT("(global i32 (i32.div_s (i32.const 1) (i32.const 2)))",
        IsInvalid("constant expression required"));
    EXPECT_THAT("(global i32 (call 0)) (func (result i32) i32.const 1)",
        IsInvalid("constant expression required"));
    EXPECT_THAT(
        "(type $s (struct (field i8))) (global (ref $s) (struct.new $s (i32.const 1)))", IsValid());
    EXPECT_THAT("(type $a (array i8)) (data \"a\")"
                "(global (ref $a) (array.new_data $a 0 (i32.const 0) (i32.const 1)))",
        IsInvalid("constant expression required"));
}

TEST(ConstantExpressions, SeeEarlierImmutableGlobals)
{
    EXPECT_THAT("(global i32 (i32.const 1)) (global i32 (global.get 0))", IsValid());
    EXPECT_THAT("(global i32 (global.get 0))", IsInvalid("unknown global 0"));
    EXPECT_THAT(
        "(global i32 (global.get 1)) (global i32 (i32.const 1))", IsInvalid("unknown global 1"));
    EXPECT_THAT("(global (mut i32) (i32.const 1)) (global i32 (global.get 0))",
        IsInvalid("constant expression required"));
    EXPECT_THAT("(memory 1) (global i32 (i32.const 1)) (data (global.get 0) \"a\")", IsValid());
    // a table's expression sees the imported globals only
    EXPECT_THAT(
        "(global (import \"m\" \"g\") funcref) (table 1 funcref (global.get 0))", IsValid());
    EXPECT_THAT("(table 1 funcref (global.get 0)) (global funcref (ref.null func))",
        IsInvalid("unknown global 0"));
}

TEST(ConstantExpressions, AddressAsTheMemoryOrTableDoes)
{
    EXPECT_THAT("(memory i64 1) (data (i64.const 0) \"a\")", IsValid());
    EXPECT_THAT("(memory i64 1) (data (i32.const 0) \"a\")", IsInvalid("type mismatch"));
    EXPECT_THAT("(table i64 1 funcref) (elem (i64.const 0))", IsValid());
    EXPECT_THAT("(table i64 1 funcref) (elem (i32.const 0))", IsInvalid("type mismatch"));
}

} // namespace
} // namespace touchstone
