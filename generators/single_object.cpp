// Structs, arrays, casts and small integers for `single`.

#include "generators/single_text.hpp"

#include <fmt/format.h>

#include <array>

namespace touchstone::generators {

namespace {

/// A table with one of everything, and what the functions need.
constexpr std::string_view zoo = R"(
    (type $a (sub (struct (field (mut i8)) (field (mut i32)))))
    (type $b (sub $a (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null $a))))))
    (type $c (sub final $b (struct (field (mut i8)) (field (mut i32)) (field (mut (ref null $a)))
        (field (mut f64)) (field (mut i16)))))
    (type $other (sub (struct (field (mut i8)) (field (mut i64)))))
    (type $bytes (array (mut i8)))
    (type $shorts (array (mut i16)))
    (type $words (array (mut i64)))
    (type $refs (array (mut anyref)))
    (type $funcs (array (mut funcref)))
    (rec (type $even (struct (field (ref null $odd)))) (type $odd (struct (field (ref null $even)))))
    (func $one) (func $two)
    (data $d "\80\01\ff\7f\04\05\06\07\08\09\0a\0b\0c\0d\0e\0f")
    (elem $e anyref (item (ref.i31 (i32.const 7))) (item (ref.null none))
        (item (struct.new_default $b)) (item (ref.i31 (i32.const -1))))
    (elem $f func $one $two)
    (global $g (export "g") (mut anyref) (ref.null any))
    (table $z (export "z") 14 anyref)
    (elem (table $z) (i32.const 1) anyref
        (item (ref.i31 (i32.const 5))) (item (ref.i31 (i32.const -1)))
        (item (struct.new $a (i32.const 0x180) (i32.const -8)))
        (item (struct.new $b (i32.const 0x7f) (i32.const 9) (ref.null none)))
        (item (struct.new_default $c)) (item (struct.new $other (i32.const 1) (i64.const 2)))
        (item (array.new_fixed $bytes 5 (i32.const 1) (i32.const 0xff) (i32.const 0x80)
            (i32.const 4) (i32.const 5)))
        (item (array.new $words (i64.const -3) (i32.const 4)))
        (item (array.new_default $refs (i32.const 5)))
        (item (array.new_default $bytes (i32.const 0)))
        (item (struct.new_default $even)) (item (struct.new_default $odd)))
    (func $get (param i32) (result anyref) (table.get $z (local.get 0)))
    (func $a (param i32) (result (ref null $a)) (ref.cast (ref null $a) (table.get $z (local.get 0))))
    (func $bytes (param i32) (result (ref null $bytes))
        (ref.cast (ref null $bytes) (table.get $z (local.get 0))))
    (func $words (param i32) (result (ref null $words))
        (ref.cast (ref null $words) (table.get $z (local.get 0))))
    (func $refs (param i32) (result (ref null $refs))
        (ref.cast (ref null $refs) (table.get $z (local.get 0))))
    )";

using Numbers = std::vector<std::uint64_t>;

Numbers animals()
{
    return {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};
}
Numbers structs()
{
    return {0, 3, 4, 5, 6};
}
Numbers byte_arrays()
{
    return {0, 7, 10};
}
Numbers edges()
{
    return {0, 1, 0x7F, 0x80, 0xFF, 0x3FFF'FFFF, 0x4000'0000, 0x7FFF'FFFF, 0x8000'0000, 0xC000'0000,
        0xFFFF'FFFF};
}
Numbers places()
{
    return {0, 1, 4, 5, 6, 0x8000'0000, 0xFFFF'FFFF};
}
Numbers lengths()
{
    return {0, 1, 4, 5, 6, 0xFFFF'FFFF};
}
Numbers sizes()
{
    return {0, 1, 5, 63, 64, 65, 1'000};
}

void add(std::vector<Trial>& all, Opcode op, std::string function, std::vector<Numbers> operands)
{
    all.push_back({.op = op,
        .around = zoo,
        .function = std::move(function),
        .operands = std::move(operands)});
}

void add_structs(std::vector<Trial>& all)
{
    add(all, Opcode::StructNew, R"((result i32 i32)
        (global.set $g (struct.new $b (local.get 0) (local.get 1) (call $a (local.get 2))))
        (struct.get_s $b 0 (ref.cast (ref $b) (global.get $g)))
        (struct.get $b 1 (ref.cast (ref $b) (global.get $g))))",
        {{0x80, 0x1FF}, {7, 0xFFFF'FFFF}, structs()});
    add(all, Opcode::StructNewDefault, R"((result i32 f64)
        (global.set $g (struct.new_default $c))
        (struct.get_u $c 4 (ref.cast (ref $c) (global.get $g)))
        (struct.get $c 3 (ref.cast (ref $c) (global.get $g))))",
        {});
    add(all, Opcode::StructGet, "(result i32) (struct.get $a 1 (call $a (local.get 0)))",
        {structs()});
    add(all, Opcode::StructGetS, "(result i32) (struct.get_s $a 0 (call $a (local.get 0)))",
        {structs()});
    add(all, Opcode::StructGetU, "(result i32) (struct.get_u $a 0 (call $a (local.get 0)))",
        {structs()});
    add(all, Opcode::StructSet, R"(
        (struct.set $a 0 (call $a (local.get 0)) (local.get 1))
        (struct.set $a 1 (call $a (local.get 0)) (local.get 1)))",
        {structs(), edges()});
}

void add_new_arrays(std::vector<Trial>& all)
{
    add(all, Opcode::ArrayNew, "(global.set $g (array.new $shorts (local.get 0) (local.get 1)))",
        {edges(), sizes()});
    add(all, Opcode::ArrayNewDefault, "(global.set $g (array.new_default $refs (local.get 0)))",
        {sizes()});
    add(all, Opcode::ArrayNewFixed, R"(
        (global.set $g (array.new_fixed $refs 3 (call $get (local.get 0)) (global.get $g)
            (ref.i31 (local.get 0)))))",
        {animals()});
    add(all, Opcode::ArrayNewData,
        "(global.set $g (array.new_data $shorts $d (local.get 0) (local.get 1)))",
        {{0, 1, 15, 16, 17, 0xFFFF'FFFF}, {0, 1, 7, 8, 9, 0x8000'0000, 0xFFFF'FFFF}});
    add(all, Opcode::ArrayNewElem, R"(
        (global.set $g (array.new_elem $refs $e (local.get 0) (local.get 1)))
        (if (i32.eqz (local.get 0)) (then (elem.drop $e))))",
        {{1, 0, 3, 4, 5, 0xFFFF'FFFF}, {0, 1, 3, 4, 5, 0xFFFF'FFFF}});
}

void add_elements(std::vector<Trial>& all)
{
    add(all, Opcode::ArrayGet,
        "(result i64) (array.get $words (call $words (local.get 0)) (local.get 1))",
        {{0, 8}, {0, 3, 4, 0xFFFF'FFFF}});
    add(all, Opcode::ArrayGetS,
        "(result i32) (array.get_s $bytes (call $bytes (local.get 0)) (local.get 1))",
        {byte_arrays(), places()});
    add(all, Opcode::ArrayGetU,
        "(result i32) (array.get_u $bytes (call $bytes (local.get 0)) (local.get 1))",
        {byte_arrays(), places()});
    add(all, Opcode::ArraySet, R"(
        (array.set $refs (call $refs (local.get 0)) (local.get 1) (call $get (local.get 2))))",
        {{0, 9}, {0, 4, 5, 0xFFFF'FFFF}, animals()});
    add(all, Opcode::ArrayLen,
        "(result i32) (array.len (ref.cast (ref null array) (call $get (local.get 0))))",
        {animals()});
}

/// Two reasons to trap never meet: the specification does not say which one counts.
void add_moves(std::vector<Trial>& all)
{
    add(all, Opcode::ArrayFill, R"(
        (array.fill $bytes (call $bytes (local.get 0)) (local.get 1) (i32.const 0x1aa) (local.get 2)))",
        {byte_arrays(), places(), lengths()});
    constexpr std::string_view copy = R"(
        (array.copy $bytes $bytes (call $bytes (local.get 0)) (local.get 1)
            (call $bytes (local.get 3)) (local.get 2) (local.get 4)))";
    add(all, Opcode::ArrayCopy, std::string{copy},
        {{7, 10}, {0, 1, 5, 6}, {0, 2, 5, 0xFFFF'FFFF}, {7, 10}, {0, 1, 3, 6}});
    add(all, Opcode::ArrayCopy, std::string{copy}, {{7, 0}, {0}, {0}, {7, 0}, {0, 1}});
    constexpr std::string_view init_data = R"(
        (array.init_data $bytes $d (call $bytes (local.get 0)) (local.get 1) (local.get 2)
            (local.get 3)))";
    add(all, Opcode::ArrayInitData, std::string{init_data},
        {byte_arrays(), {0, 1, 5, 6}, {0}, {0, 1, 5}});
    add(all, Opcode::ArrayInitData, std::string{init_data}, {{7}, {0}, {15, 16, 17}, {0, 1, 5}});
    constexpr std::string_view init_elem = R"(
        (array.init_elem $refs $e (call $refs (local.get 0)) (local.get 1) (local.get 2)
            (local.get 3)))";
    add(all, Opcode::ArrayInitElem, std::string{init_elem}, {{0, 9}, {0, 1, 5, 6}, {0}, {0, 1, 4}});
    add(all, Opcode::ArrayInitElem, std::string{init_elem}, {{9}, {0}, {3, 4, 5}, {0, 1, 4}});
}

/// Each animal against each type.
void add_casts(std::vector<Trial>& all)
{
    constexpr auto types = std::to_array<std::string_view>({"$b", "$a", "$c", "$other", "$bytes",
        "$refs", "$odd", "any", "eq", "i31", "struct", "array", "none"});
    for (auto const type : types) {
        for (bool const nullable : {false, true}) {
            auto const t = std::string{nullable ? "(ref null " : "(ref "}.append(type) + ")";
            add(all, nullable ? Opcode::RefTestNull : Opcode::RefTest,
                "(result i32) (ref.test " + t + " (call $get (local.get 0)))", {animals()});
            add(all, nullable ? Opcode::RefCastNull : Opcode::RefCast,
                "(global.set $g (ref.cast " + t + " (call $get (local.get 0))))", {animals()});
            add(all, Opcode::BrOnCast,
                fmt::format("(result i32) (block $l (result {0}) (br_on_cast $l anyref {0}"
                            " (call $get (local.get 0))) (global.set $g) (return (i32.const 0)))"
                            " (global.set $g) (i32.const 1)",
                    t),
                {animals()});
            add(all, Opcode::BrOnCastFail,
                "(result i32) (block $l (result anyref) (br_on_cast_fail $l anyref " + t +
                    " (call $get (local.get 0))) (global.set $g) (return (i32.const 0)))"
                    " (global.set $g) (i32.const 1)",
                {animals()});
        }
    }
}

void add_scalars(std::vector<Trial>& all)
{
    add(all, Opcode::RefEq, R"((result i32)
        (ref.eq (ref.cast eqref (call $get (local.get 0))) (ref.cast eqref (call $get (local.get 1)))))",
        {animals(), animals()});
    add(all, Opcode::RefI31, "(global.set $g (ref.i31 (local.get 0)))", {edges()});
    add(all, Opcode::I31GetS, "(result i32) (i31.get_s (ref.i31 (local.get 0)))", {edges()});
    add(all, Opcode::I31GetU, "(result i32) (i31.get_u (ref.i31 (local.get 0)))", {edges()});
    add(all, Opcode::I31GetU,
        "(result i32) (i31.get_u (ref.cast i31ref (call $get (local.get 0))))", {animals()});
    constexpr std::string_view there_and_back = R"((result i32) (local $x externref)
        (local.set $x (extern.convert_any (call $get (local.get 0))))
        (global.set $g (any.convert_extern (local.get $x)))
        (ref.is_null (local.get $x)))";
    add(all, Opcode::ExternConvertAny, std::string{there_and_back}, {animals()});
    add(all, Opcode::AnyConvertExtern, std::string{there_and_back} + R"(
        (ref.test (ref struct) (any.convert_extern (local.get $x))) (i32.add))",
        {animals()});
}

/// Functions of several types in one table, called through each of their types.
void add_calls(std::vector<Trial>& all)
{
    constexpr std::string_view functions = R"(
        (type $super (sub (func (result i32))))
        (type $sub (sub $super (func (result i32))))
        (type $same (sub (func (result i32))))
        (type $final (func (result i32)))
        (rec (type $grouped (func (result i32))) (type (struct)))
        (func $a (type $super) (i32.const 1))
        (func $b (type $sub) (i32.const 2))
        (func $c (type $same) (i32.const 3))
        (func $d (type $final) (i32.const 4))
        (func $e (type $grouped) (i32.const 5))
        (table $f 7 funcref)
        (elem (table $f) (i32.const 1) func $a $b $c $d $e)
        )";
    constexpr auto types =
        std::to_array<std::string_view>({"$super", "$sub", "$same", "$final", "$grouped"});
    for (auto const type : types) {
        auto const t = std::string{type};
        all.push_back({.op = Opcode::CallIndirect,
            .around = functions,
            .function = "(result i32) (call_indirect $f (type " + t + ") (local.get 0))",
            .operands = {{0, 1, 2, 3, 4, 5, 6, 7}}});
        all.push_back({.op = Opcode::RefTest,
            .around = functions,
            .function = "(result i32) (ref.test (ref " + t + ") (table.get $f (local.get 0)))",
            .operands = {{0, 1, 2, 3, 4, 5, 6, 7}}});
    }
}

} // namespace

std::vector<Trial> object_trials()
{
    std::vector<Trial> all;
    add_calls(all);
    add_structs(all);
    add_new_arrays(all);
    add_elements(all);
    add_moves(all);
    add_casts(all);
    add_scalars(all);
    return all;
}

} // namespace touchstone::generators
