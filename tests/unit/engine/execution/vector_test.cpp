// v128 wherever a value may stand, lanes taken and put, and what is noted of NaNs.

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

constexpr auto some = v128_of(0x1122'3344'5566'7788, 0x99AA'BBCC'DDEE'FF00);
constexpr auto other = v128_of(7, 0x8000'0000'0000'0000);

TEST(Vector, GoesThroughParametersAndResults)
{
    Program const p{R"((func (export "swap") (param v128 i32 v128) (result v128 i32 v128)
        local.get 2 local.get 1 local.get 0))"};
    EXPECT_THAT(p.call("swap", some, 5, other), Returns(other, 5, some));
}

TEST(Vector, GoesThroughLocalsGlobalsAndSelect)
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

TEST(Vector, GoesThroughHostFunctionsAndImportedGlobals)
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

TEST(Vector, IsOneValueOfTheStack)
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

TEST(Vector, LanesAreTakenAndPut)
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

TEST(Vector, GoesThroughBranchesAmongOthers)
{
    Program const p{R"(
        (func (export "table") (param i32 v128 i64) (result i64 v128 i32)
            (local v128)
            (block $out (result i64 v128 i32)
                (block $in (result i64 v128 i32)
                    i32.const 9
                    local.get 2 local.get 1 i32.const 5
                    local.get 0 br_table $in $out)
                drop local.set 3 drop
                i64.const 1 local.get 3 v128.not i32.const 6))
        (func (export "loop") (param i32 v128) (result v128 i32)
            local.get 1 i32.const 0
            (loop $l (param v128 i32) (result v128 i32)
                i32.const 1 i32.add
                local.get 0 i32.const 1 i32.sub local.tee 0 br_if $l))
        (func (export "early") (param i32 v128) (result i32 v128 i32)
            i32.const 1 v128.const i64x2 2 3 i32.const 4
            local.get 0 br_if 0
            drop drop drop
            i32.const 5 local.get 1 i32.const 6 return))"};
    constexpr std::int64_t wide = 77;
    EXPECT_THAT(p.call("table", 1, some, wide), Returns(wide, some, 5));
    EXPECT_THAT(
        p.call("table", 0, some, wide), Returns(std::int64_t{1}, v128_of(~some.lo, ~some.hi), 6));
    EXPECT_THAT(p.call("loop", 4, other), Returns(other, 4));
    EXPECT_THAT(p.call("early", 1, some), Returns(1, v128_of(2, 3), 4));
    EXPECT_THAT(p.call("early", 0, some), Returns(5, some, 6));
}

TEST(Vector, GoesThroughCalls)
{
    Program const p{R"(
        (type $f (func (param i32 v128 i32) (result v128 i32)))
        (table funcref (elem $swap))
        (func $swap (type $f) (local v128 i32)
            local.get 3 v128.any_true local.get 4 i32.or if unreachable end
            local.get 1 v128.not local.get 0 local.get 2 i32.sub
            local.get 1 local.set 3 i32.const 1 local.set 4)
        (func (export "call") (param i32 v128 i32) (result i32 v128 i32)
            i32.const 8 local.get 0 local.get 1 local.get 2 call $swap)
        (func (export "indirect") (param i32 v128 i32) (result v128 i32)
            local.get 0 local.get 1 local.get 2 i32.const 0 call_indirect (type $f))
        (func (export "tail") (param i32 v128 i32) (result v128 i32) (local v128)
            i32.const 1 v128.const i64x2 1 1 local.set 3
            local.get 2 local.get 1 local.get 0 return_call $swap)
        (func (export "waiting") (param v128 v128) (result v128 v128)
            local.get 0 local.get 1 local.set 0 local.get 0))"};
    auto const inverted = v128_of(~some.lo, ~some.hi);
    EXPECT_THAT(p.call("call", 5, some, 3), Returns(8, inverted, 2));
    EXPECT_THAT(p.call("indirect", 5, some, 3), Returns(inverted, 2));
    EXPECT_THAT(p.call("tail", 5, some, 3), Returns(inverted, -2));
    EXPECT_THAT(p.call("waiting", some, other), Returns(some, other));
}

TEST(Vector, NotesWhereNansWereChosen)
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

} // namespace
} // namespace touchstone::tests
