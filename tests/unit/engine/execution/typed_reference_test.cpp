// exec/instructions.html#exec-call_ref, #exec-br_on_null, #exec-br_on_non_null,
// #exec-ref.as_non_null

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

TEST(TypedReference, IsCalled)
{
    Program const p{R"(
        (type $t (func (param i32) (result i32)))
        (func $inc (type $t) (i32.add (local.get 0) (i32.const 1)))
        (func $twice (type $t) (i32.mul (local.get 0) (i32.const 2)))
        (elem declare func $inc $twice)
        (func $pick (param i32) (result (ref $t))
            (select (result (ref $t)) (ref.func $inc) (ref.func $twice) (local.get 0)))
        (func (export "f") (param i32 i32) (result i32)
            (i32.add (i32.const 100)
                (call_ref $t (local.get 0) (call $pick (local.get 1)))))
        (func (export "tail") (param i32 i32) (result i32)
            (return_call_ref $t (local.get 0) (call $pick (local.get 1))))
        (func (export "null") (result i32) (call_ref $t (i32.const 1) (ref.null $t)))
        (func (export "tail null") (result i32)
            (return_call_ref $t (i32.const 1) (ref.null $t))))"};
    EXPECT_THAT(p.call("f", 5, 1), Returns(106));
    EXPECT_THAT(p.call("f", 5, 0), Returns(110));
    EXPECT_THAT(p.call("tail", 5, 1), Returns(6));
    EXPECT_THAT(p.call("null"), Traps(Trap::NullFunctionReference));
    EXPECT_THAT(p.call("tail null"), Traps(Trap::NullFunctionReference));
}

TEST(TypedReference, BranchesOnNull)
{
    Program const p{R"(
        (type $t (func (result i32)))
        (func $seven (type $t) (i32.const 7))
        (table $f 2 (ref null $t))
        (elem (table $f) (i32.const 1) (ref null $t) (ref.func $seven))
        (func (export "on null") (param i32) (result i32)
            (block $null
                (return (call_ref $t (br_on_null $null (table.get $f (local.get 0))))))
            (i32.const -1))
        (func (export "on non null") (param i32) (result i32)
            (block $set (result (ref $t))
                (br_on_non_null $set (table.get $f (local.get 0)))
                (return (i32.const -2)))
            (call_ref $t))
        (func (export "as") (param i32) (result i32)
            (call_ref $t (ref.as_non_null (table.get $f (local.get 0))))))"};
    EXPECT_THAT(p.call("on null", 0), Returns(-1));
    EXPECT_THAT(p.call("on null", 1), Returns(7));
    EXPECT_THAT(p.call("on non null", 0), Returns(-2));
    EXPECT_THAT(p.call("on non null", 1), Returns(7));
    EXPECT_THAT(p.call("as", 0), Traps(Trap::NullReference));
    EXPECT_THAT(p.call("as", 1), Returns(7));
}

TEST(TypedReference, TablesHaveInitialisers)
{
    Program const p{R"(
        (type $t (func (result i32)))
        (func $three (export "three") (type $t) (i32.const 3))
        (table $f 4 (ref $t) (ref.func $three))
        (func (export "f") (param i32) (result i32)
            (call_indirect $f (type $t) (local.get 0))))"};
    EXPECT_THAT(p.call("f", 3), Returns(3));
    EXPECT_THAT(p.call("f", 4), Traps(Trap::UndefinedElement));
}

TEST(TypedReference, IndirectCallsTakeSubtypes)
{
    Program const p{R"(
        (type $super (sub (func (result i32))))
        (type $sub (sub $super (func (result i32))))
        (type $other (sub (func (result i32) )))
        (type $final (func (result i32)))
        (func $a (type $super) (i32.const 1))
        (func $b (type $sub) (i32.const 2))
        (func $c (type $final) (i32.const 3))
        (table funcref (elem $a $b $c))
        (func (export "super") (param i32) (result i32)
            (call_indirect (type $super) (local.get 0)))
        (func (export "other") (param i32) (result i32)
            (call_indirect (type $other) (local.get 0)))
        (func (export "sub") (param i32) (result i32)
            (call_indirect (type $sub) (local.get 0))))"};
    EXPECT_THAT(p.call("super", 0), Returns(1));
    EXPECT_THAT(p.call("super", 1), Returns(2));
    EXPECT_THAT(p.call("super", 2), Traps(Trap::IndirectCallTypeMismatch));
    EXPECT_THAT(p.call("other", 1), Returns(2)) << "written alike, so the same type";
    EXPECT_THAT(p.call("sub", 0), Traps(Trap::IndirectCallTypeMismatch));
    EXPECT_THAT(p.call("sub", 1), Returns(2));
}

TEST(TypedReference, ImportsOfSubtypesLink)
{
    auto const store = make_store(Limits::for_spec());
    constexpr std::string_view types = R"(
        (type $super (sub (func)))
        (type $sub (sub $super (func))))";
    Program const a{store, std::string{types} + R"(
        (func (export "super") (type $super)) (func $f (export "sub") (type $sub))
        (global (export "sub global") (ref $sub) (ref.func $f))
        (global (export "sub variable") (mut (ref $sub)) (ref.func $f)))"};
    auto const links = [&](std::string_view import, std::string_view given) {
        Program const p{
            store, std::string{types} + std::string{import}, std::vector{a.exported(given)}};
        return p.has_instance();
    };
    EXPECT_TRUE(links("(import \"a\" \"x\" (func (type $super)))", "sub"));
    EXPECT_TRUE(links("(import \"a\" \"x\" (func (type $super)))", "super"));
    EXPECT_FALSE(links("(import \"a\" \"x\" (func (type $sub)))", "super"));
    EXPECT_TRUE(links("(import \"a\" \"x\" (global (ref null $super)))", "sub global"));
    EXPECT_FALSE(links("(import \"a\" \"x\" (global (ref none)))", "sub global"));
    EXPECT_TRUE(links("(import \"a\" \"x\" (global (mut (ref $sub))))", "sub variable"));
    EXPECT_FALSE(links("(import \"a\" \"x\" (global (mut (ref $super))))", "sub variable"));
    EXPECT_FALSE(links("(import \"a\" \"x\" (global (ref $sub)))", "sub variable"));
}

} // namespace
} // namespace touchstone::tests
