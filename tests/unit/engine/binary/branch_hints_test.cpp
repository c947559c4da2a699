#include "engine/binary/branch_hints.hpp"

#include "engine/binary/custom_sections.hpp"
#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "tests/unit/engine/binary/bytes.hpp"

#include <gmock/gmock.h>

namespace touchstone {
namespace {

using testing::HasSubstr;

// byte 0 is the count of locals; `if` stands at 3, `br_if` at 10
Bytes const code{0x41, 0, 0x04, 0x40, 0x0B, 0x41, 0x80, 0x01, 0x1A, 0x41, 0, 0x0D, 0};

Bytes module_with(Bytes const& hints)
{
    return wasm(one_function + section(0, sized(text(branch_hint_section)) + hints) +
                section(10, Bytes{1} + sized(Bytes{0} + code + Bytes{0x0B})));
}

Module with_hints(Bytes const& hints)
{
    auto m = decode(module_with(hints));
    EXPECT_TRUE(m.has_value()) << describe(m.error());
    return m ? *std::move(m) : Module{};
}

Bytes const good{1, 0, 2, 3, 1, 1, 12, 1, 0};

std::string problem(Bytes const& hints)
{
    auto const decoded = decode_branch_hints(with_hints(hints));
    return decoded ? "" : decoded.error().message;
}

TEST(BranchHintSection, StandsOnInstructions)
{
    auto const hints = decode_branch_hints(with_hints(good));
    ASSERT_TRUE(hints) << describe(hints.error());
    EXPECT_EQ(*hints, (BranchHints{{0, {{1, true}, {6, false}}}}));
    EXPECT_EQ(decode_branch_hints(Module{}), BranchHints{});
}

TEST(BranchHintSection, IsEncodedBeforeTheCode)
{
    auto m = with_hints(good);
    EXPECT_TRUE(read_custom_sections(m).empty());
    EXPECT_TRUE(m.customs.empty());
    EXPECT_EQ(encode(m), module_with(good));
}

TEST(BranchHintSection, WhatIsMalformedIsTold)
{
    EXPECT_THAT(problem({1, 0, 1, 3, 2, 1, 1}), HasSubstr("invalid hint size"));
    EXPECT_THAT(problem({1, 0, 1, 3, 1, 2}), HasSubstr("invalid hint"));
    EXPECT_THAT(problem({1, 0, 1, 4, 1, 1}), HasSubstr("invalid target"));
    EXPECT_THAT(problem({1, 0, 1, 1, 1, 1}), HasSubstr("invalid target"));
    EXPECT_THAT(problem({1, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xF, 1, 1}), HasSubstr("invalid target"));
    EXPECT_THAT(problem({1, 0, 2, 12, 1, 0, 3, 1, 0}), HasSubstr("out of order"));
    EXPECT_THAT(problem({1, 1, 0}), HasSubstr("unknown function"));
    EXPECT_THAT(problem({2, 0, 0, 0, 0}), HasSubstr("out of order"));
    EXPECT_THAT(problem({1, 0, 0, 7}), HasSubstr("junk"));
    for (std::size_t n = 0; n + 1 < good.size(); ++n)
        EXPECT_NE(problem({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(n)}), "") << n;
}

TEST(BranchHintSection, StaysWhereItIsIfMalformed)
{
    auto m = with_hints({1, 1, 0});
    auto const problems = read_custom_sections(m);
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_THAT(
        problems[0].message, HasSubstr("metadata.code.branch_hint, byte 2: unknown function"));
    EXPECT_EQ(problems[0].offset, m.customs.at(0).where.offset);
    EXPECT_EQ(encode(m), module_with({1, 1, 0}));
}

TEST(BranchHintSection, OnlyOnce)
{
    auto m = with_hints(good);
    m.customs.push_back(m.customs[0]);
    EXPECT_FALSE(decode_branch_hints(m));
}

} // namespace
} // namespace touchstone
