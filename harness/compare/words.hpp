#pragma once
// Observed things in words, for the details of a judgement.

#include "oracles/observation.hpp"

#include <span>
#include <string>

namespace touchstone::compare_words {

/// "i32 7", "f32 0x7fc00001 (nan)", "ref func 1:3", "ref null".
[[nodiscard]] std::string describe(Value const& v);

/// "(i32 7, i64 8)", one value without the parentheses.
[[nodiscard]] std::string describe(std::span<Value const> values);

/// "unreachable", "integer overflow or invalid conversion to integer".
[[nodiscard]] std::string describe(TrapSet traps);

/// "returned i32 7", "trapped: unreachable", "exhausted: frames", "crashed: SIGSEGV".
[[nodiscard]] std::string describe(CallObservation const& o);

} // namespace touchstone::compare_words
