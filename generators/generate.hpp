#pragma once
// Cases by generator, seed and index: the same bytes on every machine, preset and number of jobs.

#include "cases/case.hpp"
#include "engine/syntax/features.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone::generators {

enum class Kind : std::uint8_t
{
    Single, ///< every numeric and vector instruction with every boundary operand, then around again
    Smith,  ///< typed random programs
    Mixed,  ///< one Single to 63 Smith
    NearValid,     ///< changed modules of Single and Smith, without calls: are they accepted?
    NearValidText, ///< the same as text, where that is changed
};

[[nodiscard]] std::string_view name(Kind k);
[[nodiscard]] std::optional<Kind> kind_named(std::string_view text);
[[nodiscard]] std::vector<std::string> names_of_kinds();

/// The number that changes whenever the same seed and index may give other bytes.
inline constexpr int version = 5;

/// Case number `index` of `seed`; `Case::origin` says how to get it again.
[[nodiscard]] Case generate(
    Kind kind, std::uint64_t seed, std::uint64_t index, FeatureSet features);

/// `smith` directly from bytes, for libFuzzer.
[[nodiscard]] Case smith(std::span<std::uint8_t const> entropy, FeatureSet features);

/// How many cases `single` has before it starts over.
[[nodiscard]] std::uint64_t single_count(FeatureSet features);

} // namespace touchstone::generators
