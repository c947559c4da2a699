#pragma once
// A case whose state outlives the instance that fills it.

#include "cases/case.hpp"

#include <cstddef>

namespace touchstone::generators {

/// The case with the memories and tables that this module defines defined by a module before it,
/// and imported; so that they stay reachable where its instantiation fails. Tables with an
/// initializer or of a type of the module's stay. A module that is not valid stays as it is.
[[nodiscard]] Case with_state_apart(Case const& c, std::size_t module);

} // namespace touchstone::generators
