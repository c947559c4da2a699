// Equality and subtyping of types at run time, on types that modules wrote each for themselves, and
// on graphs made to be slow.

#include "engine/reference/matching.hpp"
#include "engine/text/parse.hpp"

#include <gtest/gtest.h>

#include <string>

namespace touchstone::tests {
namespace {

using namespace reference;

std::shared_ptr<ValidModule const> valid_module(std::string_view text)
{
    auto module = parse_module(text);
    EXPECT_TRUE(module) << describe(module.error());
    auto valid = validate(std::move(*module));
    EXPECT_TRUE(valid) << describe(valid.error());
    return *valid;
}

std::span<DefType const> types_of(TypeGraph& graph, std::string_view text)
{
    return graph.add(valid_module(text));
}

TEST(TypeGraph, TheSameModuleHasTheSameTypes)
{
    TypeGraph graph;
    auto const module = valid_module("(type (func)) (type (struct))");
    EXPECT_EQ(graph.add(module).data(), graph.add(module).data());
}

TEST(TypeGraph, ComparesGroupsAsTheyAreWritten)
{
    TypeGraph graph;
    auto const a = types_of(graph, R"(
        (type $f (func (param i32)))
        (rec (type $r (struct (field (ref null $r) (mut i8)))) (type $s (array (ref $f)))))");
    auto const b = types_of(graph, R"(
        (type (array v128))
        (type $g (func (param i32)))
        (rec (type $r (struct (field (ref null $r) (mut i8)))) (type $s (array (ref $g)))))");
    EXPECT_TRUE(graph.same(a[0], b[1]));
    EXPECT_TRUE(graph.same(a[1], b[2]));
    EXPECT_TRUE(graph.same(a[2], b[3]));
    EXPECT_FALSE(graph.same(a[1], b[3]));
    EXPECT_FALSE(graph.same(a[0], b[0]));
}

TEST(TypeGraph, TellsApartWhatDiffersInOnePlace)
{
    constexpr auto base = "(rec (type $r (sub (struct (field (mut i8) (ref null $r)))))"
                          " (type $q (sub $r (struct (field (mut i8) (ref null $r))))))";
    TypeGraph graph;
    auto const a = types_of(graph, base);
    for (auto const* other : {
             "(rec (type $r (sub (struct (field (mut i16) (ref null $r)))))"
             " (type $q (sub $r (struct (field (mut i16) (ref null $r))))))",
             "(rec (type $r (sub (struct (field i8 (ref null $r)))))"
             " (type $q (sub $r (struct (field i8 (ref null $r))))))",
             "(rec (type $r (sub (struct (field (mut i8) (ref $r)))))"
             " (type $q (sub $r (struct (field (mut i8) (ref $r))))))",
             "(rec (type $r (sub (struct (field (mut i8) (ref null $r)))))"
             " (type $q (sub final $r (struct (field (mut i8) (ref null $r))))))",
             "(rec (type $r (sub (struct (field (mut i8) (ref null $r)))))"
             " (type $q (sub (struct (field (mut i8) (ref null $r))))))",
             "(rec (type $r (sub (struct (field (mut i8) (ref null $r)))))"
             " (type $q (sub $r (struct (field (mut i8) (ref null $q))))))",
             "(rec (type $r (sub (struct (field (mut i8) (ref null $r)))))"
             " (type $q (sub $r (struct (field (mut i8) (ref null $r))))) (type (func)))",
             "(rec (type $r (sub (struct (field (mut i8) anyref))))"
             " (type $q (sub $r (struct (field (mut i8) anyref)))))",
         }) {
        auto const b = types_of(graph, other);
        EXPECT_FALSE(graph.same(a[0], b[0])) << other;
        EXPECT_FALSE(graph.same(a[1], b[1])) << other;
        EXPECT_FALSE(graph.same(a[1], b[1])) << "asked again: " << other;
        EXPECT_FALSE(graph.matches(a[1], b[0])) << other;
    }
}

TEST(TypeGraph, AReferenceOutOfTheGroupIsNoReferenceIntoIt)
{
    TypeGraph graph;
    auto const a = types_of(graph, R"(
        (rec (type $a (struct)) (type $b (struct (field (ref $a))))))");
    auto const b = types_of(graph, R"(
        (type $a (struct)) (rec (type $c (struct)) (type $b (struct (field (ref $a))))))");
    EXPECT_FALSE(graph.same(a[1], b[2]));
    EXPECT_FALSE(graph.same(a[0], b[0]));
}

TEST(TypeGraph, SubtypesAreDeclared)
{
    TypeGraph graph;
    constexpr auto text = R"(
        (type $a (sub (struct)))
        (type $b (sub $a (struct (field i32))))
        (type $c (sub $b (struct (field i32 i64))))
        (type $d (sub $a (struct (field i32)))))";
    auto const a = types_of(graph, text);
    auto const b = types_of(graph, text);
    for (auto const& other : {a, b}) {
        EXPECT_TRUE(graph.matches(a[2], other[2]));
        EXPECT_TRUE(graph.matches(a[2], other[1]));
        EXPECT_TRUE(graph.matches(a[2], other[0]));
        EXPECT_TRUE(graph.matches(a[1], other[3])) << "equal: they are written alike";
        EXPECT_FALSE(graph.matches(a[0], other[1]));
        EXPECT_FALSE(graph.matches(a[1], other[2]));
        EXPECT_FALSE(graph.matches(a[1], other[2])) << "asked again";
    }
}

TEST(TypeGraph, AbstractTypesStandAboveAndBelow)
{
    TypeGraph graph;
    auto const t = types_of(graph, "(type (func)) (type (struct)) (type (array i8))");
    auto const defined = [&](Index x) { return HeapType::type(static_cast<Index>(t[x])); };
    auto const below = [&](HeapType a, HeapType b) {
        return matches(graph, ValType::ref(false, a), ValType::ref(false, b));
    };
    using enum AbsHeapType;
    for (HeapType const h : {HeapType{Struct}, HeapType{Eq}, HeapType{Any}, defined(1)})
        EXPECT_TRUE(below(defined(1), h));
    for (HeapType const h : {HeapType{Array}, HeapType{I31}, HeapType{None}, HeapType{Func},
             HeapType{Extern}, defined(2)})
        EXPECT_FALSE(below(defined(1), h));
    EXPECT_TRUE(below(defined(2), Array));
    EXPECT_TRUE(below(defined(0), Func));
    EXPECT_FALSE(below(defined(0), Any));
    EXPECT_FALSE(below(Func, defined(0)));
    EXPECT_TRUE(below(NoFunc, defined(0)));
    EXPECT_TRUE(below(None, defined(1)));
    EXPECT_FALSE(below(None, defined(0)));
    EXPECT_FALSE(below(NoExtern, defined(1)));
    EXPECT_TRUE(below(Bot, defined(1)));
    EXPECT_TRUE(below(Bot, Extern));
    EXPECT_TRUE(matches(graph, ValType::ref(false, Eq), ValType::ref(true, Any)));
    EXPECT_FALSE(matches(graph, ValType::ref(true, Eq), ValType::ref(false, Any)));
}

/// Each type refers twice to the one before it, so that unrolled it is 2^n large.
std::string doubling(int n, std::string_view bottom)
{
    std::string text{bottom};
    for (int k = 1; k < n; ++k) {
        auto const before = std::to_string(k - 1);
        text += "(type (struct (field (ref " + before + ")) (field (ref " + before + "))))";
    }
    return text;
}

TEST(TypeGraph, ExponentialTypesAreComparedInLinearTime)
{
    constexpr int n = 2'000;
    TypeGraph graph;
    auto const a = types_of(graph, doubling(n, "(type (struct (field i32)))"));
    auto const b = types_of(graph, doubling(n, "(type (struct (field i32)))"));
    auto const c = types_of(graph, doubling(n, "(type (struct (field i64)))"));
    EXPECT_TRUE(graph.same(a.back(), b.back()));
    EXPECT_FALSE(graph.same(a.back(), c.back()));
    EXPECT_LE(graph.comparisons(), 2U * n);
    auto const before = graph.comparisons();
    EXPECT_TRUE(graph.same(a[n / 2], b[n / 2]));
    EXPECT_EQ(graph.comparisons(), before) << "known already";
}

TEST(TypeGraph, DeepChainsOfSupertypesNeedNoRecursion)
{
    constexpr int n = 20'000;
    std::string text = "(type (sub (struct)))";
    for (int k = 1; k < n; ++k)
        text += "(type (sub " + std::to_string(k - 1) + " (struct)))";
    TypeGraph graph;
    auto const a = types_of(graph, text);
    auto const b = types_of(graph, text);
    EXPECT_TRUE(graph.matches(a.back(), b.front()));
    EXPECT_TRUE(graph.matches(a.back(), b.back()));
    EXPECT_FALSE(graph.matches(a.front(), b.back()));
    EXPECT_TRUE(graph.matches(b.back(), a[n / 2]));
    EXPECT_LE(graph.comparisons(), 4U * n);
}

TEST(TypeGraph, WideMutuallyRecursiveGroups)
{
    constexpr int n = 300;
    std::string text = "(rec";
    for (int k = 0; k < n; ++k) {
        text += "(type (struct";
        for (int other = 0; other < n; other += 7)
            text += " (field (ref null " + std::to_string((k + other) % n) + "))";
        text += "))";
    }
    text += ")";
    TypeGraph graph;
    auto const a = types_of(graph, text);
    auto const b = types_of(graph, text);
    for (int k = 0; k < n; ++k)
        EXPECT_TRUE(graph.same(a[static_cast<std::size_t>(k)], b[static_cast<std::size_t>(k)]));
    EXPECT_FALSE(graph.same(a[0], b[1]));
    EXPECT_LE(graph.comparisons(), 2U);
}

} // namespace
} // namespace touchstone::tests
