#pragma once
// Writes the result of a command as one JSON object.

#include "cli/command.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>

namespace touchstone::cli {

/// Writes `result`, whose first key is `schema`, to `file`, or to standard output if that is "-".
/// A file is written beside and renamed, so that nobody sees half of one. If it cannot be written
/// says so on `io.err` and returns the exit code.
[[nodiscard]] std::optional<Exit> write_json(
    nlohmann::ordered_json const& result, std::string const& file, Io io);

} // namespace touchstone::cli
