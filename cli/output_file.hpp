#pragma once
// Writes a result to a file, wholly or not at all, or to standard output.

#include "cli/command.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace touchstone::cli {

/// Writes beside and renames; "-" is standard output. If it cannot be written says so on `io.err`
/// and returns the exit code.
[[nodiscard]] std::optional<Exit> write_output(
    std::string_view bytes, std::string const& file, Io io);

} // namespace touchstone::cli
