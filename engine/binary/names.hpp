#pragma once
// The name section (appendix/custom.html#name-section).

#include "engine/syntax/module.hpp"

#include <optional>

namespace touchstone {

/// What the module's name section says, as far as it can be read: names are for people, so what is
/// malformed is left out. Nothing if the module has no such section.
[[nodiscard]] std::optional<Names> decode_names(Module const& module);

} // namespace touchstone
