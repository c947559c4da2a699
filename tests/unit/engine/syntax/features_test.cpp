#include "engine/syntax/profiles.hpp"

#include <gtest/gtest.h>

namespace touchstone {
namespace {

TEST(Features, ProfilesAreNested)
{
    EXPECT_TRUE(wasm2.contains(wasm1));
    EXPECT_TRUE(wasm3.contains(wasm2));
    EXPECT_FALSE(wasm1.contains(wasm2));
    EXPECT_FALSE(wasm2.contains(wasm3));
}

TEST(Features, EveryFeatureIsOfWasm3OrAProposalAndHasAName)
{
    for (std::size_t i = 0; i < feature_count; ++i) {
        auto const f = static_cast<Feature>(i);
        EXPECT_NE(wasm3.has(f), proposals.has(f)) << name(f);
        EXPECT_EQ(feature_named(name(f)), f);
    }
    EXPECT_EQ(feature_named("no such"), std::nullopt);
}

TEST(Profiles, AreTheVersionsAndOneAProposal)
{
    EXPECT_EQ(profile_named("1.0")->features, wasm1);
    EXPECT_EQ(profile_named("2.0")->features, wasm2);
    EXPECT_EQ(default_profile.features, wasm3);
    EXPECT_EQ(profile_named("threads")->features, (wasm3 | FeatureSet{Feature::Threads}));
    EXPECT_EQ(profile_named("3"), nullptr);
    for (std::size_t i = 0; i < feature_count; ++i) {
        auto const f = static_cast<Feature>(i);
        auto const* const own = profile_named(name(f));
        EXPECT_EQ(own != nullptr, proposals.has(f)) << name(f);
    }
}

TEST(Features, TellsWhatIsMissing)
{
    EXPECT_EQ(wasm2.first_missing_in(wasm2), std::nullopt);
    EXPECT_EQ(wasm2.first_missing_in(wasm1), Feature::SignExtension);
    EXPECT_EQ(FeatureSet::from_bits(wasm3.bits()), wasm3);
}

} // namespace
} // namespace touchstone
