#include "tests/unit/engine/validation/from_text.hpp"

namespace touchstone {
namespace {

std::string func(std::string_view body, std::string_view type = "")
{
    return "(type $t (func)) (func " + std::string{type} + " " + std::string{body} + ")";
}

TEST(Blocks, TakeAndLeaveTheirTypes)
{
    EXPECT_THAT(func("block end loop end"), IsValid());
    EXPECT_THAT(
        func("i32.const 1 block (param i32) (result i64) i64.extend_i32_s end drop"), IsValid());
    EXPECT_THAT(func("block (result i32) end drop"), IsInvalid("type mismatch"));
    EXPECT_THAT(func("i32.const 1 block drop end"), IsInvalid("type mismatch"));
    EXPECT_THAT(func("block i32.const 1 end"), IsInvalid("type mismatch: block requires []"));
    EXPECT_THAT(func("i32.const 1"), IsInvalid("type mismatch"));
    EXPECT_THAT(func("block (type 7) end"), IsInvalid("unknown type 7"));
}

TEST(Ifs, NeedBothBranches)
{
    EXPECT_THAT(
        func("i32.const 1 if (result i32) i32.const 1 else i32.const 2 end drop"), IsValid());
    EXPECT_THAT(
        func("i32.const 1 if (result i32) i32.const 1 end drop"), IsInvalid("type mismatch"));
    EXPECT_THAT(func("i64.const 1 i32.const 1 if (param i64) (result i64) end drop"), IsValid());
    EXPECT_THAT(func("i32.const 1 if (result i32) i32.const 1 else i64.const 2 end drop"),
        IsInvalid("type mismatch"));
    EXPECT_THAT(func("i64.const 1 if end"), IsInvalid("type mismatch"));
}

TEST(Branches, CarryTheLabelsTypes)
{
    EXPECT_THAT(func("block (result i32) i32.const 1 br 0 end drop"), IsValid());
    EXPECT_THAT(func("i32.const 1 loop (param i32) br 0 end"), IsValid());
    EXPECT_THAT(func("br 1"), IsInvalid("unknown label 1"));
    EXPECT_THAT(func("block (result i32) i64.const 1 br 0 end drop"), IsInvalid("type mismatch"));
    EXPECT_THAT(func("i32.const 7 i32.const 1 br_if 0 return", "(result i32)"), IsValid());
    EXPECT_THAT(func("i32.const 1 br_table 0 1 0"), IsInvalid("unknown label 1"));
    EXPECT_THAT(func("block (result i32) i32.const 1 i32.const 1 br_table 0 1 end drop"),
        IsInvalid("type mismatch"));
}

// br_if leaves the label's types, not those of the operands.
TEST(Branches, ForgetWhatIsBetterThanTheLabel)
{
    EXPECT_THAT("(type $t (func)) (elem declare func $f) (func $f (result funcref)"
                "  (br_if 0 (ref.func $f) (i32.const 1)) (call_ref $t))",
        IsInvalid("type mismatch"));
}

TEST(Unreachable, IsPolymorphicButNotBlind)
{
    EXPECT_THAT(func("unreachable i32.add drop"), IsValid());
    EXPECT_THAT(func("unreachable i64.const 1 i32.add drop"), IsInvalid("type mismatch"));
    EXPECT_THAT(func("unreachable select drop"), IsValid());
    EXPECT_THAT(func("unreachable i32.const 0 select i32.add drop"), IsValid());
    EXPECT_THAT(
        func("unreachable ref.null func i32.const 0 select drop"), IsInvalid("type mismatch"));
    EXPECT_THAT(func("unreachable f32.const 0 i64.const 0 i32.const 0 select drop"),
        IsInvalid("type mismatch"));
    EXPECT_THAT(func("unreachable ref.as_non_null i32.eqz drop"), IsInvalid("type mismatch"));
    EXPECT_THAT(func("block unreachable end i32.add drop"), IsInvalid("type mismatch"));
    EXPECT_THAT(func("block (result i32) block (result i64) unreachable i32.const 0 i32.const 0"
                     " br_table 0 1 1 end drop i32.const 0 end drop"),
        IsInvalid("type mismatch"));
    EXPECT_THAT(func("block (result i32) block (result i64) unreachable"
                     " br_table 0 1 1 end drop i32.const 0 end drop"),
        IsValid());
}

TEST(Selects, AreOfNumbersUnlessTyped)
{
    EXPECT_THAT(
        func("ref.null func ref.null func i32.const 1 select drop"), IsInvalid("type mismatch"));
    EXPECT_THAT(
        func("ref.null func ref.null func i32.const 1 select (result funcref) drop"), IsValid());
    EXPECT_THAT(
        func("i32.const 0 i64.const 0 i32.const 1 select drop"), IsInvalid("type mismatch"));
    EXPECT_THAT(func("unreachable select (result i32 i32)"), IsInvalid("invalid result arity"));
    EXPECT_THAT(func("unreachable select (result)"), IsInvalid("invalid result arity"));
}

TEST(TailCalls, ReturnWhatTheCallerReturns)
{
    EXPECT_THAT("(func (result i32) return_call 0)", IsValid());
    EXPECT_THAT("(func (result i32) return_call 1) (func (result i64) unreachable)",
        IsInvalid("type mismatch"));
    EXPECT_THAT(
        "(func (result anyref) return_call 1) (func (result eqref) unreachable)", IsValid());
    EXPECT_THAT("(func (result eqref) return_call 1) (func (result anyref) unreachable)",
        IsInvalid("type mismatch"));
}

TEST(Calls, OfTables)
{
    EXPECT_THAT("(func i32.const 0 call_indirect)", IsInvalid("unknown table 0"));
    EXPECT_THAT("(table 1 externref) (func i32.const 0 call_indirect)", IsInvalid("type mismatch"));
    EXPECT_THAT("(table i64 1 funcref) (func i64.const 0 call_indirect)", IsValid());
    EXPECT_THAT(
        "(table i64 1 funcref) (func i32.const 0 call_indirect)", IsInvalid("type mismatch"));
    EXPECT_THAT("(func call 1)", IsInvalid("unknown function 1"));
}

TEST(Exceptions, AreTypedByTheirTags)
{
    std::string const tag = "(tag $e (param i32)) ";
    EXPECT_THAT(tag + "(func i32.const 0 throw $e)", IsValid());
    EXPECT_THAT(tag + "(func throw $e)",
        IsInvalid("type mismatch: instruction requires [i32] but stack has []"));
    EXPECT_THAT(tag + "(func throw 1)", IsInvalid("unknown tag 1"));
    EXPECT_THAT(tag + "(func (result i32) (try_table (catch $e 0)) i32.const 0)", IsValid());
    EXPECT_THAT(
        tag + "(func (result i32 exnref) (try_table (catch_ref $e 0)) unreachable)", IsValid());
    EXPECT_THAT(tag + "(func (try_table (catch_all_ref 0)))", IsInvalid("type mismatch"));
    EXPECT_THAT(tag + "(func (try_table (catch_all 0)))", IsValid());
    EXPECT_THAT(tag + "(func (try_table (catch $e 0)))", IsInvalid("type mismatch"));
    EXPECT_THAT("(tag (result i32))", IsInvalid("non-empty tag result type"));
    EXPECT_THAT("(func i32.const 1 throw_ref)", IsInvalid("type mismatch"));
    EXPECT_THAT("(func ref.null exn throw_ref)", IsValid());
}

} // namespace
} // namespace touchstone
