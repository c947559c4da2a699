#pragma once
// The outside world of a case: a module that owns what the main module imports, and whose functions
// return, trap, log, grow and call back.

#include "generators/smith_module.hpp"

namespace touchstone::generators {

struct Environment
{
    ModulePlan plan;
    std::optional<FuncType> callback; ///< what it calls in slots 0 to 3 of its table
};

/// How many slots of its table an environment leaves to the importer.
inline constexpr Index callback_slots = 4;

[[nodiscard]] Environment environment(
    Entropy& in, Groups groups, FeatureSet features, TypePlan const& types);

/// Imports of `plan` from the environment, registered as "env": all of it or a part.
void import_environment(Entropy& in, ModulePlan& plan, Environment const& env);

} // namespace touchstone::generators
