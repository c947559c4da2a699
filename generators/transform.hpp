#pragma once
// Rewrites of a module that preserve its meaning.

#include "engine/syntax/module.hpp"

namespace touchstone::generators {

/// Canonicalises every NaN that an instruction makes (exec/numerics.html#aux-nans), so that all
/// engines compute the same bits. Takes a valid module, gives a valid module.
[[nodiscard]] Module canonicalise_nans(Module m);

/// Exports every function, table, memory and global that is not exported yet, so that an engine
/// that shows exports only shows the whole store. Takes a valid module, gives a valid module.
[[nodiscard]] Module export_everything(Module m);

} // namespace touchstone::generators
