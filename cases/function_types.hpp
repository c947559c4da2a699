#pragma once
// The types of functions of a decoded module that nobody has validated.

#include "engine/syntax/module.hpp"

#include <string_view>

namespace touchstone {

/// Of a function by index, imports first; nullptr if there is no such function or type.
[[nodiscard]] FuncType const* type_of_function(Module const& m, Index function);

/// Of an exported function; nullptr if there is none of this name.
[[nodiscard]] FuncType const* type_of_export(Module const& m, std::string_view name);

} // namespace touchstone
