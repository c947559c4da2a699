#include "harness/contract/points.hpp"

namespace touchstone::contract {

static PointCase trap(std::string_view name, std::string_view text)
{
    return {.name = name, .modules = {{"m", text}}, .calls = {{"f"}, {"after"}}};
}

static Value f32_bits(std::uint32_t bits)
{
    return {.kind = ValType::Kind::F32, .lo = bits};
}

static Value f64_bits(std::uint64_t bits)
{
    return {.kind = ValType::Kind::F64, .lo = bits};
}

static void add_values(std::vector<PointCase>& all)
{
    all.push_back({.name = "integers of all bits return",
        .modules = {{"m", R"((module (func (export "f") (result i32 i64 i64 i32)
            i32.const -2 i64.const -3 i64.const 0x0123456789abcdef i32.const 0x80000000)))"}},
        .calls = {{"f"}}});
    all.push_back({.name = "floats return with their NaN bits",
        .modules = {{"m", R"((module (func (export "f") (result f32 f64 f32 f64)
            f32.const nan:0x200001 f64.const -nan:0x4000000000001 f32.const -0 f64.const 0x1p-1074)))"}},
        .calls = {{"f"}}});
    all.push_back({.name = "arguments arrive bit by bit",
        .modules = {{"m", R"((module (func (export "f")
            (param i32 i64 f32 f64) (result f64 i64 i32 f32)
            local.get 3 local.get 1 local.get 0 local.get 2)))"}},
        .calls = {{"f", {Value::from_i32(0xFFFF'FFFF), Value::from_i64(1ULL << 63),
                            f32_bits(0xFFA0'0001), f64_bits(0x7FF4'0000'0000'0001)}}}});
    all.push_back({.name = "vectors pass in and out",
        .modules = {{"m", R"((module (func (export "f") (param v128) (result v128 v128)
            local.get 0 v128.const i64x2 1 0xfedcba9876543210)))"}},
        .calls = {{"f", {Value{.kind = ValType::Kind::V128,
                            .lo = 0x7FF4'0000'7FA0'0001,
                            .hi = 0xFF00'0000'0000'0001}}}}});
    all.push_back({.name = "references keep their identity",
        .modules = {{"m", R"((module (elem declare func $g) (func $g)
            (func (export "f") (param externref externref)
                (result externref funcref externref funcref externref)
              local.get 1 ref.null func ref.null extern ref.func $g local.get 0)))"}},
        .calls = {{"f", {Value::host_extern(0), Value::host_extern(41)}},
            {"f", {Value::null_ref(), Value::host_extern(0)}}}});
    all.push_back({.name = "i31, structs, arrays and wrapped references return",
        .modules = {{"m", R"((module (type $s (struct)) (type $a (array i8))
            (func (export "f") (param anyref) (result anyref anyref anyref externref anyref anyref)
              i32.const -5 ref.i31 struct.new $s i32.const 3 array.new_default $a
              i32.const 7 ref.i31 extern.convert_any ref.null any local.get 0)))"}},
        .calls = {{"f", {Value::reference(RefKind::Host, 3)}}}});
    all.push_back({.name = "calls of one instance see what others left",
        .modules = {{"m", R"((module (global $g (mut i32) (i32.const 5))
            (func (export "f") (param i32) (result i32)
              global.get $g local.get 0 i32.add global.set $g global.get $g)))"}},
        .calls = {{"f", {Value::from_i32(2)}}, {"f", {Value::from_i32(2)}}}});
}

static void add_exceptions(std::vector<PointCase>& all)
{
    all.push_back({.name = "an exception that nobody catches has a payload",
        .modules = {{"m", R"((module (tag $e (export "e") (param i32 f64))
            (func (export "f") i32.const 7 f64.const nan:0x4000000000001 throw $e)
            (func (export "after") (result i32) i32.const 1)))"}},
        .calls = {{"f"}, {"after"}}});
}

static void add_traps(std::vector<PointCase>& all)
{
    all.push_back(trap("trap: unreachable", R"((module (func (export "f") unreachable)
        (func (export "after") (result i32) i32.const 1)))"));
    all.push_back(trap("trap: integer divide by zero", R"((module
        (func (export "f") (result i32) i32.const 1 i32.const 0 i32.div_u)
        (func (export "after") (result i64) i64.const 1 i64.const 0 i64.rem_s)))"));
    all.push_back(trap("trap: integer overflow", R"((module
        (func (export "f") (result i32) i32.const 0x80000000 i32.const -1 i32.div_s)
        (func (export "after") (result i32) f32.const 1e20 i32.trunc_f32_s)))"));
    all.push_back(trap("trap: invalid conversion to integer", R"((module
        (func (export "f") (result i64) f64.const nan i64.trunc_f64_u)
        (func (export "after")) ))"));
    all.push_back(trap("trap: out of bounds memory access", R"((module (memory 1)
        (func (export "f") (result i32) i32.const 65533 i32.load)
        (func (export "after") i32.const -1 i64.const 0 i64.store offset=8)))"));
    all.push_back(trap("trap: undefined element", R"((module (table 3 funcref)
        (func (export "f") i32.const 3 call_indirect)
        (func (export "after") (result i32) i32.const 1)))"));
    all.push_back(trap("trap: uninitialized element", R"((module (table 3 funcref)
        (func (export "f") i32.const 2 call_indirect)
        (func (export "after") (result i32) i32.const 1)))"));
    all.push_back(trap("trap: indirect call type mismatch", R"((module (table 3 funcref)
        (elem (i32.const 1) $other) (func $other (param i32))
        (func (export "f") i32.const 1 call_indirect)
        (func (export "after") (result i32) i32.const 1)))"));
    all.push_back(trap("trap: out of bounds table access", R"((module (table 3 funcref)
        (func (export "f") (result funcref) i32.const 3 table.get 0)
        (func (export "after") i32.const 3 i32.const 0 i32.const 1 table.copy 0 0)))"));
    all.push_back(
        trap("trap: null references", R"((module (type $t (func)) (type $s (struct (field i32)))
        (func (export "f") ref.null $t call_ref $t)
        (func (export "after") (result i32) ref.null $s struct.get $s 0)))"));
    all.push_back(trap("trap: cast failure and array bounds", R"((module (type $a (array i32))
        (func (export "f") (result (ref i31)) i32.const 1 array.new_default $a ref.cast (ref i31))
        (func (export "after") (result i32)
          i32.const 1 array.new_default $a i32.const 1 array.get $a)))"));
}

std::vector<PointCase> execution_points()
{
    std::vector<PointCase> all;
    add_values(all);
    add_traps(all);
    add_exceptions(all);
    return all;
}

} // namespace touchstone::contract
