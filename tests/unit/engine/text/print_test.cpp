// print: readable, and parse(print(m)) == m.
#include "engine/text/parse.hpp"
#include "engine/text/print.hpp"

#include <gmock/gmock.h>

using namespace touchstone;
using testing::HasSubstr;

class RoundTrips : public testing::TestWithParam<char const*>
{};

TEST_P(RoundTrips, GiveTheSameModule)
{
    auto const m = parse_module(GetParam());
    ASSERT_TRUE(m) << m.error().message;
    auto const text = print(*m);
    auto const again = parse_module(text);
    ASSERT_TRUE(again) << again.error().message << '\n' << text;
    EXPECT_EQ(*again, *m) << text;
    EXPECT_EQ(print(*again), text);
}

INSTANTIATE_TEST_SUITE_P(Print, RoundTrips,
    testing::Values("", "(module $\"odd name\")", "(@name \"\")", "(module (@name \"\"))",
        "(func (@name \"f\")) (func (@name \"f\") (call 0)) (func $g (@name \"\")) (type (@name "
        "\"\") "
        "(func)) (table (@name \"\") 1 funcref) (memory (@name \"\") 1) (global (@name \"\") i32 "
        "(i32.const 0)) (tag (@name \"\")) (elem (@name \"\") func) (data (@name \"\") \"\")",
        "(rec) (rec (type $a (struct (field $x (ref null $b)) (field i8) (field (mut i16)))) (type "
        "$b (sub (array anyref)))) (type (sub final $b (array anyref)))",
        "(import \"\\00\\u{20ac}\" \"\\\"\" (func $f (param i32))) (global (import \"m\" \"g\") "
        "(mut i64)) (memory (import \"\" \"\") i64 1 2)",
        "(table $t i64 1 2 (ref null func) (ref.null func)) (table funcref (elem)) (elem $e (table "
        "1) (i32.const 0) funcref (item ref.null func))",
        "(memory 1) (memory $m 1) (data $d (memory $m) (i32.const 1) \"\\00\\ff\\\"x\") (data "
        "\"\")",
        "(func $f (param $x i32) (param i32 i64) (result i32) (local f32) (local) (local $y f32) "
        "(local f32) local.get $y drop local.get 1)",
        "(func (block $l (loop $l (br $l) (br 1))) (block $k (br_table $k 0 1)))",
        "(func (f32.const 0.1) (f32.const -nan:0x1) (f64.const nan) (f64.const -inf) (f64.const "
        "5e-324) (f32.const -0) (f64.const 1e300))",
        "(func (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 (v128.const i32x4 1 2 3 4) "
        "(v128.const i64x2 -1 0)))",
        "(memory 1) (memory 1) (func (v128.load8_lane 1 offset=3 align=1 15 (i32.const 0) "
        "(v128.const i64x2 0 0)) drop i32.load align=1 i32.load 1 offset=4294967295 memory.copy 1 "
        "0 memory.copy)",
        "(tag $t (param i32)) (func (block $h (try_table $h (catch $t $h) (catch_ref 0 0) "
        "(catch_all 1) (catch_all_ref 0) (throw $t))))",
        "(type $s (struct (field $x i32) (field $x2 i32))) (func struct.get $s $x2 struct.get 0 1 "
        "ref.test (ref null $s) ref.cast (ref i31) br_on_cast 0 anyref (ref $s) select (result) "
        "select (result i32 i64) select)",
        "(func $a) (start $a) (export \"e\" (func $a)) (elem func $a) (elem declare funcref "
        "(ref.func $a))",
        "(type (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 "
        "i32))) (func (type 0) (local $x i32) local.get $x)",
        "(data $d) (type $a (array i8)) (func array.new_data $a $d array.new_fixed $a 0 data.drop "
        "0)",
        "(func call_indirect 3 (type 9) call 99 local.get 77 br 5 ref.null 1000 call_ref 55)"));

TEST(Print, IndentsAndNames)
{
    auto const m = parse_module("(func $f (param $x i32) (result i32) (block $b (result i32) "
                                "(br_if $b (local.get $x) (i32.const 1))))");
    ASSERT_TRUE(m);
    EXPECT_EQ(print(*m), R"((module
  (type (func (param i32) (result i32)))
  (func $f (type 0) (param $x i32) (result i32)
    block $b (result i32)
      local.get $x
      i32.const 1
      br_if $b
    end)
)
)");
}

TEST(Print, OneInstruction)
{
    auto const m = parse_module(
        "(func i32.load offset=8 v128.const i32x4 1 2 3 4 block $l (result i32) br_table 0 1)"
        "(func end)");
    EXPECT_FALSE(m);
    auto const ok = parse_module(
        "(func i32.load offset=8 v128.const i32x4 1 2 3 4 block $l (result i32) br_table 0 1 end)");
    ASSERT_TRUE(ok);
    auto const& e = ok->funcs[0].body;
    EXPECT_EQ(print(e, e.instrs[0]), "i32.load offset=8");
    EXPECT_EQ(
        print(e, e.instrs[1]), "v128.const i32x4 0x00000001 0x00000002 0x00000003 0x00000004");
    EXPECT_EQ(print(e, e.instrs[2]), "block (result i32)");
    EXPECT_EQ(print(e, e.instrs[3]), "br_table 0 1");
    EXPECT_EQ(print(e, e.instrs[4]), "end");
}

TEST(Print, AnnotatesNamesThatAreNoIdentifiers)
{
    auto m = *parse_module("(func) (func) (func) (func)");
    m.names.funcs = {{0, "same"}, {1, "same"}, {2, ""}, {3, "\xff"}, {99, "none"}};
    auto const again = parse_module(print(m));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->funcs, m.funcs);
    EXPECT_THAT(again->names.funcs, testing::ElementsAre(testing::Pair(0, "same"),
                                        testing::Pair(1, "same"), testing::Pair(2, "")));
}

TEST(Print, KeepsGroupsOfLocalsThatABinaryMayHave)
{
    auto m = *parse_module("(func)");
    m.funcs[0].locals = {{2, i32}, {1, i32}, {3, i64}, {1, i64}, {1, i32}};
    EXPECT_EQ(parse_module(print(m))->funcs, m.funcs);
}

TEST(Print, DoesNotWriteOutThousandsOfMillionsOfLocals)
{
    auto m = *parse_module("(func)");
    m.funcs[0].locals = {{4'000'000'000, i32}, {5, i64}};
    auto const text = print(m);
    EXPECT_LT(text.size(), 1'000U);
    EXPECT_THAT(text, HasSubstr("(; 4000000000 locals of type i32 ;)"));
}

TEST(Print, WritesLongIdentifiersOnce)
{
    auto const id = "$" + std::string(100'000, 'x');
    std::string uses;
    for (int i = 0; i < 1'000; ++i)
        uses += "call 0 ref.null 0 local.get 0 br 0 ";
    auto const m = parse_module("(type " + id + " (func)) (func " + id + " (local " + id +
                                " i32) block " + id + " " + uses + "end)");
    ASSERT_TRUE(m);
    auto const text = print(*m);
    EXPECT_LT(text.size(), 1'000'000U);
    EXPECT_EQ(parse_module(text), *m);
}

TEST(Print, ShowsCustomSectionsAsAnnotations)
{
    auto m = *parse_module("(func)");
    m.customs.push_back({"producers", {'a', 0}, 10, {}});
    EXPECT_THAT(print(m), HasSubstr("(@custom \"producers\" (after code) \"a\\00\")"));
    EXPECT_TRUE(parse_module(print(m)));
}
