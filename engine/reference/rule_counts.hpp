#pragma once
// How often each rule was applied and each instruction executed in a store.

#include "engine/reference/rule_names.hpp"
#include "engine/syntax/opcode.hpp"

#include <array>
#include <cstdint>

namespace touchstone::reference {

/// Plain counters: whoever shares them between threads or processes gives each its own and adds.
struct RuleCounts
{
    std::array<std::uint64_t, rule_count> rules{};
    std::array<std::uint64_t, op_table.size()> instructions{};

    /// Step/pure and Step/read lift a rule of Step_pure and of Step_read to one of Step, and
    /// Steps/trans makes each a part of the whole reduction, so they count along.
    void add(RuleName rule, std::uint64_t times = 1);

    [[nodiscard]] std::uint64_t operator[](RuleName rule) const
    {
        return rules[static_cast<std::size_t>(rule)];
    }
};

} // namespace touchstone::reference
