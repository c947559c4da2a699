#pragma once
// Engines by the names that users give.

#include "cli/command.hpp"
#include "harness/script/suite.hpp"

#include <expected>
#include <string>
#include <vector>

namespace touchstone::cli {

/// The engines with these names, in this order. Otherwise what to end with, told on `io.err`: Usage
/// for a name that is unknown or stands twice, OracleMissing for one that cannot be used here.
[[nodiscard]] std::expected<std::vector<script::EngineSource>, Exit> engines_named(
    std::vector<std::string> const& names, Io io);

} // namespace touchstone::cli
