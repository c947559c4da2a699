// binary/values.html: LEB128 is as short as you like to write it, but never longer than the type
// needs, and has no bit that the type has not.
#include "engine/binary/cursor.hpp"

#include "engine/syntax/utf8.hpp"
#include "tests/unit/engine/binary/bytes.hpp"

#include <gmock/gmock.h>

#include <array>
#include <limits>

namespace touchstone::binary {
namespace {

/// What `read` answers, or how it fails; all bytes must be taken.
template <class T>
struct Read
{
    std::optional<T> value;
    std::string message;
    std::size_t offset = 0;
};

template <class T>
Read<T> read(Bytes const& bytes, T (Cursor::*how)())
{
    Cursor in{bytes};
    try {
        auto const v = (in.*how)();
        EXPECT_TRUE(in.at_end());
        return {.value = v};
    } catch (Refused const& r) {
        return {.message = r.error.message, .offset = r.error.offset};
    }
}

constexpr auto too_long = "integer representation too long";
constexpr auto too_large = "integer too large";
constexpr auto at_end = "unexpected end of section or function";

TEST(Cursor, U32)
{
    EXPECT_EQ(read({0}, &Cursor::u32).value, 0U);
    EXPECT_EQ(read({0x7F}, &Cursor::u32).value, 127U);
    EXPECT_EQ(read({0x80, 0x01}, &Cursor::u32).value, 128U);
    EXPECT_EQ(read({0xFF, 0xFF, 0xFF, 0xFF, 0x0F}, &Cursor::u32).value, 0xFFFF'FFFFU);
    EXPECT_EQ(read({0x83, 0x80, 0x80, 0x80, 0x00}, &Cursor::u32).value, 3U);

    EXPECT_EQ(read({0x80, 0x80, 0x80, 0x80, 0x10}, &Cursor::u32).message, too_large);
    EXPECT_EQ(read({0x80, 0x80, 0x80, 0x80, 0x80, 0x00}, &Cursor::u32).message, too_long);
    EXPECT_EQ(read({0x80, 0x80, 0x80, 0x80, 0x90, 0x00}, &Cursor::u32).message, too_large);
    EXPECT_EQ(read({0x80, 0x80}, &Cursor::u32).message, at_end);
    EXPECT_EQ(read({}, &Cursor::u32).message, at_end);
    EXPECT_EQ(read({0x80, 0x80, 0x80, 0x80, 0x10}, &Cursor::u32).offset, 4U);
}

TEST(Cursor, U64)
{
    Bytes const nine(9, 0xFF);
    EXPECT_EQ(
        read(nine + Bytes{0x01}, &Cursor::u64).value, std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(read(nine + Bytes{0x02}, &Cursor::u64).message, too_large);
    EXPECT_EQ(read(nine + Bytes{0x81, 0x00}, &Cursor::u64).message, too_long);
}

TEST(Cursor, S32)
{
    EXPECT_EQ(read({0x3F}, &Cursor::s32).value, 63);
    EXPECT_EQ(read({0x40}, &Cursor::s32).value, -64);
    EXPECT_EQ(read({0x7F}, &Cursor::s32).value, -1);
    EXPECT_EQ(read({0xFF, 0x7F}, &Cursor::s32).value, -1);
    EXPECT_EQ(read({0xC0, 0x00}, &Cursor::s32).value, 64);
    EXPECT_EQ(read({0x80, 0x80, 0x80, 0x80, 0x78}, &Cursor::s32).value,
        std::numeric_limits<std::int32_t>::min());
    EXPECT_EQ(read({0xFF, 0xFF, 0xFF, 0xFF, 0x07}, &Cursor::s32).value,
        std::numeric_limits<std::int32_t>::max());

    for (auto const last : std::to_array<std::uint8_t>({0x08, 0x0F, 0x1F, 0x3F, 0x40, 0x70, 0x77}))
        EXPECT_EQ(read({0x80, 0x80, 0x80, 0x80, last}, &Cursor::s32).message, too_large)
            << int{last};
    EXPECT_EQ(read({0x80, 0x80, 0x80, 0x80, 0x80, 0x00}, &Cursor::s32).message, too_long);
}

TEST(Cursor, S33)
{
    EXPECT_EQ(read({0xFF, 0xFF, 0xFF, 0xFF, 0x0F}, &Cursor::s33).value, 0xFFFF'FFFF);
    EXPECT_EQ(read({0x80, 0x80, 0x80, 0x80, 0x70}, &Cursor::s33).value, -0x1'0000'0000);
    EXPECT_EQ(read({0x80, 0x80, 0x80, 0x80, 0x10}, &Cursor::s33).message, too_large);
    EXPECT_EQ(read({0x80, 0x80, 0x80, 0x80, 0x60}, &Cursor::s33).message, too_large);
}

TEST(Cursor, S64)
{
    Bytes const nine(9, 0x80);
    EXPECT_EQ(
        read(nine + Bytes{0x7F}, &Cursor::s64).value, std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(read(Bytes(9, 0xFF) + Bytes{0x00}, &Cursor::s64).value,
        std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(read(nine + Bytes{0x01}, &Cursor::s64).message, too_large);
    EXPECT_EQ(read(nine + Bytes{0x7E}, &Cursor::s64).message, too_large);
    EXPECT_EQ(read(nine + Bytes{0xFF, 0x7F}, &Cursor::s64).message, too_long);
}

TEST(Cursor, LengthsStayWithinTheInput)
{
    EXPECT_EQ(read({1}, &Cursor::length).value, 1U); // itself counts: what follows finds the end
    EXPECT_EQ(read({2}, &Cursor::length).message, "length out of bounds");
    EXPECT_EQ(
        read({0xFF, 0xFF, 0xFF, 0xFF, 0x0F}, &Cursor::length).message, "length out of bounds");
}

TEST(Cursor, NamesAreUtf8)
{
    EXPECT_EQ(read(sized(text("\xE2\x82\xAC")), &Cursor::name).value, "\xE2\x82\xAC");
    EXPECT_EQ(read(sized(text("\xE2\x82")), &Cursor::name).message, "malformed UTF-8 encoding");
}

TEST(Utf8, Edges)
{
    using namespace std::string_view_literals;
    for (auto const good :
        {""sv, "\0"sv, "\x7F"sv, "\xC2\x80"sv, "\xDF\xBF"sv, "\xE0\xA0\x80"sv, "\xED\x9F\xBF"sv,
            "\xEE\x80\x80"sv, "\xEF\xBF\xBF"sv, "\xF0\x90\x80\x80"sv, "\xF4\x8F\xBF\xBF"sv})
        EXPECT_TRUE(is_utf8(good)) << good;
    for (auto const bad : {"\x80"sv, "\xBF"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xC2"sv, "\xC2\x7F"sv,
             "\xC2\xC0"sv, "\xE0\x9F\xBF"sv, "\xED\xA0\x80"sv, "\xED\xBF\xBF"sv, "\xE1\x80"sv,
             "\xE1\x80\x7F"sv, "\xF0\x8F\xBF\xBF"sv, "\xF4\x90\x80\x80"sv, "\xF5\x80\x80\x80"sv,
             "\xF1\x80\x80"sv, "\xFF"sv})
        EXPECT_FALSE(is_utf8(bad)) << bad;
}

} // namespace
} // namespace touchstone::binary
