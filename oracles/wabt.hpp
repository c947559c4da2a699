#pragma once
// wasm-interp's engine (libwabt) in this process, as an oracle.

#include "oracles/oracle.hpp"

#include <expected>
#include <memory>
#include <string>

namespace touchstone {

/// Has no fuel and cannot be interrupted, and a failed allocation ends the process: to be used
/// behind `isolate`. The error says why it is not usable here.
[[nodiscard]] std::expected<std::unique_ptr<Oracle>, std::string> make_wabt_oracle();

} // namespace touchstone
