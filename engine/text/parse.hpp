#pragma once
// Text format: a module's text to Module (text/index.html); scripts are in script.hpp.

#include "engine/syntax/error.hpp"
#include "engine/syntax/module.hpp"

#include <expected>
#include <string_view>
#include <vector>

namespace touchstone {

/// Parses `(module ...)` or bare module fields. All of WebAssembly 3.0, and those proposals that
/// are among `features`; iterative; never throws. Identifiers go to `Module::names`. The error is
/// Malformed with offset, line and column and the wording of the official suite's assert_malformed.
/// The annotations @custom and @name go to `Module::customs` and `names`, branch hints to
/// `branch_hints`, all others are skipped. One that is wrong never rejects the module: it is left
/// out, and added to `custom_problems` if given.
[[nodiscard]] std::expected<Module, Error> parse_module(std::string_view text,
    std::vector<Error>* custom_problems = nullptr, FeatureSet features = wasm3);

} // namespace touchstone
