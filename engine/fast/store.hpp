#pragma once
// The fast engine: register code, threaded handlers.

#include "engine/embedding/store.hpp"

#include <memory>

namespace touchstone::fast {

/// An empty store with these limits.
[[nodiscard]] std::unique_ptr<Store> make_store(Limits const& limits);

} // namespace touchstone::fast
