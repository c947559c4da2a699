#include "oracles/byte_sizes.hpp"

#include <gtest/gtest.h>

namespace touchstone::laxities {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// A custom section, then code: bodies of 2 and 3 bytes.
Bytes const module{0, 'a', 's', 'm', 1, 0, 0, 0, 0, 2, 1, 'x', 10, 8, 2, 2, 0, 11, 3, 0, 1, 11};

TEST(ByteSizes, FindSectionsAndBodies)
{
    auto const code = find_section(module, binary::Section::Code);
    ASSERT_TRUE(code);
    EXPECT_EQ(code->begin(), 14U);
    EXPECT_EQ(code->end(), module.size());
    EXPECT_FALSE(find_section(module, binary::Section::Data));
    auto const second = find_body(module, *code, 1);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->begin(), 19U);
    EXPECT_EQ(second->end(), 22U);
    EXPECT_FALSE(find_body(module, *code, 2));
}

TEST(ByteSizes, AreNotBelieved)
{
    auto cut = module;
    cut.pop_back();
    EXPECT_FALSE(find_section(cut, binary::Section::Code));
    EXPECT_FALSE(find_section(Bytes{0, 'a', 's'}, binary::Section::Code));
    EXPECT_FALSE(number_at(Bytes{0x80, 0x80, 0x80, 0x80, 0x80, 0x00}, 0));
    EXPECT_EQ(number_at(Bytes{0x81, 0x01}, 0)->value, 129U);
}

TEST(ByteSizes, FollowAnEdit)
{
    auto const code = find_section(module, binary::Section::Code);
    Spot const spot{.section = *code, .body = find_body(module, *code, 0), .at = 16};
    auto const changed = edited(module, spot, 1, Bytes{7, 8, 9});
    auto const now = find_section(changed, binary::Section::Code);
    ASSERT_TRUE(now);
    EXPECT_EQ(now->end(), changed.size());
    auto const first = find_body(changed, *now, 0);
    ASSERT_TRUE(first);
    EXPECT_EQ(Bytes(changed.begin() + first->begin(), changed.begin() + first->end()),
        (Bytes{7, 8, 9, 11}));
    auto const second = find_body(changed, *now, 1);
    ASSERT_TRUE(second);
    EXPECT_EQ(Bytes(changed.begin() + second->begin(), changed.end()), (Bytes{0, 1, 11}));
}

} // namespace
} // namespace touchstone::laxities
