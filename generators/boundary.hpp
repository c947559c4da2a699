#pragma once
// Operands at which implementations go wrong, by type, as bits: where wrapping, signs, rounding,
// NaNs and conversions change their mind.

#include "engine/embedding/value.hpp"
#include "generators/entropy.hpp"

#include <cstdint>
#include <span>

namespace touchstone::generators {

/// All boundary values of a number type.
[[nodiscard]] std::span<std::uint64_t const> boundary_values(ValType::Kind number);

/// The twenty of them that pairs are made from; a prefix of `boundary_values`.
[[nodiscard]] std::span<std::uint64_t const> boundary_pair_values(ValType::Kind number);

/// Bits of a number type: mostly boundary values, small numbers and neighbours, some any bits.
[[nodiscard]] std::uint64_t boundary_biased(Entropy& in, ValType::Kind number);

/// The bits as a value of the embedding.
[[nodiscard]] Value number_value(ValType::Kind number, std::uint64_t bits);

} // namespace touchstone::generators
