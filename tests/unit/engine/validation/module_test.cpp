#include "tests/unit/engine/validation/from_text.hpp"

namespace touchstone {
namespace {

TEST(ValidModule, SpellsOutItsIndexSpaces)
{
    auto const v = valid(R"(
        (type $a (func (param i32)))
        (type $b (func (result i64)))
        (import "m" "f" (func (type $b)))
        (import "m" "g" (global f32))
        (import "m" "t" (table 3 externref))
        (import "m" "m" (memory i64 1))
        (import "m" "e" (tag (type $a)))
        (func (type $a))
        (table 1 funcref)
        (memory 2)
        (global (mut i32) (i32.const 0))
        (tag (param i64)))");
    EXPECT_THAT(v->funcs(), testing::ElementsAre(1, 0));
    EXPECT_EQ(v->func_type(v->funcs()[0]).results, ResultType{i64});
    ASSERT_EQ(v->tables().size(), 2U);
    EXPECT_EQ(v->tables()[0].element, externref);
    EXPECT_EQ(v->tables()[1].element, funcref);
    ASSERT_EQ(v->memories().size(), 2U);
    EXPECT_EQ(v->memories()[0].limits.addr, AddrType::I64);
    EXPECT_EQ(v->memories()[1].limits.min, 2U);
    ASSERT_EQ(v->globals().size(), 2U);
    EXPECT_EQ(v->globals()[0].value, f32);
    EXPECT_TRUE(v->globals()[1].is_mutable);
    ASSERT_EQ(v->tags().size(), 2U);
    EXPECT_EQ(v->tags()[0].type, 0U);
    EXPECT_EQ(v->func_facts().size(), 1U);
}

TEST(Modules, LimitSizes)
{
    EXPECT_THAT("(memory 65536)", IsValid());
    EXPECT_THAT("(memory 65537)", IsInvalid("memory size must be at most 2^16 pages"));
    EXPECT_THAT("(memory 0 65537)", IsInvalid("memory size"));
    EXPECT_THAT("(memory i64 0x1_0000_0000_0000)", IsValid());
    EXPECT_THAT("(memory i64 0x1_0000_0000_0001)", IsInvalid("memory size"));
    EXPECT_THAT("(memory 2 1)", IsInvalid("size minimum must not be greater than maximum"));
    EXPECT_THAT("(table 0xffff_ffff funcref)", IsValid());
    EXPECT_THAT("(table i64 0xffff_ffff_ffff_ffff funcref)", IsValid());
    EXPECT_THAT("(table 2 1 funcref)", IsInvalid("size minimum"));
    EXPECT_THAT("(import \"m\" \"m\" (memory 65537))", IsInvalid("memory size"));
}

TEST(Modules, ExportEachNameOnce)
{
    EXPECT_THAT("(func (export \"a\") (export \"b\"))", IsValid());
    EXPECT_THAT(
        "(func (export \"a\")) (memory (export \"a\") 1)", IsInvalid("duplicate export name"));
    EXPECT_THAT("(export \"a\" (func 0))", IsInvalid("unknown function 0"));
    EXPECT_THAT("(export \"a\" (global 0))", IsInvalid("unknown global 0"));
    EXPECT_THAT("(export \"a\" (table 0))", IsInvalid("unknown table 0"));
    EXPECT_THAT("(export \"a\" (memory 0))", IsInvalid("unknown memory 0"));
    EXPECT_THAT("(export \"a\" (tag 0))", IsInvalid("unknown tag 0"));
}

TEST(Modules, StartWithoutArguments)
{
    EXPECT_THAT("(start 0) (func)", IsValid());
    EXPECT_THAT("(start 0)", IsInvalid("unknown function 0"));
    EXPECT_THAT("(start 0) (func (param i32))", IsInvalid("start function"));
    EXPECT_THAT("(start 0) (func (result i32) i32.const 0)", IsInvalid("start function"));
}

TEST(Memories, AreAddressedByTheirType)
{
    EXPECT_THAT("(func (drop (i32.load (i32.const 0))))", IsInvalid("unknown memory 0"));
    EXPECT_THAT("(memory 1) (memory i64 1) (func (drop (i32.load 1 (i64.const 0))))", IsValid());
    EXPECT_THAT("(memory 1) (memory i64 1) (func (drop (i32.load 1 (i32.const 0))))",
        IsInvalid("type mismatch"));
    EXPECT_THAT("(memory 1) (func (drop (i32.load align=8 (i32.const 0))))",
        IsInvalid("alignment must not be larger than natural"));
    EXPECT_THAT("(memory 1) (func (drop (i32.load offset=0x1_0000_0000 (i32.const 0))))",
        IsInvalid("offset out of range"));
    EXPECT_THAT(
        "(memory i64 1) (func (drop (i32.load offset=0x1_0000_0000 (i64.const 0))))", IsValid());
    EXPECT_THAT("(memory 1) (memory i64 1)"
                "(func (memory.copy 0 1 (i32.const 0) (i64.const 0) (i32.const 0)))",
        IsValid());
    EXPECT_THAT(
        "(memory 1) (func (drop (v128.load64_lane 2 (i32.const 0) (v128.const i64x2 0 0))))",
        IsInvalid("invalid lane index"));
    EXPECT_THAT("(func (drop (i16x8.extract_lane_s 8 (v128.const i64x2 0 0))))",
        IsInvalid("invalid lane index"));
    EXPECT_THAT("(memory 1) (func (memory.init 0 (i32.const 0) (i32.const 0) (i32.const 0)))",
        IsInvalid("unknown data segment 0"));
}

TEST(Errors, SayWhereAndByWhichRule)
{
    auto m = parsed("(import \"m\" \"f\" (func)) (func) (func nop i32.const 1 i64.eqz drop)");
    m.funcs[1].body.instrs[2].where.offset = 77;
    auto const v = validate(std::move(m));
    ASSERT_FALSE(v);
    EXPECT_EQ(v.error().kind, Error::Kind::Invalid);
    EXPECT_EQ(v.error().offset, 77U);
    EXPECT_EQ(v.error().function, 2U);
    EXPECT_EQ(v.error().rule, "Instr_ok/testop");
    EXPECT_EQ(v.error().message, "type mismatch: instruction requires [i64] but stack has [i32]");

    auto const e = validate(parsed("(memory 2 1)"));
    ASSERT_FALSE(e);
    EXPECT_EQ(e.error().rule, "Limits_ok");
    EXPECT_EQ(e.error().function, std::nullopt);
}

// Not from a decoder or parser, which see to it, but perhaps from a mutator.
TEST(Errors, BodiesThatDoNotNest)
{
    auto m = parsed("(func nop)");
    m.funcs[0].body.instrs.pop_back();
    EXPECT_FALSE(validate(m));
    m.funcs[0].body.instrs.clear();
    EXPECT_FALSE(validate(m));
    m = parsed("(func nop)");
    m.funcs[0].body.instrs.push_back({});
    EXPECT_FALSE(validate(m));
    m = parsed("(func nop)");
    m.funcs[0].body.instrs[0].op = Opcode::Else;
    EXPECT_FALSE(validate(m));
}

} // namespace
} // namespace touchstone
