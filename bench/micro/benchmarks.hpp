#pragma once
// What touchstone_bench measures, registered with Google Benchmark.

#include <string>

namespace touchstone::bench {

/// Decode, validate, instantiate, call and drop each of 500 small modules, and each step for
/// itself.
void register_small_modules();

/// Decode, validate and compile all functions of the module in a file. What is wrong with it, or
/// empty.
[[nodiscard]] std::string register_module(std::string const& path);

} // namespace touchstone::bench
