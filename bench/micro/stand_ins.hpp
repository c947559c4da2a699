#pragma once
// Something for every import of a module, so that it can be instantiated without what it is made
// for.

#include "engine/embedding/store.hpp"

#include <optional>
#include <vector>

namespace touchstone::bench {

/// One extern for each import, of its type: functions that return zeros, memories, tables and
/// globals of zeros. Nothing if an import is of a kind or type that has no zero.
[[nodiscard]] std::optional<std::vector<ExternVal>> stand_ins(
    Store& store, ValidModule const& module);

} // namespace touchstone::bench
