#pragma once
// An outcome of one of our engines as an observation.

#include "oracles/prepared.hpp"
#include "oracles/store_digest.hpp"

namespace touchstone {

[[nodiscard]] CallObservation seen(Outcome outcome, CanonicalStep& step);

} // namespace touchstone
