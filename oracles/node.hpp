#pragma once
// V8 as an oracle: the worker that this program carries, run by the `node` of this machine.

#include "oracles/isolated.hpp"

namespace touchstone {

/// `node` is what the variable TOUCHSTONE_NODE names, or what PATH finds. The error says why there
/// is none that can be used.
[[nodiscard]] std::expected<std::unique_ptr<Oracle>, std::string> make_node_oracle(
    IsolationLimits const& limits);

} // namespace touchstone
