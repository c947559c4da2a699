#pragma once
// Numbers, strings and identifiers as text, so that reading them gives the same bits.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace touchstone::text {

/// Shortest decimal, inf, nan or nan:0x...
[[nodiscard]] std::string f32_text(std::uint32_t bits);
[[nodiscard]] std::string f64_text(std::uint64_t bits);

/// Quoted; everything but printable ASCII as \hh.
[[nodiscard]] std::string bytes_text(std::string_view bytes);
/// Quoted; other characters than ASCII stay, if it is UTF-8 at all.
[[nodiscard]] std::string name_text(std::string_view name);
/// $name or $"any name"; nothing if no identifier can say it.
[[nodiscard]] std::optional<std::string> id_text(std::string_view name);

} // namespace touchstone::text
