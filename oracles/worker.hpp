#pragma once
// Any engine behind the worker protocol (docs/protocol.md): a process that lives on from case to
// case.

#include "oracles/isolated.hpp"

#include <expected>
#include <memory>
#include <string>
#include <vector>

namespace touchstone {

/// A worker as somebody names it.
struct WorkerSource
{
    std::string name;                   ///< of the oracle
    std::vector<std::string> arguments; ///< the program first
    std::string command = {};           ///< as somebody wrote it, if it is in no list
};

/// Starts it, lets it introduce itself, and probes its features. The error says what is wrong with
/// it. The step in which it crashes or hangs ends so, and a fresh process goes on.
[[nodiscard]] std::expected<std::unique_ptr<Oracle>, std::string> make_worker_oracle(
    WorkerSource const& source, IsolationLimits const& limits);

} // namespace touchstone
