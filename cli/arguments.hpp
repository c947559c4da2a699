#pragma once
// Arguments of a call, as users write them.

#include "engine/embedding/value.hpp"

#include <expected>
#include <span>
#include <string>
#include <vector>

namespace touchstone::cli {

/// One argument for each parameter: numbers as in the text format ("-7", "0x1p3", "nan:0x400001"),
/// also with their type before them ("i32:7"); a v128 as its shape and lanes ("i32x4:1,2,3,4");
/// "null", or a number for an externref. The error says which one is wrong.
[[nodiscard]] std::expected<std::vector<Value>, std::string> parse_arguments(
    ResultType const& params, std::span<std::string const> texts);

} // namespace touchstone::cli
