#pragma once
// Text format: a module's text to Module (text/index.html); scripts are in script.hpp.

#include "engine/syntax/error.hpp"
#include "engine/syntax/module.hpp"

#include <expected>
#include <string_view>

namespace touchstone {

/// Parses `(module ...)` or bare module fields. All of WebAssembly 3.0, annotations skipped;
/// iterative; never throws. Identifiers go to `Module::names`. The error is Malformed with offset,
/// line and column and the wording of the official suite's assert_malformed.
[[nodiscard]] std::expected<Module, Error> parse_module(std::string_view text);

} // namespace touchstone
