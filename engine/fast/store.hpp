#pragma once
// The fast engine: register code, threaded handlers.

#include "engine/embedding/store.hpp"

#include <memory>

namespace touchstone::fast {

/// An empty store with these limits.
[[nodiscard]] std::unique_ptr<Store> make_store(Limits const& limits);

/// Compiles every function that an instance of such a store defines, also those that were compiled
/// before: what first calls do otherwise. Not while the store executes.
void compile_all(Store& store, InstanceAddr instance);

} // namespace touchstone::fast
