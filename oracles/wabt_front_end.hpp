#pragma once
// What wabt's tools accept: its reader into syntax trees and its validator, which `wasm-validate`
// and `wat2wasm` use, and its interpreter does not.

#include <wabt/feature.h>

#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone {

/// Why `wasm-validate` refuses these bytes; nothing if it takes them.
[[nodiscard]] std::optional<std::string> refused_by_wabt(
    std::span<std::uint8_t const> bytes, wabt::Features const& features);

/// What `wat2wasm` makes of a text, or why it refuses it.
[[nodiscard]] std::expected<std::vector<std::uint8_t>, std::string> assemble_by_wabt(
    std::string_view text, wabt::Features const& features);

} // namespace touchstone
