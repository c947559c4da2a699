#pragma once
// Cases of `single` that are written as text: one function around an instruction, with all
// combinations of its operands.

#include "cases/case.hpp"
#include "engine/syntax/features.hpp"
#include "engine/syntax/opcode.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone::generators {

/// What one instruction is tried with.
struct Trial
{
    Opcode op;
    std::string_view around; ///< fields of the module beside the function
    std::string function;    ///< its results and body; parameters are `kind` each
    ValType::Kind kind = ValType::Kind::I32;
    std::vector<std::vector<std::uint64_t>> operands = {};
};

/// How many cases these are.
[[nodiscard]] std::uint32_t trial_cases(Trial const& t);
/// Case `chunk` below that. The text is ours: that it parses is held by a test.
[[nodiscard]] Case trial_case(Trial const& t, std::uint32_t chunk);

/// Trials with structs, arrays, casts and small integers.
[[nodiscard]] std::vector<Trial> object_trials();
/// Trials with typed function references.
[[nodiscard]] std::vector<Trial> reference_trials();
/// Trials with tail calls through them.
[[nodiscard]] std::vector<Trial> tail_call_trials();
/// Trials with exceptions.
[[nodiscard]] std::vector<Trial> exception_trials();
/// Trials with memories and tables of 64-bit addresses.
[[nodiscard]] std::vector<Trial> wide_trials();

/// All that these features allow, in an order that does not change.
[[nodiscard]] std::vector<Trial> const& trials(FeatureSet features);

} // namespace touchstone::generators
