#pragma once
// Linking: whether what is given for a module's imports is what it asks for.

#include "engine/reference/instances.hpp"

#include <optional>
#include <span>
#include <string>

namespace touchstone::reference {

/// Why not, in the words of the test scripts, with the import that is wrong.
/// `types`: the module's, closed.
[[nodiscard]] std::optional<std::string> link_error(Instances const& s, ValidModule const& module,
    std::span<DefType const> types, std::span<ExternVal const> given);

} // namespace touchstone::reference
