#pragma once
// Test scripts in the JSON that wabt's wast2json and wasm-tools' json-from-wast write.

#include "engine/text/script.hpp"

#include <expected>
#include <functional>
#include <string>
#include <string_view>

namespace touchstone::script {

/// A file that the JSON names, or why it cannot be had.
using ReadFile = std::function<std::expected<std::string, std::string>(std::string const& name)>;

/// The script, its modules as the files hold them: binary, or text that is parsed when its turn
/// comes. `read` is asked for each file once. The error says which command is wrong and why. What
/// wast2json 1.0.32 writes between the results of an assertion without values ("}{", no comma) is
/// understood.
[[nodiscard]] std::expected<Script, std::string> parse_script_json(
    std::string_view text, ReadFile const& read);

} // namespace touchstone::script
