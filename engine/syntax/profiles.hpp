#pragma once
// Profiles: which features a module may use, by name.

#include "engine/syntax/features.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace touchstone {

struct Profile
{
    std::string_view name;
    FeatureSet features;
};

/// The versions of the standard, and each proposal on top of the latest.
inline constexpr auto profiles = std::to_array<Profile>({
    {"1.0", wasm1},
    {"2.0", wasm2},
    {"3.0", wasm3},
    {"wide-arithmetic", wasm3 | FeatureSet{Feature::WideArithmetic}},
    {"compact-import-section", wasm3 | FeatureSet{Feature::CompactImportSection}},
    {"threads", wasm3 | FeatureSet{Feature::Threads}},
    {"custom-page-sizes", wasm3 | FeatureSet{Feature::CustomPageSizes}},
    {"legacy-exceptions", wasm3 | FeatureSet{Feature::LegacyExceptions}},
    {"stack-switching", wasm3 | FeatureSet{Feature::StackSwitching}},
    {"custom-descriptors", wasm3 | FeatureSet{Feature::CustomDescriptors}},
});

/// Every feature that is in no version of the standard.
inline constexpr FeatureSet proposals = [] consteval {
    FeatureSet all;
    for (auto const& p : profiles)
        all = all | p.features;
    for (std::size_t f = 0; f < feature_count; ++f)
        if (wasm3.has(static_cast<Feature>(f)))
            all.remove(static_cast<Feature>(f));
    return all;
}();

/// The profile with this name, or nullptr.
[[nodiscard]] constexpr Profile const* profile_named(std::string_view name)
{
    auto const* const at = std::ranges::find(profiles, name, &Profile::name);
    return at == profiles.end() ? nullptr : at;
}

/// What is meant where nobody says otherwise.
inline constexpr auto const& default_profile = *profile_named("3.0");

} // namespace touchstone
