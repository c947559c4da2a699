#pragma once
// An outcome of one of our engines as an observation.

#include "oracles/prepared.hpp"
#include "oracles/store_digest.hpp"

namespace touchstone {

[[nodiscard]] CallObservation seen(Outcome outcome, CanonicalStep& step);

/// What ran out, as the text of an `assert_exhaustion`: "out of fuel", "stack values exhausted",
/// and "call stack exhausted" where the engine does not say.
[[nodiscard]] std::string exhaustion_text(CallObservation const& seen);

} // namespace touchstone
