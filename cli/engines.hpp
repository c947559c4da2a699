#pragma once
// Engines by the names that users give.

#include "cli/command.hpp"
#include "harness/script/suite.hpp"

#include <expected>
#include <string>
#include <vector>

namespace touchstone::cli {

/// The engines with these names, in this order. Otherwise what to end with, told on `io.err`:
/// OracleMissing for a name that is unknown or cannot be used here, Usage for one that stands
/// twice.
[[nodiscard]] std::expected<std::vector<script::EngineSource>, Exit> engines_named(
    std::vector<std::string> const& names, Io io);

} // namespace touchstone::cli
