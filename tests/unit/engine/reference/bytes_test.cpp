// Memory of the operating system: zero, real only once touched, growing in place.

#include "engine/reference/bytes.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace touchstone::tests {
namespace {

using reference::Bytes;

constexpr std::uint64_t mebi = 1ULL << 20;

/// Pages that are really there, from /proc/self/statm.
std::uint64_t resident_bytes()
{
    std::ifstream statm{"/proc/self/statm"};
    std::uint64_t total = 0;
    std::uint64_t resident = 0;
    statm >> total >> resident;
    return resident * 4096;
}

TEST(Bytes, StartAsZero)
{
    auto bytes = Bytes::make(mebi);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(bytes->size(), mebi);
    for (auto const at : {std::uint64_t{0}, mebi / 2, mebi - 1})
        EXPECT_EQ(bytes->data()[at], 0);
}

TEST(Bytes, MayBeNone)
{
    auto bytes = Bytes::make(0);
    ASSERT_TRUE(bytes);
    EXPECT_TRUE(bytes->all().empty());
    EXPECT_TRUE(bytes->grow(0));
    EXPECT_TRUE(bytes->grow(mebi));
    EXPECT_EQ(bytes->all().size(), mebi);
}

TEST(Bytes, KeepTheirContentsAsTheyGrow)
{
    auto bytes = Bytes::make(mebi);
    ASSERT_TRUE(bytes);
    bytes->data()[mebi - 1] = 42;
    for (std::uint64_t size = 2 * mebi; size <= 256 * mebi; size *= 2) {
        ASSERT_TRUE(bytes->grow(size));
        EXPECT_EQ(bytes->data()[mebi - 1], 42);
        EXPECT_EQ(bytes->data()[size - 1], 0);
    }
}

TEST(Bytes, CostOnlyWhatIsTouched)
{
    auto const before = resident_bytes();
    if (before == 0)
        GTEST_SKIP() << "/proc/self/statm does not tell";
    auto bytes = Bytes::make(mebi);
    ASSERT_TRUE(bytes);
    ASSERT_TRUE(bytes->grow(4096 * mebi));
    bytes->data()[4096 * mebi - 1] = 1;
    EXPECT_LT(resident_bytes() - before, 16 * mebi);
}

TEST(Bytes, RefusalChangesNothing)
{
    auto bytes = Bytes::make(mebi);
    ASSERT_TRUE(bytes);
    bytes->data()[0] = 7;
    EXPECT_FALSE(bytes->grow(std::uint64_t{1} << 62));
    EXPECT_EQ(bytes->size(), mebi);
    EXPECT_EQ(bytes->data()[0], 7);
    EXPECT_FALSE(Bytes::make(std::uint64_t{1} << 62));
}

} // namespace
} // namespace touchstone::tests
