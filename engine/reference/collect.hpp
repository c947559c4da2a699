#pragma once
// Which objects are reachable: for limits that count what is live.

#include "engine/reference/instances.hpp"

#include <span>

namespace touchstone::reference {

/// Frees every object that neither the store nor these values lead to. The values are not known by
/// type: one that looks like a reference counts as one.
void collect(Instances& s, std::span<Val const> stack);

} // namespace touchstone::reference
