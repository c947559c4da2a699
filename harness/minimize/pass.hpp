#pragma once
// What a pass is: a function of the problem that names places, and one that makes a candidate from
// some of them. Which are tried, and in which order, is the search's business.

#include "harness/minimize/problem.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace touchstone::minimize {

/// Something that may become less; what the numbers mean is the pass's own matter.
struct Place
{
    std::uint32_t piece = 0;
    std::uint32_t item = 0;  ///< a function, a segment, an index ...
    std::uint32_t at = 0;    ///< an instruction, an entry ...
    std::uint32_t which = 0; ///< of several ways, the best first
};

struct Pass
{
    std::string_view name;
    /// Several places may be reduced at once; then half as many, and so on.
    bool many = false;
    /// In the order in which they are to be tried.
    std::vector<Place> (*places)(Problem const&);
    /// The problem with these places reduced; absent where that cannot be. Valid modules stay
    /// valid, but where a local without default is no longer set: `settle` refuses such a
    /// candidate.
    std::optional<Problem> (*reduce)(Problem const&, std::span<Place const>);
};

/// All passes, in the order of a round.
[[nodiscard]] std::span<Pass const> passes();

} // namespace touchstone::minimize
