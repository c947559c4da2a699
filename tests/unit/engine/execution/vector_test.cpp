// v128 wherever a value may stand, lanes taken and put, and what is noted of choices.

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

constexpr Value v128_of(std::uint64_t lo, std::uint64_t hi)
{
    return {.kind = ValType::Kind::V128, .lo = lo, .hi = hi};
}

constexpr auto some = v128_of(0x1122'3344'5566'7788, 0x99AA'BBCC'DDEE'FF00);
constexpr auto other = v128_of(7, 0x8000'0000'0000'0000);

class Vector : public testing::Test
{
protected:
    void SetUp() override
    {
        if (!engine_features().has(Feature::Simd))
            GTEST_SKIP() << "no vectors";
    }
};
class RelaxedVector : public testing::Test
{
protected:
    void SetUp() override
    {
        if (!engine_features().has(Feature::RelaxedSimd))
            GTEST_SKIP() << "no relaxed vectors";
    }
};

TEST_F(Vector, GoesThroughParametersAndResults)
{
    Program const p{R"((func (export "swap") (param v128 i32 v128) (result v128 i32 v128)
        local.get 2 local.get 1 local.get 0))"};
    EXPECT_THAT(p.call("swap", some, 5, other), Returns(other, 5, some));
}

TEST_F(Vector, GoesThroughLocalsGlobalsAndSelect)
{
    Program const p{R"(
        (global $g (mut v128) (v128.const i32x4 1 2 3 4))
        (func (export "set") (param v128) (result v128 v128)
            (local v128)
            local.get 1
            local.get 0 local.tee 1 global.set $g
            local.get 1)
        (func (export "get") (result v128) global.get $g)
        (func (export "select") (param v128 v128 i32) (result v128)
            local.get 0 local.get 1 local.get 2 select)
        (func (export "typed") (param v128 v128 i32) (result v128)
            local.get 0 local.get 1 local.get 2 select (result v128))
        (func (export "drop") (param v128) local.get 0 drop)
        (func (export "block") (param v128 i32) (result v128)
            local.get 0 (block (param v128) (result v128) local.get 1 br_if 0 v128.not)))"};
    EXPECT_THAT(p.call("get"), Returns(v128_of(0x0000'0002'0000'0001, 0x0000'0004'0000'0003)));
    EXPECT_THAT(p.call("set", some), Returns(v128_of(0, 0), some));
    EXPECT_THAT(p.call("get"), Returns(some));
    EXPECT_THAT(p.call("select", some, other, 1), Returns(some));
    EXPECT_THAT(p.call("typed", some, other, 0), Returns(other));
    EXPECT_THAT(p.call("drop", some), Returns());
    EXPECT_THAT(p.call("block", some, 1), Returns(some));
    EXPECT_THAT(p.call("block", some, 0), Returns(v128_of(~some.lo, ~some.hi)));
}

TEST_F(Vector, GoesThroughHostFunctionsAndImportedGlobals)
{
    std::shared_ptr const store = make_store(Limits::for_spec());
    auto const host =
        store->func_alloc({{v128, i32}, {v128}}, [](Store&, std::span<Value const> args) {
            auto v = args[0];
            v.hi += args[1].lo;
            return Outcome{.values = {v}};
        });
    auto const global = store->global_alloc({v128, true}, some);
    std::array const imports{ExternVal{ExternKind::Func, static_cast<std::uint32_t>(host)},
        ExternVal{ExternKind::Global, static_cast<std::uint32_t>(global)}};
    Program const p{store,
        R"((import "" "f" (func $f (param v128 i32) (result v128)))
        (import "" "g" (global $g (mut v128)))
        (func (export "f") (param v128) (result v128)
            global.get $g local.get 0 global.set $g i32.const 3 call $f))",
        imports};
    EXPECT_THAT(p.call("f", other), Returns(v128_of(some.lo, some.hi + 3)));
    EXPECT_EQ(store->global_read(global), other);
}

TEST_F(Vector, IsOneValueOfTheStack)
{
    Limits limits = Limits::for_spec();
    limits.stack_values = 4;
    Program const p{R"((func (export "f") (param v128 v128) (result v128)
        local.get 0 local.get 1 v128.xor))",
        limits};
    EXPECT_THAT(p.call("f", some, some), Returns(v128_of(0, 0)));
    limits.stack_values = 3;
    Program const q{R"((func (export "f") (param v128 v128) (result v128)
        local.get 0 local.get 1 v128.xor))",
        limits};
    EXPECT_THAT(q.call("f", some, some), Exhausts(Limit::StackValues));
}

TEST_F(Vector, LanesAreTakenAndPut)
{
    Program const p{R"(
        (func (export "s8") (param v128) (result i32) local.get 0 i8x16.extract_lane_s 0)
        (func (export "u8") (param v128) (result i32) local.get 0 i8x16.extract_lane_u 15)
        (func (export "s16") (param v128) (result i32) local.get 0 i16x8.extract_lane_s 7)
        (func (export "i64") (param v128) (result i64) local.get 0 i64x2.extract_lane 1)
        (func (export "f32") (param v128) (result f32) local.get 0 f32x4.extract_lane 2)
        (func (export "put8") (param v128 i32) (result v128)
            local.get 0 local.get 1 i8x16.replace_lane 8)
        (func (export "put64") (param v128 f64) (result v128)
            local.get 0 local.get 1 f64x2.replace_lane 0)
        (func (export "splat") (param i32) (result v128) local.get 0 i16x8.splat)
        (func (export "shuffle") (param v128 v128) (result v128) local.get 0 local.get 1
            i8x16.shuffle 31 0 0 0 0 0 0 0 0 0 0 0 0 0 0 16))"};
    EXPECT_THAT(p.call("s8", some), Returns(-120));
    EXPECT_THAT(p.call("u8", some), Returns(0x99));
    EXPECT_THAT(p.call("s16", some), Returns(-26'198)); // 0x99AA
    EXPECT_THAT(p.call("i64", some), Returns(Bits{some.hi}));
    EXPECT_THAT(p.call("f32", some), Returns(Bits{0xDDEE'FF00}));
    EXPECT_THAT(p.call("put8", some, 0x1AB), Returns(v128_of(some.lo, 0x99AA'BBCC'DDEE'FFAB)));
    EXPECT_THAT(p.call("put64", some, -0.0), Returns(v128_of(1ULL << 63, some.hi)));
    EXPECT_THAT(p.call("splat", 0x1234'5678),
        Returns(v128_of(0x5678'5678'5678'5678, 0x5678'5678'5678'5678)));
    EXPECT_THAT(p.call("shuffle", some, other),
        Returns(v128_of(0x8888'8888'8888'8880, 0x0788'8888'8888'8888)));
}

TEST_F(Vector, NotesWhereNansWereChosen)
{
    auto const quiet = v128_of(0x7FC0'0000'3F80'0000, 0);
    auto const ones = v128_of(0x3F80'0000'3F80'0000, 0x3F80'0000'3F80'0000);
    EXPECT_TRUE(instruction("f32x4.add")(quiet, ones).nan_choice);
    EXPECT_FALSE(instruction("f32x4.add")(ones, ones).nan_choice);
    EXPECT_FALSE(instruction("f32x4.pmin")(quiet, ones).nan_choice);
    EXPECT_FALSE(instruction("f32x4.neg")(quiet).nan_choice);
    EXPECT_FALSE(instruction("f32x4.eq")(ones, ones).nan_choice);
    EXPECT_TRUE(instruction("f64x2.promote_low_f32x4")(quiet).nan_choice);
    EXPECT_FALSE(instruction("f64x2.add")(quiet, quiet).nan_choice) << "no NaN as f64";
    EXPECT_FALSE(instruction("f32x4.add")(quiet, ones).relaxed_choice);
}

TEST_F(RelaxedVector, NotesWhereAnotherAlternativeWouldShow)
{
    auto const indices = v128_of(16, 0);
    EXPECT_TRUE(instruction("i8x16.relaxed_swizzle")(some, indices).relaxed_choice);
    EXPECT_FALSE(instruction("i8x16.relaxed_swizzle")(some, v128_of(0x80, 0)).relaxed_choice);
    EXPECT_FALSE(instruction("i8x16.swizzle")(some, indices).relaxed_choice);
    auto const mask = v128_of(0x8000'0000, 0);
    EXPECT_TRUE(instruction("i32x4.relaxed_laneselect")(some, other, mask).relaxed_choice);
    EXPECT_FALSE(instruction("i64x2.relaxed_laneselect")(some, some, mask).relaxed_choice);
    auto const nan = v128_of(0x7FC0'0000, 0);
    auto const least = instruction("f32x4.relaxed_min")(nan, other);
    EXPECT_TRUE(least.relaxed_choice);
    EXPECT_TRUE(least.nan_choice);
    EXPECT_TRUE(instruction("i32x4.relaxed_trunc_f32x4_s")(nan).relaxed_choice);
    EXPECT_FALSE(instruction("i32x4.relaxed_trunc_f32x4_s")(v128_of(0, 0)).relaxed_choice);
}

TEST_F(RelaxedVector, ForgetsChoicesWithTheCall)
{
    Program const p{R"(
        (func (export "swizzle") (param v128 v128) (result v128)
            local.get 0 local.get 1 i8x16.relaxed_swizzle))"};
    EXPECT_TRUE(p.call("swizzle", some, v128_of(16, 0)).relaxed_choice);
    EXPECT_FALSE(p.call("swizzle", some, v128_of(0, 0)).relaxed_choice);
}

} // namespace
} // namespace touchstone::tests
