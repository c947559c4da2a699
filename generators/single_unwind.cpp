// Typed function references and exceptions for `single`.

#include "generators/single_text.hpp"

namespace touchstone::generators {

namespace {

using Numbers = std::vector<std::uint64_t>;

constexpr std::string_view functions = R"(
    (type $t (func (param i32) (result i32)))
    (global $g (export "g") (mut i32) (i32.const 0))
    (func $inc (type $t) (i32.add (local.get 0) (i32.const 1)))
    (func $store (type $t) (global.set $g (local.get 0)) (i32.const -1))
    (func $trap (type $t) (unreachable))
    (table $f (export "f") 5 (ref null $t))
    (elem (table $f) (i32.const 1) (ref null $t) (ref.func $inc) (ref.func $store) (ref.func $trap))
    )";
Numbers slots()
{
    return {0, 1, 2, 3, 4, 5};
}
Numbers arguments()
{
    return {0, 0x7FFF'FFFF, 0xFFFF'FFFF};
}

constexpr std::string_view thrower = R"(
    (tag $a (export "a") (param i32 i64)) (tag $b (export "b")) (tag $c (param f32))
    (global $g (export "g") (mut i64) (i64.const 0))
    (global $e (mut exnref) (ref.null exn))
    (func $throw (param i32)
        (if (i32.eq (local.get 0) (i32.const 1)) (then (throw $a (local.get 0) (i64.const -2))))
        (if (i32.eq (local.get 0) (i32.const 2)) (then (throw $b)))
        (if (i32.eq (local.get 0) (i32.const 3)) (then (throw $c (f32.const 3))))
        (if (i32.eq (local.get 0) (i32.const 4)) (then (unreachable)))
        (if (i32.eq (local.get 0) (i32.const 5)) (then (throw_ref (global.get $e)))))
    (func $deep (param i32 i32) (local i64)
        (local.set 2 (i64.const 5))
        (if (local.get 1) (then (call $deep (local.get 0) (i32.sub (local.get 1) (i32.const 1)))))
        (call $throw (local.get 0))
        (global.set $g (i64.add (global.get $g) (local.get 2))))
    )";
Numbers ways()
{
    return {0, 1, 2, 3, 4, 5};
}
Numbers depths()
{
    return {0, 1, 7};
}

Trial trial(Opcode op, std::string_view around, std::string function, std::vector<Numbers> operands)
{
    return {.op = op,
        .around = around,
        .function = std::move(function),
        .operands = std::move(operands)};
}

} // namespace

std::vector<Trial> reference_trials()
{
    return {
        trial(Opcode::CallRef, functions,
            "(result i32) (call_ref $t (local.get 1) (table.get $f (local.get 0)))",
            {slots(), arguments()}),
        trial(Opcode::RefAsNonNull, functions,
            "(table.set $f (i32.const 4) (ref.as_non_null (table.get $f (local.get 0))))",
            {slots()}),
        trial(Opcode::BrOnNull, functions, R"((result i32)
            (block $null
                (return (call_ref $t (local.get 1) (br_on_null $null (table.get $f (local.get 0))))))
            (i32.const 1000))",
            {slots(), arguments()}),
        trial(Opcode::BrOnNonNull, functions, R"((result i32) (i32.const 7)
            (block $set (param i32) (result i32 (ref $t))
                (br_on_non_null $set (table.get $f (local.get 0)))
                (return))
            (drop) (i32.add (local.get 1)))",
            {slots(), arguments()}),
    };
}

std::vector<Trial> tail_call_trials()
{
    return {
        trial(Opcode::ReturnCallRef, functions,
            "(result i32) (return_call_ref $t (local.get 1) (table.get $f (local.get 0)))",
            {slots(), arguments()}),
        trial(Opcode::ReturnCallRef, functions, R"((result i32) (local i64)
            (i32.const 5)
            (block (result i32)
                (i64.const 6)
                (return_call_ref $t (local.get 1)
                    (ref.as_non_null (table.get $f (local.get 0)))))
            (i32.add))",
            {slots(), arguments()}),
    };
}

std::vector<Trial> exception_trials()
{
    return {
        trial(
            Opcode::Throw, thrower, "(call $deep (local.get 0) (local.get 1))", {ways(), depths()}),
        trial(Opcode::TryTable, thrower, R"((result i32) (local $kept i32)
            (local.set $kept (i32.const 100))
            (i32.const 1000)
            (block $all
                (block $b
                    (block $a (result i32 i64)
                        (try_table (catch $a $a) (catch $b $b) (catch_all $all)
                            (i64.const 9)
                            (call $deep (local.get 0) (local.get 1))
                            (drop)
                            (local.set $kept (i32.const 200)))
                        (return (local.get $kept)))
                    (global.set $g)
                    (return (i32.add (local.get $kept))))
                (return (i32.const 1)))
            (i32.add (local.get $kept)))",
            {ways(), depths()}),
        trial(Opcode::TryTable, thrower, R"((result i32)
            (block $outer
                (try_table (catch_all $outer)
                    (block $inner
                        (try_table (catch $b $inner) (call $throw (local.get 0)))
                        (return (i32.const 0)))
                    (call $throw (local.get 1))
                    (return (i32.const 1))))
            (i32.const 2))",
            {ways(), ways()}),
        trial(Opcode::TryTable, thrower, R"((result i32) (local $n i32)
            (loop $again
                (local.set $n (i32.add (local.get $n) (i32.const 1)))
                (if (i32.gt_u (local.get $n) (i32.const 3)) (then (return (local.get $n))))
                (try_table (catch_all $again) (call $deep (local.get 0) (local.get 1))))
            (i32.sub (i32.const 0) (local.get $n)))",
            {ways(), depths()}),
        trial(Opcode::ThrowRef, thrower, R"((result i32)
            (global.set $e
                (block $caught (result exnref)
                    (try_table (catch_all_ref $caught) (call $deep (local.get 0) (i32.const 2)))
                    (return (i32.const 0))))
            (block $b (result exnref)
                (block $a (result i32 i64 exnref)
                    (try_table (catch_ref $a $a) (catch_ref $b $b)
                        (if (local.get 1) (then (throw_ref (global.get $e))))
                        (call $throw (i32.const 5)))
                    (unreachable))
                (global.set $e) (drop) (return))
            (global.set $e)
            (i32.const -1))",
            {ways(), {0, 1}}),
    };
}

} // namespace touchstone::generators
