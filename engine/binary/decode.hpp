#pragma once
// Binary format: bytes to Module (binary/index.html).

#include "engine/syntax/error.hpp"
#include "engine/syntax/module.hpp"

#include <cstdint>
#include <expected>
#include <span>

namespace touchstone {

/// Decodes a module of WebAssembly 3.0 and of those proposals that are among `features`. Iterative;
/// allocates no more than a small multiple of the input; never throws. The error is Malformed with
/// the byte offset and the wording of the official suite's assert_malformed. Custom sections are
/// kept as bytes and never reject a module.
[[nodiscard]] std::expected<Module, Error> decode(
    std::span<std::uint8_t const> bytes, FeatureSet features = wasm3);

} // namespace touchstone
