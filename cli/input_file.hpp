#pragma once
// Reads what a command is given: whole files, and modules in either format.

#include "cli/command.hpp"

#include "engine/syntax/error.hpp"
#include "engine/syntax/module.hpp"

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace touchstone::cli {

/// Larger files are refused: no module of this size means well.
inline constexpr std::uint64_t max_input_bytes = std::uint64_t{1} << 30;

/// The whole file ("-": standard input), or one line that names the file and says why not.
[[nodiscard]] std::expected<std::string, std::string> read_file(
    std::string const& path, std::uint64_t limit = max_input_bytes);

/// True if these bytes are to be taken for a binary module: they start like one, or can be no text.
[[nodiscard]] bool is_binary(std::string_view bytes);

/// Why there is no module.
struct InputError
{
    std::string message;          ///< one line: file, place and reason
    std::optional<Error> refusal; ///< the file could be read, its contents are refused
};

/// A module, and whether it came from text.
struct LoadedModule
{
    Module module;
    bool is_text = false;
    std::vector<Error> custom_problems; ///< what is malformed of names, hints and annotations
};

/// Decodes or parses a module of WebAssembly 3.0 and of the proposals among `features`, and reads
/// those custom sections that mean something.
[[nodiscard]] std::expected<LoadedModule, InputError> load_module(
    std::string const& path, FeatureSet features = wasm3);

/// A line on `err` for each problem with them: they never are a reason to refuse a module.
void warn_of_custom_sections(std::string const& path, LoadedModule const& loaded, Io io);

} // namespace touchstone::cli
