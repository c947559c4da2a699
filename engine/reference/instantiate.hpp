#pragma once
// Instantiation (exec/modules.html#exec-instantiation).

#include "engine/reference/machine.hpp"

namespace touchstone::reference {

/// $instantiate(s, module, externaddr*), run to its end.
[[nodiscard]] Instantiation instantiate(Machine& machine, std::shared_ptr<ValidModule const> module,
    std::span<ExternVal const> imports);

} // namespace touchstone::reference
