#pragma once
// A module that shows all of its state.

#include "engine/syntax/module.hpp"

namespace touchstone {

/// Exports every function, table, memory, global and tag that is not exported yet, so that an
/// engine that shows exports only shows the whole store. Takes a valid module, gives a valid
/// module.
[[nodiscard]] Module export_everything(Module m);

} // namespace touchstone
