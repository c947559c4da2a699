// The text of proposals: only with them, and parse(print(m)) == m.
#include "engine/syntax/profiles.hpp"
#include "engine/text/parse.hpp"
#include "engine/text/print.hpp"

#include <gmock/gmock.h>

namespace touchstone {
namespace {

using enum Feature;

struct Proposed
{
    Feature feature;
    char const* text;
};

class OfAProposal : public testing::TestWithParam<Proposed>
{};

TEST_P(OfAProposal, NeedsItAndSurvivesPrinting)
{
    auto const& [feature, text] = GetParam();
    auto const with = wasm3 | FeatureSet{feature};
    auto others = wasm3 | proposals;
    others.remove(feature);
    auto const m = parse_module(text, nullptr, with);
    ASSERT_TRUE(m) << describe(m.error());
    auto const again = parse_module(print(*m), nullptr, with);
    ASSERT_TRUE(again) << describe(again.error()) << '\n' << print(*m);
    EXPECT_EQ(*again, *m) << print(*m);
    for (auto const features : {wasm3, others}) {
        auto const refused = parse_module(text, nullptr, features);
        ASSERT_FALSE(refused) << text;
        EXPECT_EQ(refused.error().kind, Error::Kind::Malformed);
    }
}

INSTANTIATE_TEST_SUITE_P(Text, OfAProposal,
    testing::Values(Proposed{WideArithmetic,
                        "(func (drop (drop (i64.mul_wide_s (i64.const 1) (i64.const 2)))))"},
        Proposed{Threads, "(memory 1 2 shared)"},
        Proposed{Threads, "(import \"\" \"\" (memory i64 1 2 shared))"},
        Proposed{Threads, "(memory 1) (func (drop (i64.atomic.rmw8.add_u offset=3 (i32.const 1) "
                          "(i64.const 2))) atomic.fence)"},
        Proposed{CustomPageSizes, "(memory 1 2 (pagesize 1))"},
        Proposed{CustomPageSizes, "(memory i64 (pagesize 0x1) (data \"abc\"))"},
        Proposed{LegacyExceptions,
            "(tag $e) (func (try $l (do (nop)) (catch $e (rethrow $l)) (catch_all (rethrow 0))))"},
        Proposed{LegacyExceptions,
            "(tag $e) (func try $a try $b nop delegate $a catch $e br $a catch_all end)"},
        Proposed{LegacyExceptions, "(func (block $b (try $t (do) (delegate $b))))"}));

TEST(PageSizeText, IsAPowerOfTwo)
{
    constexpr auto features = wasm3 | FeatureSet{CustomPageSizes};
    for (auto const* const text : {"(memory 0 (pagesize 0))", "(memory 0 (pagesize 3))"}) {
        auto const m = parse_module(text, nullptr, features);
        ASSERT_FALSE(m);
        EXPECT_EQ(m.error().message, "invalid custom page size");
    }
    auto const data = parse_module("(memory (pagesize 1) (data \"abc\"))", nullptr, features);
    EXPECT_EQ(data->memories.at(0).type.limits.max, 3U);
}

TEST(CompactImportText, IsWrittenOut)
{
    constexpr auto features = wasm3 | FeatureSet{CompactImportSection};
    auto const parse = [&](char const* text) { return parse_module(text, nullptr, features); };
    auto const typed = parse("(import \"m\" (item \"a\" (func $a (param i32))) (item \"b\" (global "
                             "$b i32))) (export \"x\" (func $a)) (export \"y\" (global $b))");
    ASSERT_TRUE(typed) << describe(typed.error());
    EXPECT_EQ(
        *typed, *parse_module("(import \"m\" \"a\" (func $a (param i32))) (import \"m\" \"b\" "
                              "(global $b i32)) (export \"x\" (func $a)) (export \"y\" "
                              "(global $b))"));
    auto const alike = parse("(import \"m\" (item \"a\") (item \"b\") (memory 1)) (memory $c 2) "
                             "(data (memory $c) (i32.const 0))");
    ASSERT_TRUE(alike) << describe(alike.error());
    EXPECT_EQ(
        *alike, *parse_module("(import \"m\" \"a\" (memory 1)) (import \"m\" \"b\" (memory 1)) "
                              "(memory $c 2) (data (memory $c) (i32.const 0))"));
    for (auto const* const text :
        {"(import \"m\" (item \"a\") (func $f))", "(import \"m\" (item \"a\") (item \"b\" (func)))",
            "(import \"m\" (item \"b\" (func)) (item \"a\") (func))"})
        EXPECT_FALSE(parse(text)) << text;
    EXPECT_FALSE(parse_module("(import \"m\" (item \"a\") (func))"));
}

TEST(LegacyTryText, HasItsPartsInOrder)
{
    for (auto const* const body : {"(try (do) (catch_all) (catch_all))",
             "(try (do) (catch_all) (catch 0))", "(try (do) (catch 0) (delegate 0))", "(try)",
             "(try (do) (do))", "(delegate 0)", "(catch_all)", "try catch 0 delegate 0",
             "try catch_all catch 0 end", "block catch_all end", "try else end"}) {
        auto const m = parse_module("(tag) (func " + std::string{body} + ")", nullptr,
            wasm3 | FeatureSet{LegacyExceptions});
        EXPECT_FALSE(m) << body;
    }
}

} // namespace
} // namespace touchstone
