#pragma once
// Any engine with a command line that runs one export of one module: slow, and always possible.

#include "oracles/isolated.hpp"

#include <expected>
#include <memory>
#include <string>

namespace touchstone {

/// By the TOML file at `path` (docs/spawn.md). A call is a process in which the calls before it are
/// made again; what is left in the store is not seen.
[[nodiscard]] std::expected<std::unique_ptr<Oracle>, std::string> make_spawn_oracle(
    std::string const& name, std::string const& path, IsolationLimits const& limits);

} // namespace touchstone
