#pragma once
// A value as JSON: {"type": "f32", "bits": "0x7fc00000"}. Bits are hexadecimal text, because
// numbers of JSON lose NaNs and 64-bit integers.

#include "engine/embedding/value.hpp"

#include <nlohmann/json_fwd.hpp>

namespace touchstone {

/// Numbers, v128, null, i31 and host references. Throws std::invalid_argument for references that
/// mean nothing outside of their store.
[[nodiscard]] nlohmann::ordered_json value_to_json(Value const& v);

/// Throws std::invalid_argument with the reason.
[[nodiscard]] Value value_from_json(nlohmann::ordered_json const& j);

} // namespace touchstone
