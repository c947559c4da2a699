#pragma once
// Which functions of a module `ref.func` names.

#include "engine/syntax/module.hpp"

#include <vector>

namespace touchstone::minimize {

/// By function index.
struct FunctionReferences
{
    std::vector<bool> in_bodies;
    std::vector<bool> outside; ///< in tables, globals and element segments
};

[[nodiscard]] FunctionReferences function_references(Module const& m);

} // namespace touchstone::minimize
