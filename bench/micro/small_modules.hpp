#pragma once
// Small modules as fuzzing meets them: about 600 bytes, one page of memory, and a call that
// executes about a hundred instructions.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace touchstone::bench {

/// `count` modules, the same on every machine. Each exports `run` from an i32 to an i64, which uses
/// the memory, a global, calls and a loop, and returns.
[[nodiscard]] std::vector<std::vector<std::uint8_t>> small_modules(std::size_t count);

} // namespace touchstone::bench
