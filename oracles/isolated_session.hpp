#pragma once
// A session of an isolated oracle.

#include "oracles/isolated.hpp"

namespace touchstone {

/// Absent if the oracle has no sessions.
[[nodiscard]] std::unique_ptr<Session> make_isolated_session(
    MakeOracle const& make, IsolationLimits const& isolation, Limits const& limits);

} // namespace touchstone
