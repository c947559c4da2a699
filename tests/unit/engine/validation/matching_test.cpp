#include "engine/validation/matching.hpp"

#include "tests/unit/engine/validation/from_text.hpp"

#include <algorithm>
#include <map>

namespace touchstone {
namespace {

using enum AbsHeapType;

class MatchingTest : public testing::Test
{
protected:
    MatchingTest()
    {
        m = parsed(R"(
            (type $f (sub (func)))
            (type $s (sub (struct)))
            (type $a (array i32))
            (type $s2 (sub $s (struct (field i32)))))");
        ids = registry.add(m);
    }

    Module m;
    TypeRegistry registry;
    std::vector<TypeId> ids;
};

// valid/matching.html#match-heaptype, written as the whole relation.
TEST_F(MatchingTest, HeapTypes)
{
    HeapType const f = HeapType::type(0);
    HeapType const s = HeapType::type(1);
    HeapType const a = HeapType::type(2);
    HeapType const s2 = HeapType::type(3);
    std::vector<std::pair<HeapType, std::vector<HeapType>>> const supers{
        {Any, {}},
        {Eq, {Any}},
        {I31, {Eq, Any}},
        {Struct, {Eq, Any}},
        {Array, {Eq, Any}},
        {None, {I31, Struct, Array, Eq, Any, s, a, s2}},
        {Func, {}},
        {NoFunc, {Func, f}},
        {Extern, {}},
        {NoExtern, {Extern}},
        {Exn, {}},
        {NoExn, {Exn}},
        {f, {Func}},
        {s, {Struct, Eq, Any}},
        {a, {Array, Eq, Any}},
        {s2, {s, Struct, Eq, Any}},
    };
    Matching const match{registry, ids};
    for (auto const& [sub, above] : supers)
        for (auto const& [super, unused] : supers) {
            bool const expected = sub == super || std::ranges::find(above, super) != above.end();
            EXPECT_EQ(match.heap(sub, super), expected) << sub.bits() << ' ' << super.bits();
            EXPECT_TRUE(match.heap(Bot, super));
            EXPECT_FALSE(match.heap(super, Bot));
        }
}

TEST_F(MatchingTest, ReferencesAndNull)
{
    Matching const match{registry, ids};
    auto const eq = ValType::ref(false, Eq);
    auto const eq_null = ValType::ref(true, Eq);
    EXPECT_TRUE(match.val(eq, eq_null));
    EXPECT_FALSE(match.val(eq_null, eq));
    EXPECT_TRUE(match.val(eq_null, anyref));
    EXPECT_FALSE(match.val(eq, i32));
    EXPECT_TRUE(match.val(bot, i32));
    EXPECT_TRUE(match.val(bot, eq));
    EXPECT_FALSE(match.val(i32, i64));
    EXPECT_FALSE(match.val(ValType::ref(false, Bot), i32));
}

TEST_F(MatchingTest, Tops)
{
    Matching const match{registry, ids};
    EXPECT_EQ(match.top(None), HeapType{Any});
    EXPECT_EQ(match.top(HeapType::type(2)), HeapType{Any});
    EXPECT_EQ(match.top(HeapType::type(0)), HeapType{Func});
    EXPECT_EQ(match.top(NoExtern), HeapType{Extern});
    EXPECT_EQ(match.top(NoExn), HeapType{Exn});
}

TEST(Matching, Limits)
{
    auto const lim = [](std::uint64_t min, std::optional<std::uint64_t> max) {
        return SizeLimits{AddrType::I32, min, max};
    };
    EXPECT_TRUE(Matching::limits(lim(1, 2), lim(1, 2)));
    EXPECT_TRUE(Matching::limits(lim(2, 2), lim(1, 3)));
    EXPECT_TRUE(Matching::limits(lim(2, 2), lim(1, {})));
    EXPECT_TRUE(Matching::limits(lim(1, {}), lim(1, {})));
    EXPECT_FALSE(Matching::limits(lim(0, {}), lim(1, {})));
    EXPECT_FALSE(Matching::limits(lim(1, {}), lim(1, 5)));
    EXPECT_FALSE(Matching::limits(lim(1, 6), lim(1, 5)));
    EXPECT_FALSE(Matching::limits({AddrType::I64, 1, {}}, lim(1, {})));
}

// Two modules: types are compared closed, with the ids in place of each module's own indices.
TEST(Matching, ExternalsOfTwoModules)
{
    TypeRegistry registry;
    auto const a = registry.add(parsed("(type (func)) (type (sub (struct)))"));
    auto const b = registry.add(parsed("(type $s (sub (struct))) (type (sub $s (struct)))"));
    Matching const match{registry, {}};
    auto const ref = [](std::vector<TypeId> const& ids, Index x) {
        return closed(ValType::ref(false, HeapType::type(x)), ids);
    };
    auto const s = ref(a, 1);
    auto const sub = ref(b, 1);
    EXPECT_EQ(s, ref(b, 0));
    EXPECT_EQ(closed(i32, a), i32);
    EXPECT_EQ(closed(funcref, a), funcref);

    EXPECT_TRUE(match.global({sub, false}, {s, false}));
    EXPECT_FALSE(match.global({s, false}, {sub, false}));
    EXPECT_TRUE(match.global({s, true}, {s, true}));
    EXPECT_FALSE(match.global({sub, true}, {s, true}));
    EXPECT_FALSE(match.global({s, true}, {s, false}));

    SizeLimits const one{AddrType::I32, 1, {}};
    EXPECT_TRUE(match.table({one, s}, {one, s}));
    EXPECT_FALSE(match.table({one, sub}, {one, s}));
    EXPECT_TRUE(Matching::memory({one}, {one}));
    EXPECT_TRUE(match.func(sub.heap.index(), s.heap.index()));
    EXPECT_FALSE(match.func(s.heap.index(), sub.heap.index()));
    EXPECT_FALSE(match.tag({sub.heap.index()}, {s.heap.index()}));
    EXPECT_TRUE(match.tag({s.heap.index()}, {s.heap.index()}));
}

TEST(Matching, DeclaredSupertypesMustMatch)
{
    EXPECT_THAT("(type $a (sub (struct))) (type (sub $a (struct (field i32))))", IsValid());
    EXPECT_THAT("(type $a (sub (struct (field i32)))) (type (sub $a (struct)))",
        IsInvalid("sub type 1 does not match super type 0"));
    EXPECT_THAT("(type $a (struct)) (type (sub $a (struct)))",
        IsInvalid("sub type 1 has final super type 0"));
    EXPECT_THAT("(type $a (sub (struct (field anyref)))) (type (sub $a (struct (field eqref))))",
        IsValid());
    EXPECT_THAT("(type $a (sub (array (mut anyref)))) (type (sub $a (array (mut eqref))))",
        IsInvalid("sub type"));
    EXPECT_THAT("(type $a (sub (array i8))) (type (sub $a (array i16)))", IsInvalid("sub type"));
    EXPECT_THAT("(type $a (sub (func (param eqref) (result anyref))))"
                "(type (sub $a (func (param anyref) (result eqref))))",
        IsValid());
    EXPECT_THAT("(type $a (sub (func (param anyref)))) (type (sub $a (func (param eqref))))",
        IsInvalid("sub type"));
    EXPECT_THAT("(rec (type $a (sub $b (struct))) (type $b (sub (struct))))",
        IsInvalid("forward use of type 1"));
    EXPECT_THAT("(type (func (param (ref 1)))) (type (func))", IsInvalid("unknown type"));
}

} // namespace
} // namespace touchstone
