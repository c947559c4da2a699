#pragma once
// What libwabt's words mean.

#include "oracles/observation.hpp"

#include <string>

namespace touchstone {

/// How a call or an initialisation ended that answered with this trap message.
[[nodiscard]] CallObservation wabt_trap(std::string message);

/// Of a module that was not read. libwabt validates while it decodes and words both alike ("unable
/// to read u32 leb128" is said of an offset out of range), so that little more than the preamble
/// tells.
[[nodiscard]] CallObservation wabt_refusal(std::string message);

} // namespace touchstone
