// The same seed gives the same bytes on every machine, compiler and preset (DESIGN.md, law 6).
// Who changes the generators on purpose raises `version` in generate.hpp and puts the digest that
// this test prints here.

#include "generators/generate.hpp"

#include <gmock/gmock.h>

namespace touchstone::generators {
namespace {

/// FNV-1a over everything that a case holds but its origin, lengths included.
class Digest
{
public:
    void number(std::uint64_t v)
    {
        for (unsigned shift = 0; shift < 64; shift += 8)
            byte(static_cast<std::uint8_t>(v >> shift));
    }
    void text(std::string_view s)
    {
        number(s.size());
        for (auto const c : s)
            byte(static_cast<std::uint8_t>(c));
    }
    void add(Case const& c)
    {
        for (auto const& m : c.modules) {
            text(m.name);
            number(m.bytes.size());
            for (auto const b : m.bytes)
                byte(b);
        }
        for (auto const& call : c.calls) {
            number(call.module);
            text(call.function);
            for (auto const& v : call.args) {
                number(static_cast<std::uint64_t>(v.kind));
                number(static_cast<std::uint64_t>(v.ref));
                number(v.is_extern ? 1 : 0);
                number(v.lo);
                number(v.hi);
            }
        }
    }
    [[nodiscard]] std::uint64_t value() const { return state_; }

private:
    void byte(std::uint8_t b) { state_ = (state_ ^ b) * 0x0000'0100'0000'01B3; }
    std::uint64_t state_ = 0xCBF2'9CE4'8422'2325;
};

std::uint64_t digest(std::uint64_t seed, FeatureSet features, Kind kind = Kind::Mixed)
{
    Digest d;
    for (std::uint64_t i = 0; i < 1'000; ++i)
        d.add(generate(kind, seed, i, features));
    return d.value();
}

TEST(Golden, AThousandCasesAreTheSameEverywhere)
{
    EXPECT_EQ(version, 5);
    auto scalar = wasm3;
    scalar.remove(Feature::Simd);
    scalar.remove(Feature::RelaxedSimd);
    EXPECT_EQ(digest(1, scalar), 0x910D8E0C070D0D97U);
    EXPECT_EQ(digest(1, wasm3), 0xABD726E002727969U);
}

/// What is written for newer features takes nothing from cases without them.
TEST(Golden, OlderFeaturesKeepTheirCases)
{
    EXPECT_EQ(digest(1, wasm2), 0x24F9D5DF9EA37EA2U);
    auto linear = wasm3;
    for (auto const f :
        {Feature::FunctionReferences, Feature::Gc, Feature::Exceptions, Feature::Memory64})
        linear.remove(f);
    EXPECT_EQ(digest(1, linear), 0xC98FFFBC8B0E4A78U);
}

TEST(Golden, WhatIsAlmostValid)
{
    EXPECT_EQ(digest(1, wasm3, Kind::NearValid), 0xA04751ADEE303073U);
    EXPECT_EQ(digest(1, wasm3, Kind::NearValidText), 0xFF3B9AE304D0FBCCU);
}

} // namespace
} // namespace touchstone::generators
