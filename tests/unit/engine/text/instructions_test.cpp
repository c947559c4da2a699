// text/instructions.html: flat and folded forms, immediates.
#include "engine/text/parse.hpp"

#include <gmock/gmock.h>

#include <string>

using namespace touchstone;
using testing::ElementsAre;

static Module parsed(std::string const& text)
{
    auto m = parse_module(text);
    EXPECT_TRUE(m) << text << ": " << (m ? "" : m.error().message);
    return m ? *m : Module{};
}

/// The body of a function in a module that has some of everything.
static Expr body(std::string const& instructions)
{
    return parsed(
        "(type $t (func)) (type $s (struct (field $a i32) (field $b i32))) (type $v (array i8))"
        "(memory $m 1) (memory $n 1) (table $u 1 funcref) (table $w 1 funcref) (data $d) (elem $e "
        "func)"
        "(tag $x) (func $f (param $p i32) " +
        instructions + ")")
        .funcs[0]
        .body;
}

static std::vector<Opcode> ops(std::string const& instructions)
{
    std::vector<Opcode> all;
    for (auto const& i : body(instructions).instrs)
        all.push_back(i.op);
    return all;
}

TEST(Folding, PutsOperandsFirst)
{
    using enum Opcode;
    EXPECT_THAT(ops("(i32.add (i32.const 1) (i32.mul (i32.const 2) (i32.const 3)))"),
        ElementsAre(I32Const, I32Const, I32Const, I32Mul, I32Add, End));
    EXPECT_EQ(
        body(
            "(if $l (result i32) (i32.const 1) (then (br $l (i32.const 2))) (else (i32.const 3)))"),
        body("i32.const 1 if $l (result i32) i32.const 2 br 0 else $l i32.const 3 end $l"));
    EXPECT_EQ(body("(block $l (loop (br 1)))"), body("block loop br 1 end end"));
    EXPECT_THAT(ops("(if (i32.const 1) (then))"), ElementsAre(I32Const, If, End, End));
}

TEST(Folding, KeepsPoolsInTheOrderOfInstructions)
{
    EXPECT_EQ(body("(br_table 0 1 (br_table 2 (i32.const 0)))"),
        body("i32.const 0 br_table 2 br_table 0 1"));
    EXPECT_EQ(body("(i8x16.swizzle (v128.const i64x2 1 2) (v128.const i64x2 3 4))"),
        body("v128.const i64x2 1 2 v128.const i64x2 3 4 i8x16.swizzle"));
}

TEST(Labels, CountFromTheInnermost)
{
    auto const e = body("block $a block $b br $a br $b block $a br $a end end end");
    EXPECT_EQ(e.instrs[2].x, 1U);
    EXPECT_EQ(e.instrs[3].x, 0U);
    EXPECT_EQ(e.instrs[5].x, 0U);
    auto const t = body("(block $a (try_table $b (catch $x $a) (catch_all_ref 0) (br $a)))");
    EXPECT_THAT(t.catches,
        ElementsAre(Catch{Catch::Kind::Catch, 0, 0}, Catch{Catch::Kind::CatchAllRef, 0, 0}));
    EXPECT_EQ(t.instrs[2].x, 1U);
}

TEST(Immediates, OfBlocks)
{
    auto of = [](std::string const& text) { return body(text).instrs[0].block_type(); };
    EXPECT_EQ(of("block end"), BlockType{});
    EXPECT_EQ(of("block (result) end"), BlockType{});
    EXPECT_EQ(of("block (result (ref $s)) end"),
        (BlockType{BlockType::Kind::Value, ValType::ref(false, HeapType::type(1)), 0}));
    EXPECT_EQ(of("block (type $t) end"), (BlockType{BlockType::Kind::Type, {}, 0}));
    EXPECT_EQ(of("block (param i32) end"), (BlockType{BlockType::Kind::Type, {}, 3}));
}

TEST(Immediates, OfMemory)
{
    auto of = [](std::string const& text) { return body(text).instrs[0]; };
    EXPECT_EQ(of("i32.load").align, 2U);
    EXPECT_EQ(of("v128.load8x8_s").align, 3U);
    EXPECT_EQ(of("i64.load8_u $n offset=0xffffffffffffffff align=1").x, 1U);
    EXPECT_EQ(of("i64.load8_u $n offset=0xffffffffffffffff align=1").imm, ~std::uint64_t{0});
    EXPECT_EQ(of("i32.load align=0x8000000000000000").align, 63U);
    auto const lane = of("v128.load8_lane 1 offset=2 3");
    EXPECT_EQ(lane.x, 1U);
    EXPECT_EQ(lane.imm, 2U);
    EXPECT_EQ(lane.lane, 3U);
    EXPECT_EQ(of("v128.load8_lane 1 2").x, 1U);
    EXPECT_EQ(of("v128.load8_lane 2").lane, 2U);
    EXPECT_EQ(of("v128.load8_lane $n 2").x, 1U);
    EXPECT_EQ(of("memory.init $n $d").y, 1U);
    EXPECT_EQ(of("memory.init $d").y, 0U);
    EXPECT_EQ(of("memory.copy $n $m").x, 1U);
    EXPECT_EQ(of("memory.fill 1").x, 1U);
}

TEST(Immediates, OfTablesAndCalls)
{
    auto of = [](std::string const& text) { return body(text).instrs[0]; };
    EXPECT_EQ(of("call_indirect $w (type $t)").y, 1U);
    EXPECT_EQ(of("call_indirect (param i32)").x, 3U);
    EXPECT_EQ(of("table.init $w $e").y, 1U);
    EXPECT_EQ(of("table.init $e").x, 0U);
    EXPECT_EQ(of("table.copy $w $u").x, 1U);
    EXPECT_EQ(of("table.get").x, 0U);
    EXPECT_EQ(of("table.get $w").x, 1U);
}

TEST(Immediates, OfAggregatesAndReferences)
{
    auto of = [](std::string const& text) { return body(text).instrs[0]; };
    EXPECT_EQ(of("struct.get $s $b").y, 1U);
    EXPECT_EQ(of("struct.set 1 0").y, 0U);
    EXPECT_EQ(of("array.new_fixed $v 3").y, 3U);
    EXPECT_EQ(of("array.new_data $v $d").x, 2U);
    EXPECT_EQ(of("array.copy $v 1").y, 1U);
    EXPECT_EQ(of("ref.test (ref null any)").op, Opcode::RefTestNull);
    EXPECT_EQ(of("ref.cast (ref $s)").heap_type(), HeapType::type(1));
    EXPECT_EQ(of("ref.cast i31ref").op, Opcode::RefCastNull);
    EXPECT_EQ(of("ref.null 4294967295").heap_type(), HeapType::type(0x7FFF'FFFF));
    auto const cast = body("br_on_cast 0 anyref (ref i31)");
    EXPECT_THAT(cast.types, ElementsAre(anyref, ValType::ref(false, AbsHeapType::I31)));
    EXPECT_EQ(of("select").op, Opcode::Select);
    EXPECT_EQ(of("select (result)").op, Opcode::SelectT);
    EXPECT_THAT(body("select (result i32) (result i64)").types, ElementsAre(i32, i64));
}

TEST(Immediates, OfConstants)
{
    auto of = [](std::string const& text) { return body(text).instrs[0].imm; };
    EXPECT_EQ(of("i32.const -1"), 0xFFFF'FFFFU);
    EXPECT_EQ(of("f32.const 1"), 0x3F80'0000U);
    EXPECT_EQ(of("f64.const -nan:0x1"), 0xFFF0'0000'0000'0001U);
    auto const v = body("v128.const i16x8 -1 0x8000 2 3 4 5 6 7").vectors[0].bytes;
    EXPECT_EQ(v[1], 0xFF);
    EXPECT_EQ(v[3], 0x80);
    EXPECT_EQ(v[14], 7);
    EXPECT_EQ(body("v128.const f32x4 1 -0 inf nan").vectors[0].bytes[7], 0x80);
    EXPECT_EQ(
        body("i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 255").vectors[0].bytes[15], 255);
}

TEST(DataCount, IsSetWhereAnInstructionNeedsIt)
{
    auto of = [](std::string const& text) {
        return parsed("(memory 1) (data $d) (type $a (array i8)) (func " + text + ")")
            .has_data_count;
    };
    EXPECT_FALSE(of("nop"));
    for (auto const* const text :
        {"data.drop $d", "memory.init $d", "array.new_data $a $d", "array.init_data $a $d"})
        EXPECT_TRUE(of(text)) << text;
}
