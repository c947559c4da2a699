#pragma once
// Types as words for messages: "i32", "funcref", "(ref null 3)", "[i32 i64]".

#include "engine/syntax/types.hpp"

#include <span>
#include <string>

namespace touchstone {

[[nodiscard]] std::string words(HeapType t);
[[nodiscard]] std::string words(ValType t);
/// In brackets; of a long list only the last few.
[[nodiscard]] std::string words(std::span<ValType const> ts);

} // namespace touchstone
