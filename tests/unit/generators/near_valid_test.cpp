#include "generators/near_valid.hpp"

#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"
#include "engine/validation/validate.hpp"
#include "generators/generate.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace touchstone::generators {
namespace {

TEST(NearValid, TheSameIndexGivesTheSameBytes)
{
    for (std::uint64_t i = 0; i < 50; ++i)
        EXPECT_EQ(generate(Kind::NearValid, 5, i, wasm3), generate(Kind::NearValid, 5, i, wasm3));
    EXPECT_EQ(generate(Kind::NearValid, 7, 16, wasm2).origin, "near-valid/5 seed 7 index 16");
    EXPECT_EQ(kind_named("near-valid"), Kind::NearValid);
}

/// What is refused must be refused for many reasons, by the decoder and by the validator, and
/// enough of it must still be accepted: then a rule that is missing or too strict shows.
TEST(NearValid, IsRefusedForManyReasons)
{
    constexpr std::uint64_t cases = 4'000;
    std::set<std::string> malformed;
    std::set<std::string> invalid;
    std::uint64_t valid = 0;
    for (std::uint64_t i = 0; i < cases; ++i) {
        auto const c = generate(Kind::NearValid, 1, i, wasm3);
        EXPECT_TRUE(c.calls.empty());
        auto m = decode(c.modules.back().bytes);
        if (!m) {
            malformed.insert(m.error().message.substr(0, m.error().message.find(':')));
            continue;
        }
        if (auto const v = validate(*std::move(m)); v)
            ++valid;
        else
            invalid.insert(v.error().rule);
    }
    EXPECT_GE(valid, cases / 10);
    EXPECT_LE(valid, cases / 2);
    EXPECT_GE(malformed.size(), 15U) << testing::PrintToString(malformed);
    EXPECT_GE(invalid.size(), 40U) << testing::PrintToString(invalid);
}

TEST(NearValidText, TheSameIndexGivesTheSameText)
{
    for (std::uint64_t i = 0; i < 50; ++i) {
        auto const c = generate(Kind::NearValidText, 5, i, wasm3);
        EXPECT_EQ(c, generate(Kind::NearValidText, 5, i, wasm3));
        EXPECT_EQ(c.modules.back().format, Format::Text);
        EXPECT_TRUE(c.calls.empty());
    }
    EXPECT_EQ(kind_named("near-valid-text"), Kind::NearValidText);
}

/// The reason of a refusal, without what stands there.
std::string reason(std::string const& message)
{
    return message.substr(0, std::min(message.find(':'), message.find_last_of(' ')));
}

TEST(NearValidText, IsRefusedForManyReasons)
{
    constexpr std::uint64_t cases = 4'000;
    std::set<std::string> malformed;
    std::set<std::string> invalid;
    std::uint64_t valid = 0;
    for (std::uint64_t i = 0; i < cases; ++i) {
        auto const c = generate(Kind::NearValidText, 1, i, wasm3);
        auto m = parse_module(c.modules.back().text());
        if (!m)
            malformed.insert(reason(m.error().message));
        else if (auto const v = validate(*std::move(m)); v)
            ++valid;
        else
            invalid.insert(v.error().rule);
    }
    EXPECT_GE(valid, cases / 10);
    EXPECT_LE(valid, cases / 2);
    EXPECT_GE(malformed.size(), 15U) << testing::PrintToString(malformed);
    EXPECT_GE(invalid.size(), 40U) << testing::PrintToString(invalid);
}

/// Folded lines are among what is valid.
TEST(NearValidText, LinesAreFolded)
{
    std::uint64_t folded = 0;
    for (std::uint64_t i = 0; i < 500; ++i) {
        auto const choices = entropy_from(9, i, 64);
        Entropy in{choices};
        auto const text = change_text(in, "(module (func\n  i32.const 1\n  drop\n))");
        folded += parse_module(text) && text.find("(drop (i32.const 1))") != std::string::npos;
    }
    EXPECT_GE(folded, 1U);
}

TEST(NearValidText, NothingIsTooSmallToBeChanged)
{
    for (std::uint64_t i = 0; i < 500; ++i) {
        auto const choices = entropy_from(9, i, 64);
        for (auto const* const text : {"", " ", "\"", "(", ")", "\"\\"}) {
            Entropy in{choices};
            (void)change_text(in, text);
        }
    }
}

TEST(NearValid, NothingIsTooSmallToBeChanged)
{
    for (std::uint64_t i = 0; i < 200; ++i) {
        auto const choices = entropy_from(9, i, 64);
        Entropy bytes{choices};
        (void)change_bytes(bytes, {});
        Entropy in{choices};
        Module m;
        change_module(in, m);
        (void)encode(m);
    }
    Entropy nothing{{}};
    Module m;
    change_module(nothing, m);
    EXPECT_EQ(m, Module{});
}

} // namespace
} // namespace touchstone::generators
