#pragma once
// What libwabt's words mean.

#include "oracles/observation.hpp"

#include <string>

namespace touchstone {

/// How a call or an initialisation ended that answered with this trap message.
[[nodiscard]] CallObservation wabt_trap(std::string message);

/// Of a module that was not read. libwabt validates while it decodes, so that only an end of the
/// input in the wrong place tells the two stages apart.
[[nodiscard]] CallObservation wabt_refusal(std::string message);

} // namespace touchstone
