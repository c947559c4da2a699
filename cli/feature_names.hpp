#pragma once
// Features and profiles by name, for people and JSON.

#include "engine/syntax/profiles.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace touchstone::cli {

[[nodiscard]] inline std::vector<std::string_view> names_of(FeatureSet features)
{
    std::vector<std::string_view> names;
    for (std::size_t f = 0; f < feature_count; ++f)
        if (features.has(static_cast<Feature>(f)))
            names.push_back(feature_names[f]);
    return names;
}

[[nodiscard]] inline std::vector<std::string> names_of_profiles()
{
    std::vector<std::string> names;
    for (auto const& p : profiles)
        names.emplace_back(p.name);
    return names;
}

} // namespace touchstone::cli
