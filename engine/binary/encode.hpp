#pragma once
// Binary format: Module to bytes; `decode(encode(m)) == m` for every module that `decode` gives.

#include "engine/syntax/module.hpp"

#include <cstdint>
#include <vector>

namespace touchstone {

struct EncodeOptions
{
    /// `module.names` becomes a name section at the end, unless a custom section is one already.
    bool names = false;
};

/// The canonical encoding: shortest LEBs, sections in order, custom sections where they stood, and
/// one for `module.branch_hints` if there are any.
[[nodiscard]] std::vector<std::uint8_t> encode(Module const& module, EncodeOptions options = {});

} // namespace touchstone
