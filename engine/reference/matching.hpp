#pragma once
// Subtyping and typing of values at run time, by the relations of the specification and apart from
// the validator's (valid/matching.html, exec/values.html).

#include "engine/reference/instances.hpp"

#include <span>

namespace touchstone::reference {

/// |- t1 <: t2, both closed
[[nodiscard]] bool matches(TypeGraph const& types, ValType t1, ValType t2);

/// s |- ref : rt, of a closed type
[[nodiscard]] bool ref_ok(Instances const& s, Ref ref, ValType rt);

/// s |- val : t
[[nodiscard]] bool val_ok(Instances const& s, Value const& v, ValType t);

/// As many values as types, each of its type.
[[nodiscard]] bool vals_ok(Instances const& s, std::span<Value const> vs, ResultType const& ts);

/// s |- externaddr : xt, as an import of a module with these types asks for it.
[[nodiscard]] bool externaddr_ok(
    Instances const& s, ExternVal given, std::span<DefType const> types, ExternType const& wanted);

} // namespace touchstone::reference
