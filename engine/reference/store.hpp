#pragma once
// The reference engine: execution rule by rule, for reading beside the specification.

#include "engine/embedding/store.hpp"
#include "engine/reference/rule_counts.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>

namespace touchstone::reference {

/// What a store executed, for measuring generators and coverage; counted only when asked for.
struct Statistics
{
    std::uint64_t executed_instructions = 0; ///< without block, loop, else, end and nop
    std::array<std::uint32_t, op_table.size()> by_opcode{};
};

/// What is counted in a store, and where; what is given must outlive it.
struct Counting
{
    Statistics* statistics = nullptr;
    RuleCounts* rules = nullptr;
    /// Called when a call from outside or an instantiation has ended: the counts are up to date.
    std::function<void()> settled = {};
};

/// An empty store with these limits.
[[nodiscard]] std::unique_ptr<Store> make_store(Limits const& limits, Counting counting = {});

} // namespace touchstone::reference
