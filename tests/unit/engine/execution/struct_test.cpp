// exec/instructions.html#exec-struct.new and after it, #exec-ref.i31, #exec-ref.eq

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

TEST(Struct, KeepsFieldsOfEveryWidth)
{
    Program const p{R"(
        (type $s (struct (field $a (mut i8)) (field $b (mut i16)) (field $c (mut i32))
            (field $d (mut i64)) (field $e (mut f32)) (field $f (mut f64))
            (field $h (mut anyref)) (field $i (mut i8))))
        (global $s (mut (ref null $s)) (ref.null $s))
        (func (export "make")
            (global.set $s (struct.new $s (i32.const 0x1fe) (i32.const 0x18001)
                (i32.const -3) (i64.const -4) (f32.const 1.5) (f64.const -2.5)
                (ref.i31 (i32.const 5)) (i32.const 7))))
        (func (export "clear") (global.set $s (struct.new_default $s)))
        (func (export "set") (struct.set $s $b (global.get $s) (i32.const 0x2abcd)))
        (func (export "narrow s") (result i32 i32)
            (struct.get_s $s $a (global.get $s)) (struct.get_s $s $b (global.get $s)))
        (func (export "narrow u") (result i32 i32)
            (struct.get_u $s $a (global.get $s)) (struct.get_u $s $b (global.get $s)))
        (func (export "wide") (result i32 i64 f32 f64 i32 i32)
            (struct.get $s $c (global.get $s)) (struct.get $s $d (global.get $s))
            (struct.get $s $e (global.get $s)) (struct.get $s $f (global.get $s))
            (ref.is_null (struct.get $s $h (global.get $s)))
            (struct.get_u $s $i (global.get $s))))"};
    EXPECT_THAT(p.call("narrow s"), Traps(Trap::NullStructureReference));
    EXPECT_THAT(p.call("set"), Traps(Trap::NullStructureReference));
    EXPECT_THAT(p.call("make"), Returns());
    EXPECT_THAT(p.call("narrow s"), Returns(-2, -0x7FFF));
    EXPECT_THAT(p.call("narrow u"), Returns(0xFE, 0x8001));
    EXPECT_THAT(p.call("wide"), Returns(-3, -4, 1.5, -2.5, 0, 7));
    EXPECT_THAT(p.call("set"), Returns());
    EXPECT_THAT(p.call("narrow u"), Returns(0xFE, 0xABCD));
    EXPECT_THAT(p.call("wide"), Returns(-3, -4, 1.5, -2.5, 0, 7)) << "the neighbours stay";
    EXPECT_THAT(p.call("clear"), Returns());
    EXPECT_THAT(p.call("wide"), Returns(0, 0, 0, 0, 1, 0));
}

TEST(Struct, ASubtypeIsReadThroughItsSupertype)
{
    Program const p{R"(
        (type $a (sub (struct (field (mut i32)))))
        (type $b (sub $a (struct (field (mut i32)) (field i64))))
        (func (export "f") (result i32) (local $r (ref null $a))
            (local.set $r (struct.new $b (i32.const 4) (i64.const 5)))
            (struct.set $a 0 (local.get $r) (i32.const 6))
            (i32.add (struct.get $a 0 (local.get $r))
                (i32.wrap_i64 (struct.get $b 1 (ref.cast (ref $b) (local.get $r)))))))"};
    EXPECT_THAT(p.call("f"), Returns(11));
}

TEST(Struct, HasAnIdentity)
{
    Program const p{R"(
        (type $s (struct (field i32)))
        (func (export "f") (result i32 i32 i32 i32 i32) (local $a eqref) (local $b eqref)
            (local.set $a (struct.new $s (i32.const 1)))
            (local.set $b (struct.new $s (i32.const 1)))
            (ref.eq (local.get $a) (local.get $a))
            (ref.eq (local.get $a) (local.get $b))
            (ref.eq (ref.null eq) (ref.null none))
            (ref.eq (local.get $a) (ref.null eq))
            (ref.eq (ref.i31 (i32.const 3)) (ref.i31 (i32.const 0x80000003)))))"};
    EXPECT_THAT(p.call("f"), Returns(1, 0, 1, 0, 1));
}

TEST(I31, HasThirtyOneBits)
{
    Program const p{R"(
        (func (export "s") (param i32) (result i32) (i31.get_s (ref.i31 (local.get 0))))
        (func (export "u") (param i32) (result i32) (i31.get_u (ref.i31 (local.get 0))))
        (func (export "null") (result i32) (i31.get_u (ref.null i31))))"};
    EXPECT_THAT(p.call("s", -1), Returns(-1));
    EXPECT_THAT(p.call("u", -1), Returns(0x7FFF'FFFF));
    EXPECT_THAT(p.call("s", 0x4000'0000), Returns(-0x4000'0000));
    EXPECT_THAT(p.call("s", 0x3FFF'FFFF), Returns(0x3FFF'FFFF));
    EXPECT_THAT(p.call("u", Bits{0x8000'0001}), Returns(1));
    EXPECT_THAT(p.call("null"), Traps(Trap::NullI31Reference));
}

} // namespace
} // namespace touchstone::tests
