#pragma once
// Which features a valid module uses.

#include "engine/syntax/module.hpp"

namespace touchstone {

/// Every feature without which the module would not be valid or not be a module; Wasm1 always.
[[nodiscard]] FeatureSet features_used(Module const& m);

} // namespace touchstone
