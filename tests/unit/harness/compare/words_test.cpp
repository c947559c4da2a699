#include "harness/compare/words.hpp"

#include "tests/unit/harness/compare/observations.hpp"

#include <gtest/gtest.h>

namespace touchstone::compare_words {
namespace {

TEST(Words, Values)
{
    EXPECT_EQ(describe(Value::from_i32(0xFFFF'FFFF)), "i32 -1");
    EXPECT_EQ(describe(Value::from_i64(1ULL << 63)), "i64 -9223372036854775808");
    EXPECT_EQ(describe(Value::from_f32(1.5F)), "f32 0x3fc00000 (1.5)");
    EXPECT_EQ(
        describe(Value{.kind = ValType::Kind::F32, .lo = 0x7FC0'0001}), "f32 0x7fc00001 (nan)");
    EXPECT_EQ(describe(Value::from_f64(-0.0)), "f64 0x8000000000000000 (-0)");
    EXPECT_EQ(describe(Value{.kind = ValType::Kind::V128, .lo = 1, .hi = 2}),
        "v128 0x00000000000000020000000000000001");
    EXPECT_EQ(describe(Value::null_ref()), "ref null");
    EXPECT_EQ(describe(Value::host_extern(4)), "ref extern host 4");
    EXPECT_EQ(describe(Value::reference(RefKind::I31, 5)), "ref i31 0x5");
    EXPECT_EQ(describe(std::vector<Value>{}), "()");
    EXPECT_EQ(describe(std::vector{Value::from_i32(1), Value::null_ref()}), "(i32 1, ref null)");
}

TEST(Words, Ends)
{
    EXPECT_EQ(describe(returned({})), "returned");
    EXPECT_EQ(describe(returned({Value::from_i32(7)})), "returned i32 7");
    EXPECT_EQ(describe(trapped({Trap::Unreachable})), "trapped: unreachable");
    EXPECT_EQ(describe(trapped(TrapSet::any())), "trapped: any trap");
    EXPECT_EQ(describe(trapped({})), "trapped: no known trap");
    auto o = ended(End::Exhausted);
    o.limit = Limit::StackValues;
    EXPECT_EQ(describe(o), "exhausted: stack values");
    o = ended(End::Crashed);
    o.detail = "SIGSEGV";
    EXPECT_EQ(describe(o), "crashed: SIGSEGV");
    o = ended(End::Unsupported);
    o.feature = Feature::Gc;
    EXPECT_EQ(describe(o), "unsupported: gc");
}

} // namespace
} // namespace touchstone::compare_words
