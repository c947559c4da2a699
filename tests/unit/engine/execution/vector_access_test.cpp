// Loads and stores of vectors and lanes: bytes in order, edges, and no effect where they trap.

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

constexpr auto memory = R"((memory 1)
    (data (i32.const 0) "\81\02\83\04\85\06\87\08\89\0a\8b\0c\8d\0e\8f\10"))";

class VectorAccess : public testing::Test
{
protected:
    /// The load at an address as "f".
    static Program load(std::string const& instruction)
    {
        return Program{std::string{memory} + "(func (export \"f\") (param i32) (result v128) " +
                       "local.get 0 " + instruction + ")"};
    }
};

TEST_F(VectorAccess, LoadsInEveryForm)
{
    EXPECT_THAT(load("v128.load").call("f", 0),
        Returns(v128_of(0x0887'0685'0483'0281, 0x108F'0E8D'0C8B'0A89)));
    EXPECT_THAT(load("v128.load8x8_s").call("f", 0),
        Returns(v128_of(0x0004'FF83'0002'FF81, 0x0008'FF87'0006'FF85)));
    EXPECT_THAT(load("v128.load8x8_u").call("f", 0),
        Returns(v128_of(0x0004'0083'0002'0081, 0x0008'0087'0006'0085)));
    EXPECT_THAT(load("v128.load16x4_s").call("f", 1),
        Returns(v128_of(0xFFFF'8504'FFFF'8302, 0xFFFF'8908'FFFF'8706)));
    EXPECT_THAT(load("v128.load32x2_u").call("f", 0), Returns(v128_of(0x0483'0281, 0x0887'0685)));
    EXPECT_THAT(load("v128.load32x2_s offset=1").call("f", 0),
        Returns(v128_of(0xFFFF'FFFF'8504'8302, 0xFFFF'FFFF'8908'8706)));
    EXPECT_THAT(load("v128.load8_splat").call("f", 0),
        Returns(v128_of(0x8181'8181'8181'8181, 0x8181'8181'8181'8181)));
    EXPECT_THAT(load("v128.load64_splat").call("f", 8),
        Returns(v128_of(0x108F'0E8D'0C8B'0A89, 0x108F'0E8D'0C8B'0A89)));
    EXPECT_THAT(load("v128.load32_zero").call("f", 4), Returns(v128_of(0x0887'0685, 0)));
    EXPECT_THAT(load("v128.load64_zero").call("f", 8), Returns(v128_of(0x108F'0E8D'0C8B'0A89, 0)));
}

TEST_F(VectorAccess, TrapsWhereOneByteIsMissing)
{
    struct Width
    {
        char const* instruction;
        int bytes;
    };
    for (auto const& [instruction, bytes] : {Width{"v128.load", 16}, Width{"v128.load8x8_u", 8},
             Width{"v128.load32x2_s", 8}, Width{"v128.load8_splat", 1},
             Width{"v128.load16_splat", 2}, Width{"v128.load32_zero", 4},
             Width{"v128.load64_zero", 8}, Width{"v128.const i64x2 0 0 v128.load16_lane 7", 2},
             Width{"v128.const i64x2 0 0 v128.load64_lane 1", 8}}) {
        auto const p = load(instruction);
        EXPECT_EQ(p.call("f", 65'536 - bytes).end, Outcome::End::Returned) << instruction;
        EXPECT_THAT(p.call("f", 65'537 - bytes), Traps(Trap::OutOfBoundsMemoryAccess))
            << instruction;
        EXPECT_THAT(p.call("f", -1), Traps(Trap::OutOfBoundsMemoryAccess)) << instruction;
    }
}

TEST_F(VectorAccess, LanesComeAndGo)
{
    Program const p{std::string{memory} + R"(
        (func (export "load") (param i32 v128) (result v128)
            local.get 0 local.get 1 v128.load16_lane 5)
        (func (export "store") (param i32 v128) local.get 0 local.get 1 v128.store32_lane 2)
        (func (export "byte") (param i32 v128) local.get 0 local.get 1 v128.store8_lane 15)
        (func (export "all") (param i32 v128) local.get 0 local.get 1 v128.store)
        (func (export "at") (param i32) (result i64) local.get 0 i64.load))"};
    auto const v = v128_of(0x1111'1111'2222'2222, 0x4444'4444'3333'3333);
    EXPECT_THAT(p.call("load", 0, v), Returns(v128_of(v.lo, 0x4444'4444'0281'3333)));
    EXPECT_THAT(p.call("store", 100, v), Returns());
    EXPECT_THAT(p.call("at", 100), Returns(0x3333'3333));
    EXPECT_THAT(p.call("byte", 101, v), Returns());
    EXPECT_THAT(p.call("at", 100), Returns(0x3333'4433));
    EXPECT_THAT(p.call("all", 65'521, v), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("store", 65'533, v), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("at", 65'528), Returns(0)) << "nothing was written";
    EXPECT_THAT(p.call("all", 65'520, v), Returns());
    EXPECT_THAT(p.call("at", 65'528), Returns(Bits{v.hi}));
}

} // namespace
} // namespace touchstone::tests
