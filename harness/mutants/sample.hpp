#pragma once
// How rare faults are: how often their places are passed in generated cases, and how often they
// would do wrong there.

#include "harness/mutants/mutants.hpp"

namespace touchstone::mutants {

struct Sample
{
    std::uint64_t cases = 0;
    std::vector<Passes> passes; ///< by fault
};

/// Counts in a process of its own, with every fault off. Nothing if that process did not live to
/// its end or has no engines, or if no layer is generated.
[[nodiscard]] std::optional<Sample> sample(Settings const& settings);

} // namespace touchstone::mutants
