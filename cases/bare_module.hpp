#pragma once
// A case made of nothing but a module.

#include "cases/case.hpp"

#include <span>

namespace touchstone {

/// One module named "m", and a call of each exported function with zeros; functions with a
/// parameter that has no zero (a non-null reference to a type of the module) are left out, and
/// bytes that are no module have no calls.
[[nodiscard]] Case case_of_module(std::vector<std::uint8_t> bytes, std::string origin);

} // namespace touchstone
