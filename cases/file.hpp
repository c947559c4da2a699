#pragma once
// A case on disk: a folder with case.json and one .wasm file a module,
// .wat if it is in text format; or a bare .wasm / .wat file.

#include "cases/case.hpp"

#include <expected>
#include <filesystem>
#include <string>

namespace touchstone {

/// Writes `folder`/case.json (schema touchstone.case/1) and the modules. Creates the folder. Every
/// file is written beside and renamed, so that a reader never sees half of one. The error says
/// which file and why.
[[nodiscard]] std::expected<void, std::string> save_case(
    Case const& c, std::filesystem::path const& folder);

/// Reads a case folder, its case.json, or a module: `.wasm`, `.wat`. A bare module is one module
/// named "m" whose exported functions are each called once, with zeros. The error names file, place
/// and reason.
[[nodiscard]] std::expected<Case, std::string> load_case(std::filesystem::path const& path);

} // namespace touchstone
