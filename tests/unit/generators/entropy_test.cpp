#include "generators/entropy.hpp"

#include <gmock/gmock.h>

namespace touchstone::generators {
namespace {

using testing::ElementsAre;

TEST(Entropy, ReadsFromTheFrontLittleEndian)
{
    std::vector<std::uint8_t> const bytes{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
    Entropy in{bytes};
    EXPECT_EQ(in.byte(), 1);
    EXPECT_EQ(in.u32(), 0x0504'0302U);
    EXPECT_EQ(in.u64(), 0x0D0C'0B0A'0908'0706U);
    EXPECT_TRUE(in.exhausted());
}

TEST(Entropy, BelowReadsOneByteUpTo256AndFourBeyond)
{
    std::vector<std::uint8_t> const bytes{200, 0x10, 0x27, 0, 0, 7};
    Entropy in{bytes};
    EXPECT_EQ(in.below(150), 50U);
    EXPECT_EQ(in.below(1'000'000), 10'000U);
    EXPECT_EQ(in.left(), 1U);
    EXPECT_EQ(in.below(256), 7U);
}

TEST(Entropy, AnswersZeroAndNoWhenItRanOut)
{
    Entropy in{{}};
    EXPECT_EQ(in.u64(), 0U);
    EXPECT_EQ(in.below(7), 0U);
    EXPECT_FALSE(in.chance(255));
}

TEST(Entropy, ChanceIsOfAllBytes)
{
    std::vector<std::uint8_t> bytes;
    for (int i = 0; i < 256; ++i)
        bytes.push_back(static_cast<std::uint8_t>(i));
    Entropy in{bytes};
    int yes = 0;
    for (int i = 0; i < 256; ++i)
        yes += in.chance(77) ? 1 : 0;
    EXPECT_EQ(yes, 77);
}

TEST(EntropyFrom, IsAFixedFunctionOfSeedAndIndex)
{
    EXPECT_THAT(entropy_from(1, 2, 4), ElementsAre(0x86, 0x92, 0x8E, 0x26));
    EXPECT_EQ(entropy_from(1, 2, 100).size(), 100U);
    EXPECT_NE(entropy_from(1, 2, 16), entropy_from(2, 1, 16));
    EXPECT_NE(entropy_from(1, 2, 16), entropy_from(1, 3, 16));
    auto const shorter = entropy_from(7, 7, 13);
    auto longer = entropy_from(7, 7, 64);
    longer.resize(13);
    EXPECT_EQ(shorter, longer);
}

} // namespace
} // namespace touchstone::generators
