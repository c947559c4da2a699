#pragma once
// Rewrites of a module that preserve its meaning.

#include "cases/export_everything.hpp"
#include "engine/syntax/module.hpp"

namespace touchstone::generators {

/// Canonicalises every NaN that an instruction makes (exec/numerics.html#aux-nans), so that all
/// engines compute the same bits. Takes a valid module, gives a valid module.
[[nodiscard]] Module canonicalise_nans(Module m);

using touchstone::export_everything;

} // namespace touchstone::generators
