// threads, exec/instructions.html#atomic-memory-instructions, one thread alone

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

TEST(Atomic, ReadsModifiesAndWrites)
{
    Program const p{R"(
        (memory 1 1 shared)
        (data (i32.const 8) "\F0\FF\11\22\33\44\55\66")
        (func (export "get") (result i64) (i64.atomic.load (i32.const 8)))
        (func (export "add8") (param i32) (result i32)
            (i32.atomic.rmw8.add_u (i32.const 8) (local.get 0)))
        (func (export "sub16") (param i64) (result i64)
            (i64.atomic.rmw16.sub_u offset=4 (i32.const 4) (local.get 0)))
        (func (export "xchg32") (param i64) (result i64)
            (i64.atomic.rmw32.xchg_u (i32.const 12) (local.get 0)))
        (func (export "cas8") (param i32 i32) (result i32)
            (i32.atomic.rmw8.cmpxchg_u (i32.const 9) (local.get 0) (local.get 1))))"};
    EXPECT_THAT(p.call("add8", 0x1234'0020), Returns(0xF0)) << "what was there, without sign";
    EXPECT_THAT(p.call("get"), Returns(Bits{0x6655'4433'2211'FF10}));
    EXPECT_THAT(p.call("sub16", 0x11), Returns(0xFF10));
    EXPECT_THAT(p.call("get"), Returns(Bits{0x6655'4433'2211'FEFF}));
    EXPECT_THAT(p.call("xchg32", 0x7'0000'0001), Returns(0x6655'4433));
    EXPECT_THAT(p.call("get"), Returns(Bits{0x0000'0001'2211'FEFF}));
    EXPECT_THAT(p.call("cas8", 0xFD, 1), Returns(0xFE));
    EXPECT_THAT(p.call("get"), Returns(Bits{0x0000'0001'2211'FEFF}));
    EXPECT_THAT(p.call("cas8", 0x1FE, 0x301), Returns(0xFE)) << "in as many bits as there are";
    EXPECT_THAT(p.call("get"), Returns(Bits{0x0000'0001'2211'01FF}));
}

TEST(Atomic, AccessesAreAligned)
{
    Program const p{R"(
        (memory 1 1 shared)
        (func (export "load") (param i32) (drop (i64.atomic.load offset=4 (local.get 0))))
        (func (export "store") (param i32) (i32.atomic.store16 (local.get 0) (i32.const 0)))
        (func (export "notify") (param i32) (result i32)
            (memory.atomic.notify (local.get 0) (i32.const 1))))"};
    EXPECT_THAT(p.call("load", 4), Returns());
    EXPECT_THAT(p.call("load", 8), Traps(Trap::UnalignedAtomic));
    EXPECT_THAT(p.call("load", 65'532), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("store", 1), Traps(Trap::UnalignedAtomic));
    EXPECT_THAT(p.call("store", 65'536), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("notify", 2), Traps(Trap::UnalignedAtomic));
    EXPECT_THAT(p.call("notify", 0), Returns(0));
}

TEST(Atomic, WaitsForItsTimeOnly)
{
    Program const p{R"(
        (memory $unshared 1)
        (memory $m 1 1 shared)
        (func (export "wait") (param i32 i64) (result i32)
            (memory.atomic.wait32 $m (i32.const 0) (local.get 0) (local.get 1)))
        (func (export "unshared") (result i32)
            (memory.atomic.wait64 (i32.const 0) (i64.const 0) (i64.const 0))))"};
    EXPECT_THAT(p.call("wait", 1, -1), Returns(1)) << "another value is there";
    EXPECT_THAT(p.call("wait", 0, 0), Returns(2));
    EXPECT_THAT(p.call("wait", 0, 0x7FFF'FFFF'FFFF'FFFF), Returns(2)) << "time is virtual";
    EXPECT_THAT(p.call("wait", 0, -1), RunsOutOfFuel()) << "nobody could notify";
    EXPECT_THAT(p.call("unshared"), Traps(Trap::ExpectedSharedMemory));
}

} // namespace
} // namespace touchstone::tests
