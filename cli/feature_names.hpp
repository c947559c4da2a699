#pragma once
// The features of a set by name, for people and JSON.

#include "engine/syntax/features.hpp"

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

} // namespace touchstone::cli
