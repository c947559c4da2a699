#pragma once
// Binary format: Module to bytes; `decode(encode(m)) == m` for every module that `decode` gives.

#include "engine/syntax/module.hpp"

#include <cstdint>
#include <vector>

namespace touchstone {

/// The canonical encoding: shortest LEBs, sections in order, custom sections where they stood.
[[nodiscard]] std::vector<std::uint8_t> encode(Module const& module);

} // namespace touchstone
