#pragma once
// From the flat instructions of a validated function to code for one instance of it.

#include "engine/fast/runtime.hpp"

#include <memory>

namespace touchstone::fast {

/// Compiles the body of a function of a module. Linear in its size, iterative.
[[nodiscard]] std::unique_ptr<Code> compile(Function const& f);

} // namespace touchstone::fast
