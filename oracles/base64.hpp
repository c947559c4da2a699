#pragma once
// Bytes as base64 text (RFC 4648), as the worker protocol carries them.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone {

[[nodiscard]] std::string to_base64(std::span<std::uint8_t const> bytes);

/// Nothing if it is no base64; padding may be missing.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> from_base64(std::string_view text);

} // namespace touchstone
