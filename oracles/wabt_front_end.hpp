#pragma once
// What wabt's tools accept: its reader into syntax trees and its validator, which `wasm-validate`
// and `wat2wasm` use, and its interpreter does not.

#include <wabt/feature.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace touchstone {

/// Why `wasm-validate` refuses these bytes; nothing if it takes them.
[[nodiscard]] std::optional<std::string> refused_by_wabt(
    std::span<std::uint8_t const> bytes, wabt::Features const& features);

} // namespace touchstone
