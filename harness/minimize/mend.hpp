#pragma once
// What must stand in a module because something else does: put right after an edit.

#include "engine/syntax/module.hpp"

namespace touchstone::minimize {

/// Declares the functions that bodies refer to (C.REFS of Module_ok), and has a data count section
/// exactly where code names data segments.
void mend(Module& m);

} // namespace touchstone::minimize
