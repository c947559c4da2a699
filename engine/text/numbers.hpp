#pragma once
// Number literals of the text format, exact: integers by range, floats rounded once to nearest,
// ties to even.

#include <cstdint>
#include <optional>
#include <string_view>

namespace touchstone::text {

/// What a word that looks like a number is.
enum class NumberShape : std::uint8_t
{
    None,
    Nat,   ///< without sign
    Int,   ///< with sign
    Float, ///< with point, exponent, or inf and nan
};

[[nodiscard]] NumberShape number_shape(std::string_view word);

/// A literal without sign below 2^bits; nothing if it is out of range. Of a Nat.
[[nodiscard]] std::optional<std::uint64_t> parse_nat(std::string_view word, unsigned bits);

/// An iN literal: without sign below 2^bits, with sign in the signed range; two's complement, cut
/// to `bits`. Nothing if it is out of range or no integer.
[[nodiscard]] std::optional<std::uint64_t> parse_int(std::string_view word, unsigned bits);

/// The bits of a float literal; integers are welcome. Nothing if it is out of range.
[[nodiscard]] std::optional<std::uint32_t> parse_f32(std::string_view word);
[[nodiscard]] std::optional<std::uint64_t> parse_f64(std::string_view word);

} // namespace touchstone::text
