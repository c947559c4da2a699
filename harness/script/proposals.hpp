#pragma once
// Which folders of the official suite test what is not in the standard, and what it is.

#include <optional>
#include <string>
#include <string_view>

namespace touchstone::script {

/// The feature beyond WebAssembly 3.0 that the scripts of this file's folder are about.
[[nodiscard]] std::optional<std::string_view> proposal_of(std::string const& path);

} // namespace touchstone::script
