#pragma once
// Text format: Module to text; `parse_module(print(m)) == m` for every module that `parse_module`
// gives.

#include "engine/syntax/module.hpp"

#include <string>

namespace touchstone {

/// The module as flat text, one instruction a line, indented by nesting; names where the module has
/// them.
[[nodiscard]] std::string print(Module const& module);

/// One instruction with its immediates, as `print` writes it: "i32.load offset=8".
[[nodiscard]] std::string print(Expr const& in, Instr const& instr);

} // namespace touchstone
