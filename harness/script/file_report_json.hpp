#pragma once
// A file's report on its way from the process that ran it.

#include "harness/script/suite.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace touchstone::script {

[[nodiscard]] std::string to_json(FileReport const& report);

/// Nothing if it was cut off.
[[nodiscard]] std::optional<FileReport> report_from_json(std::string_view text);

} // namespace touchstone::script
