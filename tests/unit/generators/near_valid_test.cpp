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

/// How many of some thousand cases are valid, and for how many reasons the others are refused.
struct Refusals
{
    static constexpr std::uint64_t cases = 4'000;

    explicit Refusals(Kind kind)
    {
        for (std::uint64_t i = 0; i < cases; ++i) {
            auto const c = generate(kind, 1, i, wasm3);
            auto const& last = c.modules.back();
            auto m = last.format == Format::Text ? parse_module(last.text()) : decode(last.bytes);
            if (!m)
                malformed.insert(reason(m.error().message));
            else if (auto const v = validate(*std::move(m)); v)
                ++valid;
            else
                invalid.insert(v.error().rule);
        }
    }

    /// Without what stands there.
    static std::string reason(std::string const& message)
    {
        return message.substr(0, std::min(message.find(':'), message.find_last_of(' ')));
    }

    std::uint64_t valid = 0;
    std::set<std::string> malformed;
    std::set<std::string> invalid;
};

/// What is refused must be refused for many reasons, by the decoder and by the validator, and
/// enough of it must still be accepted: then a rule that is missing or too strict shows.
TEST(NearValid, IsRefusedForManyReasons)
{
    for (auto const kind : {Kind::NearValid, Kind::NearValidText}) {
        Refusals const seen{kind};
        EXPECT_GE(seen.valid, Refusals::cases / 10) << name(kind);
        EXPECT_LE(seen.valid, Refusals::cases / 2) << name(kind);
        EXPECT_GE(seen.malformed.size(), 15U) << testing::PrintToString(seen.malformed);
        EXPECT_GE(seen.invalid.size(), 40U) << testing::PrintToString(seen.invalid);
    }
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
