// exec/instructions.html#exec-array.new and after it

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

constexpr auto bytes = R"(
    (type $a (array (mut i8)))
    (type $wide (array (mut i64)))
    (type $refs (array (mut funcref)))
    (data $d "\01\02\ff\04\05\06\07\08\09")
    (elem $e func $one $two)
    (func $one (result i32) (i32.const 1))
    (func $two (result i32) (i32.const 2))
    (table $t 1 funcref)
    (global $a (mut (ref null $a)) (ref.null $a))
    (global $r (mut (ref null $refs)) (ref.null $refs))
    (func (export "new") (param i32 i32)
        (global.set $a (array.new $a (local.get 0) (local.get 1))))
    (func (export "default") (param i32) (global.set $a (array.new_default $a (local.get 0))))
    (func (export "fixed")
        (global.set $a (array.new_fixed $a 3 (i32.const 1) (i32.const 0x1fe) (i32.const 3))))
    (func (export "data") (param i32 i32)
        (global.set $a (array.new_data $a $d (local.get 0) (local.get 1))))
    (func (export "wide") (param i32) (result i64)
        (array.get $wide (array.new_data $wide $d (local.get 0) (i32.const 1)) (i32.const 0)))
    (func (export "elem") (param i32 i32)
        (global.set $r (array.new_elem $refs $e (local.get 0) (local.get 1))))
    (func (export "init elem") (param i32 i32 i32)
        (array.init_elem $refs $e (global.get $r) (local.get 0) (local.get 1) (local.get 2)))
    (func (export "call") (param i32) (result i32)
        (table.set $t (i32.const 0) (array.get $refs (global.get $r) (local.get 0)))
        (call_indirect $t (result i32) (i32.const 0)))
    (func (export "s") (param i32) (result i32) (array.get_s $a (global.get $a) (local.get 0)))
    (func (export "u") (param i32) (result i32) (array.get_u $a (global.get $a) (local.get 0)))
    (func (export "set") (param i32 i32)
        (array.set $a (global.get $a) (local.get 0) (local.get 1)))
    (func (export "len") (result i32) (array.len (global.get $a)))
    (func (export "fill") (param i32 i32 i32)
        (array.fill $a (global.get $a) (local.get 0) (local.get 1) (local.get 2)))
    (func (export "copy") (param i32 i32 i32)
        (array.copy $a $a (global.get $a) (local.get 0) (global.get $a) (local.get 1) (local.get 2)))
    (func (export "init data") (param i32 i32 i32)
        (array.init_data $a $d (global.get $a) (local.get 0) (local.get 1) (local.get 2)))
    (func (export "drop") (data.drop $d) (elem.drop $e)))";

TEST(Array, OneElementAtATime)
{
    Program const p{bytes};
    EXPECT_THAT(p.call("len"), Traps(Trap::NullArrayReference));
    EXPECT_THAT(p.call("u", 0), Traps(Trap::NullArrayReference));
    EXPECT_THAT(p.call("set", 0, 0), Traps(Trap::NullArrayReference));
    EXPECT_THAT(p.call("fixed"), Returns());
    EXPECT_THAT(p.call("len"), Returns(3));
    EXPECT_THAT(p.call("s", 1), Returns(-2));
    EXPECT_THAT(p.call("u", 1), Returns(0xFE));
    EXPECT_THAT(p.call("u", 3), Traps(Trap::OutOfBoundsArrayAccess));
    EXPECT_THAT(p.call("u", -1), Traps(Trap::OutOfBoundsArrayAccess));
    EXPECT_THAT(p.call("set", 3, 0), Traps(Trap::OutOfBoundsArrayAccess));
    EXPECT_THAT(p.call("set", 2, 0x180), Returns());
    EXPECT_THAT(p.call("s", 2), Returns(-128));
    EXPECT_THAT(p.call("new", 0x109, 2), Returns());
    EXPECT_THAT(p.call("u", 1), Returns(9));
    EXPECT_THAT(p.call("default", 0), Returns());
    EXPECT_THAT(p.call("len"), Returns(0));
}

TEST(Array, FromSegments)
{
    Program const p{bytes};
    EXPECT_THAT(p.call("data", 1, 3), Returns());
    EXPECT_THAT(p.call("len"), Returns(3));
    EXPECT_THAT(p.call("s", 1), Returns(-1));
    EXPECT_THAT(p.call("data", 9, 0), Returns());
    EXPECT_THAT(p.call("data", 9, 1), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("data", -1, 2), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("wide", 1), Returns(Bits{0x0908'0706'0504'FF02}));
    EXPECT_THAT(p.call("wide", 2), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("elem", 0, 2), Returns());
    EXPECT_THAT(p.call("call", 1), Returns(2));
    EXPECT_THAT(p.call("elem", 1, 2), Traps(Trap::OutOfBoundsTableAccess));
    EXPECT_THAT(p.call("init elem", 1, 0, 1), Returns());
    EXPECT_THAT(p.call("call", 1), Returns(1));
    EXPECT_THAT(p.call("init elem", 2, 0, 1), Traps(Trap::OutOfBoundsArrayAccess));
    EXPECT_THAT(p.call("init elem", 0, 2, 1), Traps(Trap::OutOfBoundsTableAccess));
    EXPECT_THAT(p.call("drop"), Returns());
    EXPECT_THAT(p.call("data", 0, 0), Returns());
    EXPECT_THAT(p.call("data", 0, 1), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("elem", 0, 1), Traps(Trap::OutOfBoundsTableAccess));
}

TEST(Array, ManyElements)
{
    Program const p{bytes};
    for (auto const* what : {"fill", "copy", "init data"})
        EXPECT_THAT(p.call(what, 0, 0, 0), Traps(Trap::NullArrayReference)) << what;
    EXPECT_THAT(p.call("data", 0, 9), Returns());
    EXPECT_THAT(p.call("copy", 1, 0, 8), Returns()) << "downwards";
    EXPECT_THAT(p.call("u", 8), Returns(8));
    EXPECT_THAT(p.call("u", 1), Returns(1));
    EXPECT_THAT(p.call("copy", 0, 1, 8), Returns()) << "upwards";
    EXPECT_THAT(p.call("u", 7), Returns(8));
    EXPECT_THAT(p.call("u", 1), Returns(2));
    EXPECT_THAT(p.call("fill", 7, 0x142, 2), Returns());
    EXPECT_THAT(p.call("u", 8), Returns(0x42));
    EXPECT_THAT(p.call("u", 6), Returns(7));
    EXPECT_THAT(p.call("fill", 8, 0, 2), Traps(Trap::OutOfBoundsArrayAccess));
    EXPECT_THAT(p.call("u", 8), Returns(0x42)) << "nothing of it was done";
    EXPECT_THAT(p.call("copy", 2, 0, 8), Traps(Trap::OutOfBoundsArrayAccess));
    EXPECT_THAT(p.call("copy", 0, 2, 8), Traps(Trap::OutOfBoundsArrayAccess));
    EXPECT_THAT(p.call("init data", 0, 2, 2), Returns());
    EXPECT_THAT(p.call("s", 0), Returns(-1));
    EXPECT_THAT(p.call("init data", 8, 0, 2), Traps(Trap::OutOfBoundsArrayAccess));
    EXPECT_THAT(p.call("init data", 0, 8, 2), Traps(Trap::OutOfBoundsMemoryAccess));
    EXPECT_THAT(p.call("init data", 9, 9, 0), Returns());
}

/// Fuel of one call; see engine/embedding/limits.hpp.
std::uint64_t cost(Program const& p, std::string_view name, int a, int b, int c)
{
    return p.call(name, a, b, c).fuel_used;
}

TEST(Array, CostsFuelByLength)
{
    Program const p{bytes, Limits{.fuel_per_call = 1'000}};
    EXPECT_EQ(p.call("default", 64).fuel_used, 1U + 1);
    EXPECT_EQ(p.call("default", 65).fuel_used, 1U + 2);
    EXPECT_EQ(p.call("new", 1, 129).fuel_used, 1U + 3);
    EXPECT_EQ(p.call("fixed").fuel_used, 1U + 1);
    EXPECT_EQ(p.call("data", 0, 9).fuel_used, 1U + 1);
    EXPECT_EQ(p.call("elem", 0, 2).fuel_used, 1U + 1);
    EXPECT_EQ(p.call("default", 1'000).fuel_used, 1U + 16);
    EXPECT_EQ(cost(p, "fill", 0, 0, 65), 1U + 2);
    EXPECT_EQ(cost(p, "copy", 0, 1, 64), 1U + 1);
    EXPECT_EQ(cost(p, "copy", 0, 1, 0), 1U);
    EXPECT_EQ(cost(p, "init data", 0, 0, 9), 1U + 1);
    EXPECT_THAT(p.call("default", 64'000), RunsOutOfFuel());
    EXPECT_THAT(p.call("len"), Returns(1'000)) << "nothing of it was done";
}

} // namespace
} // namespace touchstone::tests
