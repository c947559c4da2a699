#pragma once
// Values as the worker protocol writes them: a kind, a colon, and bits in hexadecimal.

#include "engine/embedding/value.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace touchstone {

/// Numbers, vectors, null, i31 and host references: what a call can be given.
[[nodiscard]] std::string worker_text(Value const& v);

/// The value; nothing if it is none. `is_unknown`: a reference that the engine cannot tell.
[[nodiscard]] std::optional<Value> worker_value(std::string_view text, bool& is_unknown);

} // namespace touchstone
