#pragma once
// Removing functions, tables, memories, ... from a problem, with everything that cannot be without
// them: exports, imports of other modules, calls, segments, and the instructions that name them.

#include "harness/minimize/indices.hpp"
#include "harness/minimize/problem.hpp"

#include <optional>
#include <span>

namespace touchstone::minimize {

struct Entity
{
    std::uint32_t piece = 0;
    Space space = Space::Func;
    Index index = 0;
    friend constexpr auto operator<=>(Entity const&, Entity const&) = default;
};

/// Instructions that name one are replaced by drops and constants. Absent where something has no
/// stand-in. Types are removed only where nothing names them.
[[nodiscard]] std::optional<Problem> remove_entities(
    Problem const& p, std::span<Entity const> entities);

} // namespace touchstone::minimize
