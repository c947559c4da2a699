#pragma once
// One tiny module a feature: an engine has what it runs, whatever its version says.

#include "engine/syntax/features.hpp"

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone {

struct FeatureProbe
{
    Feature feature;
    std::string_view text; ///< exports "f", which answers i32 1
};

[[nodiscard]] std::span<FeatureProbe const> feature_probes();

/// The binary of a probe; the error says that our own front end does not take it.
[[nodiscard]] std::expected<std::vector<std::uint8_t>, std::string> assemble_probe(
    std::string_view text);

} // namespace touchstone
