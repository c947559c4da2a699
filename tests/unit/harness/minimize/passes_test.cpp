// What single passes make of small modules.

#include "harness/minimize/pass.hpp"

#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"
#include "engine/text/print.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace touchstone::minimize {
namespace {

Pass const& pass_named(std::string_view name)
{
    return *std::ranges::find(passes(), name, &Pass::name);
}

Problem problem(std::initializer_list<std::pair<char const*, char const*>> modules)
{
    Case c{.origin = "test", .modules = {}, .calls = {}};
    for (auto const& [name, text] : modules)
        c.modules.push_back({.name = name, .bytes = encode(parse_module(text).value())});
    return problem_of(c);
}

/// Every candidate of a pass, one place at a time, as text.
std::vector<std::string> candidates(std::string_view pass, Problem const& p)
{
    std::vector<std::string> texts;
    auto const places = pass_named(pass).places(p);
    for (auto const& place : places) {
        auto candidate = pass_named(pass).reduce(p, {&place, 1});
        if (!candidate || !settle(*candidate))
            continue;
        std::string text;
        for (auto const& piece : candidate->pieces)
            text += print(piece.module());
        texts.push_back(text);
    }
    return texts;
}

std::string as_text(char const* module)
{
    return print(parse_module(module).value());
}

testing::AssertionResult proposes(std::string_view pass, char const* before, char const* after)
{
    auto const all = candidates(pass, problem({{"m", before}}));
    if (std::ranges::find(all, as_text(after)) != all.end())
        return testing::AssertionSuccess();
    auto failure = testing::AssertionFailure() << pass << " proposes";
    for (auto const& text : all)
        failure << '\n' << text;
    return failure << "\nand not\n" << as_text(after);
}

TEST(Passes, CutWhatTakesAndLeaves)
{
    EXPECT_TRUE(proposes("cut_ranges",
        "(module (func (param i32) (result i32) local.get 0 i32.const 2 i32.add))",
        "(module (func (param i32) (result i32) local.get 0 i32.const 2 drop))"));
}

TEST(Passes, ReplaceAWholeExpression)
{
    EXPECT_TRUE(proposes("replace_trees",
        "(module (func (param i32) (result i64) (i64.extend_i32_u (i32.add (local.get 0) "
        "(i32.const 2)))))",
        "(module (func (param i32) (result i64) (i64.const 0)))"));
}

TEST(Passes, HoistAnOperand)
{
    EXPECT_TRUE(proposes("hoist_operands",
        "(module (func (param i32 i32) (result i32) (select (local.get 0) (i32.clz (local.get 1)) "
        "(i32.const 1))))",
        "(module (func (param i32 i32) (result i32) (i32.clz (local.get 1))))"));
}

TEST(Passes, UnwrapABlockAndItsLabels)
{
    EXPECT_TRUE(proposes("unwrap_blocks",
        "(module (func (block (block (br_if 1 (i32.const 0)) (br_if 0 (i32.const 7))))))",
        "(module (func (block (br_if 0 (i32.const 0)) (drop (i32.const 7)))))"));
    EXPECT_TRUE(proposes("unwrap_blocks",
        "(module (func (result i32) (if (result i32) (i32.const 5) (then (i32.const 1)) (else "
        "(i32.const 2)))))",
        "(module (func (result i32) (drop (i32.const 5)) (i32.const 2)))"));
}

TEST(Passes, DropAValueAcrossOtherCode)
{
    EXPECT_TRUE(proposes("drop_pairs",
        "(module (memory 1) (func f32.const 1 (i32.store (i32.const 0) (i32.const 1)) drop))",
        "(module (memory 1) (func (i32.store (i32.const 0) (i32.const 1))))"));
}

TEST(Passes, ForwardALocal)
{
    EXPECT_TRUE(proposes("forward_locals",
        "(module (func (result i32) (local i32) (local.set 0 (i32.const 3)) (i32.eqz (local.get "
        "0))))",
        "(module (func (result i32) (local i32) (i32.eqz (i32.const 3))))"));
}

TEST(Passes, InlineTheOnlyCall)
{
    EXPECT_TRUE(proposes("inline_calls",
        "(module (func $f (param i64) (result i64) (i64.clz (local.get 0))) (func (result i64) "
        "(call $f (i64.const 3))))",
        "(module (type (func (param i64) (result i64))) (func (result i64) (local i64) (local.set "
        "0 (i64.const 3)) (i64.clz (local.get 0))))"));
}

TEST(Passes, DropAParameterWithWhatIsGivenForIt)
{
    EXPECT_TRUE(proposes("drop_params",
        R"((module (func (param i32 i64) (result i64) (local.get 1))
            (func (result i64) (call 0 (i32.clz (i32.const 9)) (i64.const 3)))))",
        R"((module (type (func (param i32 i64) (result i64))) (type (func (result i64)))
            (type (func (param i64) (result i64))) (func (type 2) (param i64) (result i64) (local.get 0))
            (func (type 1) (result i64) (call 0 (i64.const 3)))))"));
}

TEST(Passes, RemoveAMemoryWithWhatNeedsIt)
{
    EXPECT_TRUE(proposes("drop_entities",
        R"((module (memory 1) (memory 2) (data (memory 0) (i32.const 0) "x")
            (func (result i32) (i32.load 0 (i32.const 7))) (func (drop (i32.load 1 (i32.const 7))))))",
        R"((module (memory 2)
            (func (result i32) (i32.const 7)) (func (drop (i32.load 0 (i32.const 7))))))"));
}

TEST(Passes, RemoveAnExportWithItsImportsAndCalls)
{
    auto p = problem({{"env", R"((module (func (export "f") (result i32) (i32.const 3))))"},
        {"m",
            R"((module (import "env" "f" (func $f (result i32))) (func (export "g") (result i32) (call $f))))"}});
    p.calls.push_back({.module = 0, .function = "f", .args = {}});
    p.calls.push_back({.module = 1, .function = "g", .args = {}});
    auto const& pass = pass_named("drop_entities");
    auto const places = pass.places(p);
    auto const of_env = std::ranges::find(places, 0U, &Place::piece);
    ASSERT_NE(of_env, places.end());
    auto smaller = pass.reduce(p, {&*of_env, 1});
    ASSERT_TRUE(smaller && settle(*smaller));
    EXPECT_TRUE(smaller->pieces[0].module().funcs.empty());
    EXPECT_TRUE(smaller->pieces[1].module().imports.empty());
    ASSERT_EQ(smaller->calls.size(), 1U);
    EXPECT_EQ(smaller->calls[0].function, "g");
}

TEST(Passes, OwnAnImport)
{
    EXPECT_TRUE(proposes("own_imports",
        R"((module (import "e" "a" (global i32)) (import "e" "b" (global i64)) (global i32 (i32.const 4)) (func (result i64 i32) (global.get 1) (global.get 2))))",
        R"((module (import "e" "b" (global i64)) (global i32 (i32.const 0)) (global i32 (i32.const 4)) (func (result i64 i32) (global.get 0) (global.get 2))))"));
}

TEST(Passes, CostLess)
{
    // a candidate that costs as much is never tried: else constants could turn in a circle
    auto const p = problem({{"m", "(module (func (result i32) (i32.const 1000)))"}});
    auto const& pass = pass_named("shrink_constants");
    std::size_t less = 0;
    auto const places = pass.places(p);
    for (auto const& place : places)
        if (auto const candidate = pass.reduce(p, {&place, 1}))
            less += cost_of(*candidate) < cost_of(p) ? 1U : 0U;
    EXPECT_GT(less, 4U);
}

} // namespace
} // namespace touchstone::minimize
