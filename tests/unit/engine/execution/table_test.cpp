// exec/instructions.html#table-instructions

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

constexpr auto externs = R"((table $t (export "t") 4 6 externref)
    (func (export "get") (param i32) (result externref) (table.get $t (local.get 0)))
    (func (export "set") (param i32 externref) (table.set $t (local.get 0) (local.get 1)))
    (func (export "size") (result i32) (table.size $t))
    (func (export "grow") (param i32 externref) (result i32)
        (table.grow $t (local.get 1) (local.get 0)))
    (func (export "fill") (param i32 externref i32)
        (table.fill $t (local.get 0) (local.get 1) (local.get 2)))
    (func (export "copy") (param i32 i32 i32)
        (table.copy $t $t (local.get 0) (local.get 1) (local.get 2))))";

Value host(std::uint64_t n)
{
    return Value::host_extern(n);
}

TEST(Table, GetsAndSets)
{
    Program const p{externs};
    EXPECT_THAT(p.call("get", 3), Returns(Value::null_ref()));
    EXPECT_THAT(p.call("set", 3, host(77)), Returns());
    EXPECT_THAT(p.call("get", 3), Returns(host(77)));
    EXPECT_THAT(p.call("get", 4), Traps(Trap::OutOfBoundsTableAccess));
    EXPECT_THAT(p.call("get", -1), Traps(Trap::OutOfBoundsTableAccess));
    EXPECT_THAT(p.call("set", 4, host(1)), Traps(Trap::OutOfBoundsTableAccess));
    EXPECT_THAT(p.call("set", 3, Value::null_ref()), Returns());
    EXPECT_THAT(p.call("get", 3), Returns(Value::null_ref()));
}

TEST(Table, KeepsTheEmbeddersNumbersWhole)
{
    Program const p{externs};
    for (auto const n : {0ULL, 1ULL, 0xFFFF'FFFFULL, 1ULL << 59, 1ULL << 63, ~0ULL}) {
        EXPECT_THAT(p.call("set", 0, host(n)), Returns());
        EXPECT_THAT(p.call("get", 0), Returns(host(n)));
        EXPECT_EQ(
            p.store()->table_read(static_cast<TableAddr>(p.exported("t").address), 0), host(n));
    }
}

TEST(Table, GrowsUpToItsMaximum)
{
    Program const p{externs};
    EXPECT_THAT(p.call("grow", 3, host(5)), Returns(-1));
    EXPECT_THAT(p.call("grow", 1, host(5)), Returns(4));
    EXPECT_THAT(p.call("get", 4), Returns(host(5)));
    EXPECT_THAT(p.call("grow", 0, host(5)), Returns(5));
    EXPECT_THAT(p.call("grow", -1, host(5)), Returns(-1));
    EXPECT_THAT(p.call("size"), Returns(5));
    EXPECT_THAT(p.call("grow", 1, Value::null_ref()), Returns(5));
    EXPECT_THAT(p.call("get", 5), Returns(Value::null_ref()));
}

TEST(Table, FillsAllOrNothing)
{
    Program const p{externs};
    EXPECT_THAT(p.call("fill", 1, host(1), 2), Returns());
    EXPECT_THAT(p.call("get", 0), Returns(Value::null_ref()));
    EXPECT_THAT(p.call("get", 1), Returns(host(1)));
    EXPECT_THAT(p.call("get", 2), Returns(host(1)));
    EXPECT_THAT(p.call("get", 3), Returns(Value::null_ref()));
    EXPECT_THAT(p.call("fill", 3, host(2), 2), Traps(Trap::OutOfBoundsTableAccess));
    EXPECT_THAT(p.call("get", 3), Returns(Value::null_ref()));
    EXPECT_THAT(p.call("fill", 4, host(2), 0), Returns());
    EXPECT_THAT(p.call("fill", 5, host(2), 0), Traps(Trap::OutOfBoundsTableAccess));
}

TEST(Table, CopiesOverlapping)
{
    Program const p{externs};
    for (auto const i : {0, 1, 2, 3})
        EXPECT_THAT(p.call("set", i, host(static_cast<std::uint64_t>(i))), Returns());
    EXPECT_THAT(p.call("copy", 1, 0, 3), Returns());
    EXPECT_THAT(p.call("get", 3), Returns(host(2)));
    EXPECT_THAT(p.call("get", 1), Returns(host(0)));
    EXPECT_THAT(p.call("copy", 0, 1, 3), Returns());
    EXPECT_THAT(p.call("get", 2), Returns(host(2)));
    EXPECT_THAT(p.call("copy", 2, 0, 3), Traps(Trap::OutOfBoundsTableAccess));
    EXPECT_THAT(p.call("copy", 0, 2, 3), Traps(Trap::OutOfBoundsTableAccess));
    EXPECT_THAT(p.call("copy", 4, 4, 0), Returns());
    EXPECT_THAT(p.call("copy", 5, 0, 0), Traps(Trap::OutOfBoundsTableAccess));
}

TEST(Table, InitializesUntilTheSegmentIsDropped)
{
    Program const p{R"((table $t 4 funcref)
        (elem $e func $a $b) (elem $active (i32.const 0) func $a) (elem $declared declare func $a)
        (func $a (result i32) (i32.const 1)) (func $b (result i32) (i32.const 2))
        (func (export "init") (param i32 i32 i32)
            (table.init $t $e (local.get 0) (local.get 1) (local.get 2)))
        (func (export "active") (param i32)
            (table.init $t $active (i32.const 1) (i32.const 0) (local.get 0)))
        (func (export "declared") (param i32)
            (table.init $t $declared (i32.const 1) (i32.const 0) (local.get 0)))
        (func (export "drop") (elem.drop $e))
        (func (export "call") (param i32) (result i32)
            (call_indirect $t (result i32) (local.get 0))))"};
    EXPECT_THAT(p.call("call", 0), Returns(1));
    EXPECT_THAT(p.call("init", 2, 0, 2), Returns());
    EXPECT_THAT(p.call("call", 3), Returns(2));
    EXPECT_THAT(p.call("init", 3, 0, 2), Traps(Trap::OutOfBoundsTableAccess));
    EXPECT_THAT(p.call("init", 0, 1, 2), Traps(Trap::OutOfBoundsTableAccess));
    EXPECT_THAT(p.call("call", 1), Traps(Trap::UninitializedElement));
    EXPECT_THAT(p.call("drop"), Returns());
    EXPECT_THAT(p.call("init", 0, 0, 1), Traps(Trap::OutOfBoundsTableAccess));
    EXPECT_THAT(p.call("init", 4, 0, 0), Returns());
    EXPECT_THAT(p.call("active", 0), Returns());
    EXPECT_THAT(p.call("active", 1), Traps(Trap::OutOfBoundsTableAccess));
    EXPECT_THAT(p.call("declared", 1), Traps(Trap::OutOfBoundsTableAccess));
}

TEST(Table, SeveralAreApart)
{
    Program const p{R"((table $a 2 funcref) (table $b 3 externref) (table $c 3 funcref)
        (elem (table $c) (i32.const 1) func $f) (func $f)
        (func (export "sizes") (result i32 i32 i32)
            (table.size $a) (table.size $b) (table.size $c))
        (func (export "copy") (result i32 i32)
            (table.copy $a $c (i32.const 0) (i32.const 1) (i32.const 1))
            (ref.is_null (table.get $a (i32.const 0)))
            (ref.is_null (table.get $a (i32.const 1)))))"};
    EXPECT_THAT(p.call("sizes"), Returns(2, 3, 3));
    EXPECT_THAT(p.call("copy"), Returns(0, 1));
}

TEST(Table, TheEmbedderReadsWritesAndGrows)
{
    auto const store = make_store({.elements = 5});
    auto const t = store->table_alloc({{AddrType::I32, 2, 9}, externref}, host(3));
    EXPECT_EQ(store->table_read(t, 1), host(3));
    EXPECT_TRUE(store->table_grow(t, 3, host(4)));
    EXPECT_FALSE(store->table_grow(t, 1, host(4))) << "beyond the limit";
    EXPECT_EQ(store->table_read(t, 4), host(4));
    store->table_write(t, 4, Value::null_ref());
    EXPECT_EQ(store->table_read(t, 4), Value::null_ref());
    EXPECT_EQ(store->table_type(t), (TableType{{AddrType::I32, 5, 9}, externref}));
}

} // namespace
} // namespace touchstone::tests
