#include "engine/validation/canonical.hpp"

#include "tests/unit/engine/validation/from_text.hpp"

namespace touchstone {
namespace {

std::vector<TypeId> add(TypeRegistry& r, std::string_view text)
{
    return r.add(parsed(text));
}

TEST(TypeRegistry, EqualTypesHaveOneId)
{
    TypeRegistry r;
    auto const ids = add(r, R"(
        (type (func (param i32) (result i64)))
        (type (func (param i32) (result i64)))
        (type (func (param i64) (result i32)))
        (type (struct (field i32)))
        (type (struct (field (mut i32))))
        (type (array i32))
        (type (struct (field i8)))
        (type (struct (field i16))))");
    ASSERT_EQ(ids.size(), 8U);
    EXPECT_EQ(ids[0], ids[1]);
    for (std::size_t i = 1; i < ids.size(); ++i)
        for (std::size_t j = i + 1; j < ids.size(); ++j)
            EXPECT_NE(ids[i], ids[j]) << i << ' ' << j;
}

TEST(TypeRegistry, ModulesShareIds)
{
    TypeRegistry r;
    auto const a = add(r, "(type (func)) (type $s (struct)) (type (func (param (ref $s))))");
    auto const b = add(r, "(type $s (struct)) (type (func (param (ref $s)))) (type (func))");
    EXPECT_EQ(a[0], b[2]);
    EXPECT_EQ(a[1], b[0]);
    EXPECT_EQ(a[2], b[1]);
    EXPECT_EQ(r.size(), 3U);
}

// valid/conventions.html#recursive-types: equality is that of whole groups, and of the position.
TEST(TypeRegistry, GroupsAreIsoRecursive)
{
    TypeRegistry r;
    auto const a = add(r, R"(
        (rec (type $a (func (result (ref $b)))) (type $b (func (result (ref $a)))))
        (rec (type $c (func (result (ref $d)))) (type $d (func (result (ref $c)))))
        (rec (type $e (func (result (ref $e)))))
        (rec (type $f (func (result (ref $a)))))
        (rec (type $g (func (result (ref $c)))))
        (rec (type (struct)) (type $h (func)))
        (type $i (func)))");
    EXPECT_EQ(a[0], a[2]);
    EXPECT_EQ(a[1], a[3]);
    EXPECT_NE(a[0], a[1]); // alike when unrolled, but not the same position
    EXPECT_NE(a[4], a[0]);
    EXPECT_NE(a[5], a[4]); // a reference out of the group is not one into it
    EXPECT_EQ(a[5], a[6]);
    EXPECT_NE(a[8], a[9]); // (func) in a group of two is not (func) alone
}

TEST(TypeRegistry, FinalityAndSupertypesCount)
{
    TypeRegistry r;
    auto const a = add(r, R"(
        (type $open (sub (func)))
        (type $closed (func))
        (type $x (sub $open (func)))
        (type $y (sub $open (func)))
        (type $z (sub $x (func))))");
    EXPECT_NE(a[0], a[1]);
    EXPECT_EQ(a[2], a[3]);
    EXPECT_NE(a[2], a[0]);
    EXPECT_NE(a[4], a[2]);
    EXPECT_EQ(r.super(a[4]), a[2]);
    EXPECT_EQ(r.super(a[0]), std::nullopt);
}

TEST(TypeRegistry, MatchesDeclaredSupertypesOnly)
{
    TypeRegistry r;
    std::string text = "(type $t0 (sub (struct)))";
    constexpr std::size_t depth = 200;
    for (std::size_t i = 1; i <= depth; ++i) {
        text += "(type $t" + std::to_string(i) + " (sub $t" + std::to_string(i - 1) + " (struct)))";
    }
    text += "(type $other (sub $t3 (struct (field i32))))";
    auto const ids = add(r, text);
    for (std::size_t a = 0; a <= depth; ++a)
        for (std::size_t b = 0; b <= depth; ++b)
            ASSERT_EQ(r.matches(ids[a], ids[b]), a >= b) << a << ' ' << b;
    auto const other = ids.back();
    EXPECT_TRUE(r.matches(other, ids[3]));
    EXPECT_TRUE(r.matches(other, ids[0]));
    EXPECT_FALSE(r.matches(other, ids[4]));
    EXPECT_FALSE(r.matches(ids[4], other));
}

} // namespace
} // namespace touchstone
