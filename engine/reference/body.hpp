#pragma once
// Where the blocks of a function end and what its branches lead to: found once, in linear time.

#include "engine/reference/instances.hpp"

namespace touchstone::reference {

/// The labels of a function, with those of its branches resolved.
[[nodiscard]] Body make_body(ValidModule const& module, Func const& f);

} // namespace touchstone::reference
