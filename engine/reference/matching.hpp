#pragma once
// Subtyping and typing of values at run time, by the relations of the specification and apart from
// the validator's (valid/matching.html, exec/values.html).

#include "engine/reference/instances.hpp"

#include <span>

namespace touchstone::reference {

/// |- t1 <: t2
[[nodiscard]] bool matches(ValType t1, ValType t2);

/// s |- val : t
[[nodiscard]] bool val_ok(Instances const& s, Value const& v, ValType t);

/// As many values as types, each of its type.
[[nodiscard]] bool vals_ok(Instances const& s, std::span<Value const> vs, ResultType const& ts);

/// s |- externaddr : xt, as an import of this module asks for it.
[[nodiscard]] bool externaddr_ok(
    Instances const& s, ExternVal given, ValidModule const& module, ExternType const& wanted);

} // namespace touchstone::reference
