#pragma once
// The oracles that this program knows: one row each.

#include "oracles/isolated.hpp"
#include "oracles/oracle.hpp"

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone {

/// An oracle as `touchstone oracles` lists it.
struct RegistryRow
{
    std::string name;
    std::string kind; ///< how it is reached: "in-process" or "worker"
    bool usable = false;
    std::string reason; ///< why it is not usable
    OracleInfo info;    ///< if it is
};

/// All of them, each tried on this machine.
[[nodiscard]] std::vector<RegistryRow> list_oracles();

/// The names of all, usable or not.
[[nodiscard]] std::vector<std::string_view> oracle_names();

/// The name is one of them, NAME=COMMAND for a worker that is in no list, or NAME=FILE.toml for a
/// command line. The error is for
/// people: the name is unknown, or why the oracle is not usable here.
[[nodiscard]] std::expected<std::unique_ptr<Oracle>, std::string> make_oracle(
    std::string_view name);

/// In a process of its own; see `isolate` for when to call it.
[[nodiscard]] std::expected<std::unique_ptr<Oracle>, std::string> make_isolated_oracle(
    std::string_view name, IsolationLimits const& limits = {});

} // namespace touchstone
