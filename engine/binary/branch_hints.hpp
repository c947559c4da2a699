#pragma once
// The custom section metadata.code.branch_hint (document/metadata/code/binary.html#branch-hints).

#include "engine/syntax/error.hpp"
#include "engine/syntax/module.hpp"

#include <expected>
#include <string_view>
#include <vector>

namespace touchstone {

inline constexpr std::string_view branch_hint_section = "metadata.code.branch_hint";

/// What the section of a module that `decode` gave says; empty if there is none. The error is
/// Malformed with its byte offset within the section, or Invalid for a hint on what is no branch.
[[nodiscard]] std::expected<BranchHints, Error> decode_branch_hints(Module const& module);

/// The section's contents for `module.branch_hints`, with the offsets that `encode` gives the
/// instructions. Precondition: functions and instructions exist.
[[nodiscard]] std::vector<std::uint8_t> encode_branch_hints(Module const& module);

} // namespace touchstone
