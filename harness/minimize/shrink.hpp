#pragma once
// Plainer numbers than a given one.

#include "engine/syntax/types.hpp"

#include <cstdint>
#include <optional>

namespace touchstone::minimize {

/// How many ways there are to make a number plainer.
inline constexpr unsigned shrink_ways = 12;

/// The number in the n-th way, the boldest first: zero, one, half of its bits ... Absent where that
/// is the number itself.
[[nodiscard]] std::optional<std::uint64_t> shrunk_integer(
    std::uint64_t bits, unsigned width, unsigned n);

/// The same for the bits of a float.
[[nodiscard]] std::optional<std::uint64_t> shrunk_float(
    std::uint64_t bits, unsigned width, unsigned n);

} // namespace touchstone::minimize
