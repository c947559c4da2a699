#include "harness/contract/points.hpp"

namespace touchstone::contract {

using namespace std::string_view_literals;

static void add_state(std::vector<PointCase>& all)
{
    all.push_back({.name = "a memory is seen after each step",
        .modules = {{"m", R"((module (memory 1) (data (i32.const 65535) "x")
            (func (export "f") (param i32) local.get 0 i32.const 0x01020304 i32.store)))"}},
        .calls = {{"f", {Value::from_i32(4094)}}, {"f", {Value::from_i32(65'000)}},
            {"f", {Value::from_i32(65'533)}}}});
    all.push_back({.name = "a memory grows up to the limit",
        .modules = {{"m", R"((module (memory 4 64)
            (func (export "f") (result i32) i32.const 60 memory.grow)
            (func (export "g") (result i32) i32.const 1 memory.grow)))"}},
        .calls = {{"f"}, {"g"}}});
    all.push_back({.name = "globals are seen after each step",
        .modules = {{"m",
            R"((module (global i64 (i64.const -1)) (global f32 (f32.const nan:0x200001))
            (global $g (mut f64) (f64.const -0)) (global (mut i32) (i32.const 3))
            (func (export "f") f64.const nan:0x4000000000001 global.set $g)))"}},
        .calls = {{"f"}}});
    all.push_back({.name = "tables are seen, with the identity of functions",
        .modules = {{"m", R"((module (table 5 funcref) (elem (i32.const 1) $b $a)
            (func $a) (func $b) (func (export "f") i32.const 4 ref.func $a table.set 0)))"}},
        .calls = {{"f"}}});
    all.push_back({.name = "the identity of a function is hexadecimal, of whatever module",
        .modules = {{"env", R"((module (table (export "t") 3 funcref) (elem declare func $l)
            (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func) (func)
            (func $l (export "l")) (func (export "g") (result funcref) ref.func $l)))"},
            {"m", R"((module (import "env" "t" (table 3 funcref)) (import "env" "l" (func $l))
            (func $f) (elem (i32.const 1) $l $f)))"}},
        .calls = {{"g"}}});
    all.push_back({.name = "dropped segments are seen",
        .modules = {{"m",
            R"((module (memory 1) (table 2 funcref) (data "x") (data (i32.const 0) "y")
            (data "z") (elem func $f) (elem (i32.const 0) $f) (elem func $f) (func $f)
            (func (export "f") data.drop 0 elem.drop 2)))"}},
        .calls = {{"f"}}});
    all.push_back({.name = "what happened before a trap stays",
        .modules = {{"m", R"((module (memory 1) (global $g (mut i32) (i32.const 0))
            (func (export "f") i32.const 8 i32.const 9 i32.store i32.const 1 global.set $g unreachable)
            (func (export "g") (result i32) i32.const 8 i32.load)))"}},
        .calls = {{"f"}, {"g"}}});
}

static void add_linking(std::vector<PointCase>& all)
{
    constexpr auto environment = R"((module (memory (export "m") 1) (table (export "t") 2 funcref)
        (global (export "g") i32 (i32.const 5)) (func (export "seven") (result i32) i32.const 7)
        (func (export "call") (result i32) i32.const 1 call_indirect (result i32))))"sv;
    all.push_back({.name = "modules are linked by name, and share",
        .modules = {{"env", environment}, {"m", R"((module
            (import "env" "seven" (func (result i32))) (import "env" "m" (memory 1))
            (import "env" "g" (global i32)) (import "env" "t" (table 2 funcref))
            (elem (i32.const 1) $f) (func $f (export "f") (result i32)
              i32.const 8 i32.const 9 i32.store call 0 global.get 0 i32.add)))"}},
        .calls = {{"call"}, {"f", {}, 1}}});
    all.push_back({.name = "imports that are missing or of another type are unlinkable",
        .modules = {{"env", environment}, {"m", R"((module (import "env" "six" (func))))"},
            {"n", R"((module (import "env" "seven" (func (param i32)))))"},
            {"o", R"((module (import "nobody" "m" (memory 1))))"},
            {"p", R"((module (import "env" "m" (memory 2))))"}}});
    all.push_back({.name = "the latest module of a name counts",
        .modules = {{"env", R"((module (func (export "f") (result i32) i32.const 1)))"},
            {"env", R"((module (func (export "f") (result i32) i32.const 2)))"},
            {"env", R"((module (func $s unreachable) (start $s)))"},
            {"m", R"((module (import "env" "f" (func $f (result i32)))
                (func (export "f") (result i32) call $f)))"}},
        .calls = {{"f", {}, 3}}});
    all.push_back({.name = "the start function runs",
        .modules = {{"m",
            R"((module (memory 1) (func $s i32.const 3 i32.const 4 i32.store8) (start $s)
            (func (export "f") (result i32) i32.const 3 i32.load8_u)))"}},
        .calls = {{"f"}}});
    all.push_back({.name = "a start that traps leaves what it did, and no instance to be called",
        .modules = {{"env", environment}, {"m", R"((module (import "env" "m" (memory 1))
            (data (i32.const 3) "x") (func $s unreachable) (start $s) (func (export "f"))))"},
            {"after", R"((module (import "m" "f" (func))))"}},
        .calls = {{"f", {}, 1}, {"seven"}}});
    all.push_back({.name = "an active segment out of bounds traps",
        .modules = {{"m", R"((module (memory 1) (data (i32.const 65536) "x")))"},
            {"n", R"((module (table 1 funcref) (func $f) (elem (i32.const 1) $f)))"}}});
}

static void add_refusals(std::vector<PointCase>& all)
{
    constexpr auto sound = R"((module (func (export "f") (result i32) i32.const 1)))"sv;
    all.push_back({.name = "an invalid module is refused, and ends nothing",
        .modules = {{"m", "\0asm\1\0\0\0\1\5\1\x60\0\1\x7F\3\2\1\0\x0A\4\1\2\0\x0B"sv, true},
            {"n", sound}},
        .calls = {{"f", {}, 1}}});
    all.push_back({.name = "a malformed module is refused, and ends nothing",
        .modules = {{"m", "\0asm\1\0\0\0\1"sv, true}, {"n", sound}, {"o", ""sv, true},
            {"p", "\0asm\2\0\0\0"sv, true}, {"q", "hello"sv, true}},
        .calls = {{"f", {}, 1}}});
}

std::vector<PointCase> store_points()
{
    std::vector<PointCase> all;
    add_state(all);
    add_linking(all);
    add_refusals(all);
    return all;
}

} // namespace touchstone::contract
