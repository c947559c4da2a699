#pragma once
// One instruction a case, with boundary operands: as arguments, as constants, and before a branch.

#include "cases/case.hpp"
#include "engine/syntax/features.hpp"
#include "engine/syntax/opcode.hpp"
#include "generators/vectors.hpp"

#include <cstdint>
#include <string>

namespace touchstone::generators {

/// Case number `index` modulo their count. First every instruction once, then their second cases,
/// and so on: a short campaign has met them all.
[[nodiscard]] Case single(std::uint64_t index, FeatureSet features);

/// How many cases a row of the table has: 0 if `single` does not cover it.
[[nodiscard]] std::uint32_t single_cases_of(OpInfo const& row);

// Cases of one row, by what it does; `chunk` below `single_cases_of`.

[[nodiscard]] Case single_numeric(Opcode op, std::uint32_t chunk);
[[nodiscard]] std::uint32_t single_numeric_cases(OpInfo const& row);

/// Vector instructions, lane by lane through pairs of boundary values.
[[nodiscard]] Case single_vector(Opcode op, std::uint32_t chunk);
[[nodiscard]] std::uint32_t single_vector_cases(OpInfo const& row);
/// Vector number `n` of boundary lanes; the vectors of neighbouring numbers share no lane.
[[nodiscard]] Value single_vector_operand(LaneShape shape, std::uint32_t n);

/// Loads and stores at the edges of a memory.
[[nodiscard]] Case single_access(Opcode op, std::uint32_t chunk);
inline constexpr std::uint32_t single_access_cases = 2; ///< of one page; after growth

/// What moves many bytes or elements at once, and growth.
[[nodiscard]] Case single_bulk(Opcode op, std::uint32_t chunk);
[[nodiscard]] std::uint32_t single_bulk_cases(OpInfo const& row);

} // namespace touchstone::generators
