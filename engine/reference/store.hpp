#pragma once
// The reference engine: execution rule by rule, for reading beside the specification.

#include "engine/embedding/store.hpp"

#include <array>
#include <cstdint>
#include <memory>

namespace touchstone::reference {

/// What a store executed, for measuring generators and coverage; counted only when asked for.
struct Statistics
{
    std::uint64_t executed_instructions = 0; ///< without block, loop, else, end and nop
    std::array<std::uint32_t, op_table.size()> by_opcode{};
};

/// An empty store with these limits. `statistics`, if given, must outlive it.
[[nodiscard]] std::unique_ptr<Store> make_store(
    Limits const& limits, Statistics* statistics = nullptr);

} // namespace touchstone::reference
