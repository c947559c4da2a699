// What is no module, and in which words.
#include "engine/text/parse.hpp"

#include <gmock/gmock.h>

using namespace touchstone;
using testing::StartsWith;

struct Refusal
{
    char const* text;
    char const* message;
};

class Refusals : public testing::TestWithParam<Refusal>
{};

TEST_P(Refusals, SayWhy)
{
    auto const m = parse_module(GetParam().text);
    ASSERT_FALSE(m) << GetParam().text;
    EXPECT_THAT(m.error().message, StartsWith(GetParam().message)) << GetParam().text;
    EXPECT_EQ(m.error().kind, Error::Kind::Malformed);
    EXPECT_GT(m.error().line, 0U);
}

INSTANTIATE_TEST_SUITE_P(Text, Refusals,
    testing::Values(Refusal{"(func", "unexpected token"}, Refusal{"(func))", "unexpected token"},
        Refusal{"(module) (module)", "unexpected token"},
        Refusal{"(invoke \"f\")", "unexpected token"},
        Refusal{"(func (i32.add i32.const 1))", "unexpected token"},
        Refusal{"(func block)", "unexpected token"}, Refusal{"(func end)", "unexpected token"},
        Refusal{"(func (block end))", "unexpected token"},
        Refusal{"(func else)", "unexpected token"},
        Refusal{"(func i32.const 0 if else else end)", "unexpected token"},
        Refusal{"(func (if (i32.const 1)))", "unexpected token"},
        Refusal{"(func (if (then) (i32.const 1)))", "unexpected token"},
        Refusal{"(func (if (then) (else) (else)))", "unexpected token"},
        Refusal{"(func (local i32) (param i32))", "unexpected token"},
        Refusal{"(func (block (param $x i32)))", "unexpected token"},
        Refusal{"(func memory.copy 0)", "unexpected token"},
        Refusal{"(table 1 i32)", "unexpected token"},
        Refusal{"(memory f32 1)", "malformed address type"},
        Refusal{"(elem (table 0) (i32.const 0) 0)", "unexpected token"},
        Refusal{"(table 1 funcref (elem))", "unexpected token"},
        Refusal{"(func $f) (func $f)", "duplicate func"},
        Refusal{"(type $f (func)) (type $f (func))", "duplicate type"},
        Refusal{"(data $d) (data $d)", "duplicate data"},
        Refusal{"(func (param $x i32) (local $x i32))", "duplicate local"},
        Refusal{"(func br $l)", "unknown label"}, Refusal{"(func call $f)", "unknown func"},
        Refusal{"(func local.get $x)", "unknown local"},
        Refusal{"(func struct.get 0 $x)", "unknown field"},
        Refusal{"(func (block $l) br $l)", "unknown label"},
        Refusal{"(func block $l end $k)", "mismatching label"},
        Refusal{"(type (func)) (func (type 0) (param i32))", "inline function type"},
        Refusal{"(func (type 1) (param i32))", "unknown type"},
        Refusal{"(type (struct)) (func (type 0) (local $x i32))", "non-function type"},
        Refusal{"(func i32.load align=3)", "alignment must be a power of two"},
        Refusal{"(func i32.load align=0)", "alignment must be a power of two"},
        Refusal{"(func i32.const 0x1_0000_0000)", "constant out of range"},
        Refusal{"(func call 4294967296)", "i32 constant out of range"},
        Refusal{"(func i8x16.extract_lane_s 256)", "i8 constant out of range"},
        Refusal{"(func v128.const i64x2 1)", "wrong number of lane literals"},
        Refusal{"(func i8x16.shuffle 1)", "invalid lane length"},
        Refusal{"(memory 0x1_0000_0000_0000_0000)", "i64 constant out of range"},
        Refusal{"(func) (import \"\" \"\" (func))", "import after function"},
        Refusal{"(tag) (memory (import \"\" \"\") 1)", "import after tag"},
        Refusal{"(func $f) (start $f) (start $f)", "multiple start sections"},
        Refusal{"(import \"\\ff\" \"\" (func))", "malformed UTF-8 encoding"},
        Refusal{"(func (call $g)) (func $g (i32.foo))", "unknown operator i32.foo"},
        Refusal{"(func try end)", "unknown operator try"},
        Refusal{"(func (result i32) (i32.const nan:canonical))", "unexpected token"}));

TEST(Refusal, HasAPlace)
{
    auto const m = parse_module("(module\n  (func\n    nop foo))");
    ASSERT_FALSE(m);
    EXPECT_EQ(m.error().offset, 24U);
    EXPECT_EQ(m.error().line, 3U);
    EXPECT_EQ(m.error().column, 9U);
}

TEST(Refusal, NamesTheFunction)
{
    auto const m = parse_module("(func) (func local.get $x)");
    ASSERT_FALSE(m);
    EXPECT_EQ(m.error().function, 1U);
}

TEST(Refusal, ShowsTheStartOfWhatIsLongInWholeCharacters)
{
    std::string euros;
    for (int i = 0; i < 1'000; ++i)
        euros += "\xe2\x82\xac";
    auto const m = parse_module("(func call $\"" + euros + "\")");
    ASSERT_FALSE(m);
    EXPECT_EQ(m.error().message, "unknown function $" + euros.substr(0, 60) + "...");
}
