// exec/instructions.html#exec-ref.test, #exec-ref.cast, #exec-br_on_cast, #exec-any.convert_extern

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

constexpr auto zoo = R"(
    (type $a (sub (struct (field i32))))
    (type $b (sub $a (struct (field i32) (field i32))))
    (type $arr (array i32))
    (table $t 10 anyref)
    (func $fill (export "fill") (param externref)
        (table.set $t (i32.const 1) (ref.i31 (i32.const 1)))
        (table.set $t (i32.const 2) (struct.new_default $a))
        (table.set $t (i32.const 3) (struct.new_default $b))
        (table.set $t (i32.const 4) (array.new_default $arr (i32.const 0)))
        (table.set $t (i32.const 5) (any.convert_extern (local.get 0)))
        (table.set $t (i32.const 6)
            (any.convert_extern (extern.convert_any (table.get $t (i32.const 3))))))
    (func (export "a") (param i32) (result i32) (ref.test (ref $a) (table.get $t (local.get 0))))
    (func (export "b") (param i32) (result i32) (ref.test (ref $b) (table.get $t (local.get 0))))
    (func (export "null a") (param i32) (result i32)
        (ref.test (ref null $a) (table.get $t (local.get 0))))
    (func (export "eq") (param i32) (result i32) (ref.test (ref eq) (table.get $t (local.get 0))))
    (func (export "any") (param i32) (result i32)
        (ref.test (ref any) (table.get $t (local.get 0))))
    (func (export "array") (param i32) (result i32)
        (ref.test (ref array) (table.get $t (local.get 0))))
    (func (export "i31") (param i32) (result i32)
        (ref.test (ref i31) (table.get $t (local.get 0))))
    (func (export "none") (param i32) (result i32)
        (ref.test (ref null none) (table.get $t (local.get 0))))
    (func (export "cast b") (param i32) (drop (ref.cast (ref $b) (table.get $t (local.get 0)))))
    (func (export "cast null b") (param i32)
        (drop (ref.cast (ref null $b) (table.get $t (local.get 0)))))
    (func (export "on") (param i32) (result i32)
        (block $l (result (ref $a))
            (br_on_cast $l anyref (ref $a) (table.get $t (local.get 0)))
            (drop)
            (return (i32.const 0)))
        (drop)
        (i32.const 1))
    (func (export "on fail") (param i32) (result i32)
        (block $l (result anyref)
            (br_on_cast_fail $l anyref (ref null $a) (table.get $t (local.get 0)))
            (drop)
            (return (i32.const 1)))
        (drop)
        (i32.const 0))
    (func (export "out") (param i32) (result externref)
        (extern.convert_any (table.get $t (local.get 0)))))";

TEST(Cast, TestsEachKind)
{
    Program const p{zoo};
    EXPECT_THAT(p.call("fill", Value::host_extern(7)), Returns());
    auto const answers = [&](std::string_view name) {
        std::string all;
        for (int k = 0; k < 7; ++k) {
            auto const o = p.call(name, k);
            all += o.end == Outcome::End::Returned && !o.values.empty() && o.values[0].lo == 1
                       ? '1'
                       : '0';
        }
        return all;
    };
    // null, i31, $a, $b, array, host, $b
    EXPECT_EQ(answers("a"), "0011001");
    EXPECT_EQ(answers("b"), "0001001");
    EXPECT_EQ(answers("null a"), "1011001");
    EXPECT_EQ(answers("eq"), "0111101");
    EXPECT_EQ(answers("any"), "0111111");
    EXPECT_EQ(answers("array"), "0000100");
    EXPECT_EQ(answers("i31"), "0100000");
    EXPECT_EQ(answers("none"), "1000000");
    EXPECT_EQ(answers("on"), "0011001");
    EXPECT_EQ(answers("on fail"), "1011001");
}

TEST(Cast, FailsByTrap)
{
    Program const p{zoo};
    EXPECT_THAT(p.call("fill", Value::null_ref()), Returns());
    EXPECT_THAT(p.call("cast b", 3), Returns());
    EXPECT_THAT(p.call("cast b", 2), Traps(Trap::CastFailure));
    EXPECT_THAT(p.call("cast b", 0), Traps(Trap::CastFailure));
    EXPECT_THAT(p.call("cast null b", 0), Returns());
    EXPECT_THAT(p.call("cast null b", 5), Returns()) << "null from outside is null";
}

TEST(Cast, OutsideAndBack)
{
    Program const p{zoo};
    EXPECT_THAT(p.call("fill", Value::host_extern(7)), Returns());
    EXPECT_THAT(p.call("out", 0), Returns(Value::null_ref()));
    EXPECT_THAT(p.call("out", 5), Returns(Value::host_extern(7)));
    EXPECT_THAT(p.call("out", 1), Returns(Value::reference(RefKind::I31, 1, true)));
    auto const o = p.call("out", 3);
    ASSERT_EQ(o.values.size(), 1U);
    EXPECT_TRUE(o.values[0].is_extern);
    EXPECT_EQ(o.values[0].ref, RefKind::Struct);
    EXPECT_THAT(p.call("fill", o.values[0]), Returns());
    EXPECT_THAT(p.call("b", 5), Returns(1)) << "the same object comes back";
}

TEST(Cast, ValuesFromOutsideAreChecked)
{
    Program const p{R"(
        (type $s (struct))
        (func (export "s") (param (ref null $s)))
        (func (export "make") (result (ref $s)) (struct.new $s))
        (func (export "i31") (param i31ref)))"};
    EXPECT_THAT(p.call("s", Value::null_ref()), Returns());
    EXPECT_THAT(p.call("s", Value::reference(RefKind::Struct, 0)), Traps(Trap::CastFailure))
        << "there is none yet";
    auto const made = p.call("make");
    ASSERT_EQ(made.values.size(), 1U);
    EXPECT_THAT(p.call("s", made.values[0]), Returns());
    EXPECT_THAT(p.call("s", Value::reference(RefKind::I31, 0)), Traps(Trap::CastFailure));
    EXPECT_THAT(p.call("i31", Value::reference(RefKind::I31, 0x7FFF'FFFF)), Returns());
    EXPECT_THAT(
        p.call("i31", Value::reference(RefKind::I31, 0x8000'0000)), Traps(Trap::CastFailure));
}

} // namespace
} // namespace touchstone::tests
