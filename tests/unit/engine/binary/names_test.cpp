#include "engine/binary/names.hpp"

#include "engine/binary/custom_sections.hpp"
#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "tests/unit/engine/binary/bytes.hpp"

#include <gmock/gmock.h>

namespace touchstone {
namespace {

Module with_names(Bytes const& contents)
{
    auto m = decode(wasm(section(0, sized(text("name")) + contents)));
    EXPECT_TRUE(m.has_value());
    EXPECT_EQ(m->names, Names{}); // never by `decode`
    return *m;
}

TEST(NameSection, Absent)
{
    EXPECT_EQ(decode_names(Module{}), std::nullopt);
}

TEST(NameSection, EverySubsection)
{
    Bytes contents = section(0, {1, 'm'});
    for (auto const id : std::to_array<std::uint8_t>({1, 4, 5, 6, 7, 8, 9, 11}))
        contents = contents + section(id, {1, 3, 1, static_cast<std::uint8_t>('a' + id)});
    for (auto const id : std::to_array<std::uint8_t>({2, 3, 10}))
        contents = contents + section(id, {1, 5, 2, 0, 1, 'x', 7, 2, 'y', 'z'});
    auto const n = decode_names(with_names(contents));
    ASSERT_TRUE(n.has_value());

    NameMap const inner{{0, "x"}, {7, "yz"}};
    Names expected;
    expected.module = "m";
    expected.funcs = {{3, "b"}};
    expected.types = {{3, "e"}};
    expected.tables = {{3, "f"}};
    expected.memories = {{3, "g"}};
    expected.globals = {{3, "h"}};
    expected.elems = {{3, "i"}};
    expected.datas = {{3, "j"}};
    expected.tags = {{3, "l"}};
    expected.locals = {{5, inner}};
    expected.labels = {{5, inner}};
    expected.fields = {{5, inner}};
    EXPECT_EQ(n, expected);

    auto const again = decode_names(with_names(encode_names(expected)));
    EXPECT_EQ(again, expected);
}

TEST(NameSection, IsWrittenWhereAsked)
{
    auto m = with_names(section(1, {1, 3, 1, 'f'}));
    EXPECT_TRUE(read_custom_sections(m).empty());
    EXPECT_EQ(m.names.funcs, (NameMap{{3, "f"}}));
    EXPECT_EQ(encode(m), wasm({}));
    EXPECT_EQ(encode(m, {.names = true}),
        wasm(section(0, sized(text("name")) + section(1, {1, 3, 1, 'f'}))));
}

TEST(NameSection, IsKeptIfSomethingInItIsMalformed)
{
    auto m = with_names(section(1, {1, 3, 1, 'f'}) + section(4, {1, 0}));
    auto const problems = read_custom_sections(m);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(m.names.funcs, (NameMap{{3, "f"}}));
    EXPECT_EQ(m.customs.size(), 1U);
}

/// It stays a custom section, is encoded as it was, once, and what it names is known.
static void expect_kept(Bytes const& contents)
{
    auto m = with_names(contents);
    auto const before = encode(m);
    EXPECT_TRUE(read_custom_sections(m).empty());
    EXPECT_EQ(m.names.funcs, (NameMap{{3, "f"}}));
    EXPECT_EQ(encode(m), before);
    EXPECT_EQ(encode(m, {.names = true}), before);
}

TEST(NameSection, IsKeptIfWhatItSaysCannotBeWrittenAgain)
{
    auto const funcs = section(1, {1, 3, 1, 'f'});
    expect_kept(funcs + section(77, {1, 2, 3}));     // of a later version
    expect_kept(section(7, {1, 0, 1, 'g'}) + funcs); // in another order
    expect_kept(section(1, {0x81, 0, 3, 1, 'f'}));   // a longer number
    expect_kept(section(1, {1, 3, 1, 'e'}) + funcs); // twice
    expect_kept(section(1, {1, 3, 1, 'f', 9}));      // more than it says
    expect_kept(funcs + section(4, {0}));            // nothing
}

TEST(NameSection, AreAllKeptIfThereAreSeveral)
{
    auto m = with_names(section(1, {1, 3, 1, 'f'}));
    m.customs.push_back(m.customs[0]);
    m.customs.back().bytes = section(1, {1, 3, 1, 'g'});
    auto const before = encode(m);
    EXPECT_TRUE(read_custom_sections(m).empty());
    EXPECT_EQ(m.names.funcs, (NameMap{{3, "f"}}));
    EXPECT_EQ(encode(m, {.names = true}), before);
}

TEST(NameSection, WhatIsMalformedIsLeftOut)
{
    // a count that is too high, a name that is no UTF-8, an unknown subsection; then a good one
    auto const n = decode_names(
        with_names(section(1, {2, 0, 1, 'f'}) + section(4, {2, 0, 1, 't', 1, 1, 0xFF}) +
                   section(77, {1, 2, 3}) + section(7, {1, 0, 1, 'g'})));
    ASSERT_TRUE(n.has_value());
    EXPECT_EQ(n->funcs, (NameMap{{0, "f"}}));
    EXPECT_EQ(n->types, (NameMap{{0, "t"}}));
    EXPECT_EQ(n->globals, (NameMap{{0, "g"}}));

    // a subsection that says it is longer than the section
    auto const cut = decode_names(with_names(section(0, {1, 'm'}) + Bytes{1, 99, 1, 0, 1, 'f'}));
    ASSERT_TRUE(cut.has_value());
    EXPECT_EQ(cut->module, "m");
    EXPECT_TRUE(cut->funcs.empty());
}

TEST(NameSection, EveryPrefixIsReadWithoutHarm)
{
    auto const contents = section(0, {1, 'm'}) + section(2, {1, 5, 2, 0, 1, 'x', 7, 2, 'y', 'z'});
    for (std::size_t n = 0; n <= contents.size(); ++n)
        EXPECT_TRUE(decode_names(with_names({contents.begin(), contents.begin() + n})));
}

} // namespace
} // namespace touchstone
