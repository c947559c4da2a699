#pragma once
// The module that test scripts import from.

#include "engine/syntax/features.hpp"

#include <string>

namespace touchstone::script {

/// `spectest` of the official suite as a module of its own, in the text format. What needs a
/// feature that is not in `features` is left out.
[[nodiscard]] std::string spectest_module(FeatureSet features);

} // namespace touchstone::script
