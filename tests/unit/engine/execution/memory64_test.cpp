// Memories and tables of 64-bit addresses.

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

TEST(Memory64, AddressesDoNotWrap)
{
    Program const p{R"(
        (memory i64 1)
        (func (export "load") (param i64) (result i32) (i32.load8_u (local.get 0)))
        (func (export "far") (param i64) (result i32)
            (i32.load8_u offset=0xffffffffffffffff (local.get 0)))
        (func (export "store") (param i64) (i64.store offset=8 (local.get 0) (i64.const -1))))"};
    EXPECT_THAT(p.call("load", 65'535), Returns(0));
    EXPECT_THAT(p.call("load", 65'536), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("load", std::int64_t{1} << 32), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("load", -1), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("far", 0), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("far", 1), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("store", 65'520), Returns());
    EXPECT_THAT(p.call("store", 65'521), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("store", -8), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("load", 65'535), Returns(255));
}

TEST(Memory64, SizesAreOfItsAddressType)
{
    Program const p{R"(
        (memory i64 1 3)
        (func (export "size") (result i64) (memory.size))
        (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0))))"};
    EXPECT_THAT(p.call("grow", 2), Returns(1));
    EXPECT_THAT(p.call("size"), Returns(3));
    EXPECT_THAT(p.call("grow", 1), Returns(-1));
    EXPECT_THAT(p.call("grow", -1), Returns(-1));
    EXPECT_THAT(p.call("grow", std::int64_t{1} << 48), Returns(-1));
    EXPECT_THAT(p.call("size"), Returns(3));
}

TEST(Memory64, CopiesBetweenAddressTypes)
{
    Program const p{R"(
        (memory $a i64 1) (memory $b 1)
        (data (memory $a) (i64.const 4) "abcd")
        (func (export "copy") (param i32 i64 i32)
            (memory.copy $b $a (local.get 0) (local.get 1) (local.get 2)))
        (func (export "fill") (param i64 i64)
            (memory.fill $a (local.get 0) (i32.const 7) (local.get 1)))
        (func (export "load") (param i32) (result i32) (i32.load8_u $b (local.get 0))))"};
    EXPECT_THAT(p.call("copy", 10, 5, 2), Returns());
    EXPECT_THAT(p.call("load", 10), Returns('b'));
    EXPECT_THAT(p.call("load", 12), Returns(0));
    EXPECT_THAT(p.call("copy", 0, std::int64_t{1} << 32, 1), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("copy", 0, -1, 0), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("fill", 1, -1), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("fill", 65'536, 0), Returns());
}

TEST(Memory64, LargeDeclarationsAreExhausted)
{
    Program const p{"(memory i64 0x1000000000000)"};
    EXPECT_FALSE(p.has_instance());
    EXPECT_THAT(p.instantiation(), Exhausts(Limit::Pages));
    Program const q{"(table i64 0xffffffffffffffff funcref)"};
    EXPECT_THAT(q.instantiation(), Exhausts(Limit::Elements));
}

TEST(Table64, IsIndexedByI64)
{
    Program const p{R"(
        (table $t i64 3 10 funcref)
        (elem (table $t) (i64.const 1) func $one)
        (func $one (result i32) (i32.const 1))
        (func (export "call") (param i64) (result i32)
            (call_indirect $t (result i32) (local.get 0)))
        (func (export "get") (param i64) (result i32) (ref.is_null (table.get $t (local.get 0))))
        (func (export "size") (result i64) (table.size $t))
        (func (export "grow") (param i64) (result i64)
            (table.grow $t (ref.func $one) (local.get 0)))
        (func (export "fill") (param i64 i64)
            (table.fill $t (local.get 0) (ref.null func) (local.get 1))))"};
    EXPECT_THAT(p.call("call", 1), Returns(1));
    EXPECT_THAT(p.call("call", (std::int64_t{1} << 32) + 1), Traps(Trap::UndefinedElement));
    EXPECT_THAT(p.call("get", std::int64_t{1} << 32), Traps(Trap::OutOfBoundsTableAccess));
    EXPECT_THAT(p.call("grow", 7), Returns(3));
    EXPECT_THAT(p.call("grow", 1), Returns(-1));
    EXPECT_THAT(p.call("size"), Returns(10));
    EXPECT_THAT(p.call("get", 9), Returns(0));
    EXPECT_THAT(p.call("fill", 2, -1), Traps(Trap::OutOfBoundsTableAccess));
}

TEST(Memory64, TheAddressTypeMustMatchToLink)
{
    auto const store = make_store(Limits::for_spec());
    Program const a{store, R"((memory (export "m") i64 1) (table (export "t") i64 1 funcref))"};
    Program const m{store, R"((import "a" "m" (memory 1)))", std::vector{a.exported("m")}};
    EXPECT_FALSE(m.has_instance());
    Program const t{store, R"((import "a" "t" (table 1 funcref)))", std::vector{a.exported("t")}};
    EXPECT_FALSE(t.has_instance());
    Program const both{store,
        R"((import "a" "m" (memory i64 1)) (import "a" "t" (table i64 1 funcref)))",
        std::vector{a.exported("m"), a.exported("t")}};
    EXPECT_TRUE(both.has_instance());
}

} // namespace
} // namespace touchstone::tests
