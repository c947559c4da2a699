#pragma once
// The name section (appendix/custom.html#name-section).

#include "engine/syntax/error.hpp"
#include "engine/syntax/module.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace touchstone {

inline constexpr std::string_view name_section = "name";

/// What the module's name section says, as far as it can be read: names are for people, so what is
/// malformed is left out, and told to `problems` with its offset within the section or subsection.
/// Nothing if the module has no such section.
[[nodiscard]] std::optional<Names> decode_names(
    Module const& module, std::vector<Error>* problems = nullptr);

/// The section's contents for these names: subsections by id, those without names left out.
[[nodiscard]] std::vector<std::uint8_t> encode_names(Names const& names);

} // namespace touchstone
