// What every pass proposes for generated cases: valid by construction, and what the search takes
// ends.

#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"
#include "generators/generate.hpp"
#include "harness/minimize/pass.hpp"
#include "oracles/in_process.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

namespace touchstone::minimize {
namespace {

Problem generated(std::uint64_t index)
{
    auto const features = make_reference_oracle()->info().features;
    return problem_of(generators::generate(generators::Kind::Smith, 99, index, features));
}

/// What generated cases do not have: dead code, custom sections, types that nothing names, tags,
/// typed references.
Problem written()
{
    constexpr auto text = R"((module $named
        (type $unused (func (param f32)))
        (type $s (struct (field (mut i32)) (field (ref null $s))))
        (rec (type $a (array (mut i8))) (type $b (sub (struct (field (ref $a))))))
        (import "env" "thrower" (func $thrower (param i32) (result i32)))
        (tag $t (param i32))
        (memory 1)
        (func $f (param i32 i64) (result i32) (local (ref $s) v128)
            (block $out (result i32)
                (try_table (result i32) (catch $t $out)
                    (local.set 2 (struct.new $s (local.get 0) (ref.null $s)))
                    (struct.set $s 0 (local.get 2) (i32.const 7))
                    (if (local.get 0) (then (throw $t (i32.const 3)) (drop (i32.const 9))))
                    (drop (v128.const i32x4 1 2 3 4))
                    (call $thrower (i32.wrap_i64 (local.get 1))))))
        (func $g (export "g") (param i32) (result i32 i64)
            (loop $again (br_table $again $again (local.get 0)))
            (return (call $f (local.get 0) (i64.const 70000)) (i64.const 5))
            (drop (i32.const 1)))
        (func $h (export "h") (param (ref null $b)) (result i32)
            (block $null (result (ref $b))
                (br_on_non_null $null (local.get 0))
                (return (i32.const 0)))
            (array.get_u $a (struct.get $b 0) (i32.const 1)))))";
    auto m = parse_module(text).value();
    m.customs.push_back({.name = "note", .bytes = {1, 2, 3}});
    constexpr auto environment = R"((module (func (export "thrower") (param i32) (result i32)
        (i32.load8_s offset=4 (local.get 0))) (memory 1 2) (data (i32.const 3) "abc")))";
    Case c{.origin = "written", .modules = {}, .calls = {}};
    c.modules.push_back({.name = "env", .bytes = encode(parse_module(environment).value())});
    c.modules.push_back({.name = "m", .bytes = encode(m)});
    c.calls.push_back({.module = 1, .function = "g", .args = {Value::from_i32(300)}});
    return problem_of(c);
}

/// Why the first candidate module that is refused is refused. That a local without default is no
/// longer set is found by `settle` alone.
std::string refusal_of(Problem p)
{
    for (auto& piece : p.pieces)
        if (!piece.settle())
            if (auto const why = trace(piece.module()).error();
                !why.message.starts_with("uninitialized local"))
                return describe(why);
    return {};
}

/// Chunks of several sizes at several places, not all: that would take minutes.
void check_pass(Pass const& pass, Problem const& p, std::map<std::string, std::size_t>& made)
{
    auto const places = pass.places(p);
    for (std::size_t chunk = pass.many ? std::max<std::size_t>(places.size() / 2, 1) : 1; chunk > 0;
        chunk /= 4) {
        auto const stride = std::max(chunk, places.size() / 16);
        for (std::size_t at = 0; at < places.size(); at += std::max<std::size_t>(stride, 1)) {
            auto const n = std::min(chunk, places.size() - at);
            auto const candidate = pass.reduce(p, std::span{places}.subspan(at, n));
            if (!candidate)
                continue;
            ++made[std::string{pass.name}];
            ASSERT_EQ(refusal_of(*candidate), "")
                << pass.name << " of " << p.origin << ", places " << at << " to " << at + n;
        }
    }
}

TEST(Candidates, AreValid)
{
    std::map<std::string, std::size_t> made;
    for (std::uint64_t index = 0; index <= 100; ++index) {
        auto const p = index == 0 ? written() : generated(index);
        for (auto const& piece : p.pieces)
            ASSERT_TRUE(piece.source().valid()) << describe(trace(piece.module()).error());
        for (auto const& pass : passes()) {
            check_pass(pass, p, made);
            if (HasFatalFailure())
                return;
        }
    }
    for (auto const& pass : passes())
        if (pass.name.find("refused") == std::string_view::npos) {
            EXPECT_GT(made[std::string{pass.name}], 0U) << pass.name << " never proposed anything";
        }
}

} // namespace
} // namespace touchstone::minimize
