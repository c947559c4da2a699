// Depth and claimed sizes: neither the stack nor the memory depends on what an input merely says.
#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "tests/unit/engine/binary/bytes.hpp"

#include <gtest/gtest.h>

namespace touchstone {
namespace {

TEST(Depth, AMillionNestedBlocks)
{
    constexpr std::size_t depth = 1'000'000;
    Bytes body;
    for (std::size_t i = 0; i < depth; ++i) {
        body.push_back(i % 2 == 0 ? 0x02 : 0x04);
        body.push_back(0x40);
    }
    body.insert(body.end(), depth, 0x0B);
    auto const bytes = with_code(body);
    auto const m = decode(bytes);
    ASSERT_TRUE(m.has_value());
    EXPECT_EQ(m->funcs.at(0).body.instrs.size(), 2 * depth + 1);
    EXPECT_EQ(encode(*m), bytes);

    body.pop_back();
    EXPECT_FALSE(decode(with_code(body)).has_value());
}

TEST(Counts, ThatAreNotThere)
{
    Bytes const huge{0xFF, 0xFF, 0xFF, 0xFF, 0x0F};
    for (auto const id : std::to_array<std::uint8_t>({1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 13})) {
        auto const m = decode(wasm(section(id, huge)));
        ASSERT_FALSE(m.has_value());
        EXPECT_EQ(m.error().message, "length out of bounds") << int{id};
    }
    EXPECT_FALSE(decode(wasm(section(1, Bytes{1, 0x60} + huge))).has_value());
    EXPECT_FALSE(decode(wasm(section(1, Bytes{1, 0x5F} + huge))).has_value());
    EXPECT_FALSE(decode(wasm(section(1, Bytes{1, 0x4E} + huge))).has_value());
    EXPECT_FALSE(decode(wasm(section(1, Bytes{1, 0x50} + huge))).has_value());
    EXPECT_FALSE(decode(with_code(Bytes{0x0E} + huge)).has_value());
    EXPECT_FALSE(decode(with_code(Bytes{0x1C} + huge)).has_value());
    EXPECT_FALSE(decode(with_code(Bytes{0x1F, 0x40} + huge)).has_value());
    EXPECT_FALSE(decode(wasm(section(11, Bytes{1, 1} + huge))).has_value());
}

TEST(Counts, LocalsAreNotUnrolled)
{
    auto const m = decode(
        wasm(one_function + section(10, {1, 8, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0x7F, 0x0B})));
    ASSERT_TRUE(m.has_value());
    EXPECT_EQ(m->funcs.at(0).locals.size(), 1U);
}

} // namespace
} // namespace touchstone
