#include "engine/text/print_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace touchstone {

namespace {

using testing::HasSubstr;

/// What is printed of a script, which is printed alike when it was read again.
std::string printed(std::string const& text)
{
    auto const script = parse_script(text);
    EXPECT_TRUE(script) << describe(script.error());
    if (!script)
        return {};
    auto const once = print(*script);
    auto const again = parse_script(once);
    EXPECT_TRUE(again) << once << describe(again.error());
    if (again) {
        EXPECT_EQ(print(*again), once);
    }
    return once;
}

} // namespace

TEST(PrintScript, Modules)
{
    EXPECT_EQ(printed("(module $a)"), "(module $a\n)\n");
    EXPECT_EQ(
        printed("(module definition $a (memory 1))"), "(module definition $a\n  (memory 1)\n)\n");
    EXPECT_EQ(printed("(module binary \"\\00asm\" \"x\")"), "(module binary \"\\00asmx\")\n");
    EXPECT_EQ(printed("(module $q quote \"(func)\")"), "(module $q quote \"(func)\")\n");
    EXPECT_EQ(printed("(module instance $i $a)"), "(module instance $i $a)\n");
    EXPECT_EQ(printed("(module instance $a)"), "(module instance $a)\n");
    EXPECT_EQ(printed("(register \"m\\u{fc}\" $a)"), "(register \"m\xC3\xBC\" $a)\n");
}

TEST(PrintScript, ActionsAndAssertions)
{
    EXPECT_EQ(printed("(invoke $m \"f\" (i32.const 0xFFFFFFFF) (f32.const 0x1p-3) (ref.null func) "
                      "(ref.extern 3))"),
        "(invoke $m \"f\" (i32.const -1) (f32.const 0.125) (ref.null func) (ref.extern 3))\n");
    EXPECT_EQ(printed("(assert_return (get \"g\") (i64.const 7) (f64.const nan:arithmetic))"),
        "(assert_return (get \"g\") (i64.const 7) (f64.const nan:arithmetic))\n");
    EXPECT_EQ(printed("(assert_trap (module (start 0) (func unreachable)) \"unreachable\")"),
        "(assert_trap (module\n  (type (func))\n  (start 0)\n  (func (type 0)\n    unreachable)\n) "
        "\"unreachable\")\n");
    EXPECT_EQ(printed("(assert_exception (invoke \"f\"))"), "(assert_exception (invoke \"f\"))\n");
    EXPECT_EQ(printed("(assert_malformed (module quote \"(\") \"unexpected end\")"),
        "(assert_malformed (module quote \"(\") \"unexpected end\")\n");
    EXPECT_EQ(printed("(assert_unlinkable (module instance $a) \"unknown import\")"),
        "(assert_unlinkable (module instance $a) \"unknown import\")\n");
}

TEST(PrintScript, Vectors)
{
    EXPECT_THAT(printed("(invoke \"f\" (v128.const i32x4 1 2 3 4))"),
        HasSubstr("(v128.const i64x2 0x200000001 0x400000003)"));
    EXPECT_THAT(
        printed("(assert_return (invoke \"f\") (v128.const f32x4 1 nan:canonical -0 nan:0x1))"),
        HasSubstr("(v128.const f32x4 1 nan:canonical -0 nan:0x1)"));
    EXPECT_THAT(printed("(assert_return (invoke \"f\") (v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 "
                        "12 13 14 255))"),
        HasSubstr("0xe 0xff)"));
    EXPECT_THAT(printed("(assert_return (invoke \"f\") (v128.const f64x2 nan:arithmetic 2))"),
        HasSubstr("(v128.const f64x2 nan:arithmetic 2)"));
}

TEST(PrintScript, ReferencesAndAlternatives)
{
    auto const all =
        std::string{"(ref) (ref.eq) (ref.i31) (ref.struct) (ref.array) (ref.func) (ref.exn) "
                    "(ref.extern) (ref.extern 1) (ref.host 2) (ref.null) (ref.null none)"};
    EXPECT_EQ(printed("(assert_return (invoke \"f\") " + all + ")"),
        "(assert_return (invoke \"f\") " + all + ")\n");
    auto const either =
        std::string{"(either (i32.const 1) (either (ref.func) (i32.const 2))) (i32.const 3)"};
    EXPECT_EQ(printed("(assert_return (invoke \"f\") " + either + ")"),
        "(assert_return (invoke \"f\") " + either + ")\n");
}

TEST(PrintScript, Threads)
{
    EXPECT_EQ(printed("(thread $t (shared (module $m)) (invoke \"f\") (thread $u)) (wait $t)"),
        "(thread $t (shared (module $m))\n(invoke \"f\")\n(thread $u\n)\n)\n(wait $t)\n");
}

} // namespace touchstone
