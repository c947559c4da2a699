#pragma once
// Custom sections that mean something (appendix/custom.html and the code metadata specification):
// names and branch hints.

#include "engine/syntax/error.hpp"
#include "engine/syntax/module.hpp"

#include <vector>

namespace touchstone {

/// Moves the name section of a module that `decode` gave into `names`, and the hints into
/// `branch_hints`. A section of which something is malformed stays where it is and is told, the
/// message beginning with its name, the offset that of the section. A name section that `names`
/// cannot hold to the byte stays as well; its good names are used all the same.
[[nodiscard]] std::vector<Error> read_custom_sections(Module& module);

} // namespace touchstone
