#pragma once
// Runs generated cases on an engine of ours and counts what they did.

#include "cases/case.hpp"
#include "engine/embedding/store.hpp"
#include "engine/reference/store.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace touchstone::measure {

/// All outcomes of a case in one store: of instantiations, then of calls.
struct Ran
{
    std::vector<Outcome> instantiations; ///< End::Unsupported where a module was refused
    std::vector<Outcome> calls;          ///< of those that could be made
    std::string refusal;                 ///< the first error of decoding or validation
    std::vector<std::vector<std::uint8_t>> memories; ///< of the last module, at the end
    std::vector<Value> globals;                      ///< of the last module, at the end
};

/// Decodes, validates, instantiates and calls. `around_call` is told before and after each call.
[[nodiscard]] Ran run(Case const& c, Store& store,
    std::function<void(bool after, Outcome const*)> const& around_call = {});

/// What many cases did on the reference engine.
struct Totals
{
    std::uint64_t cases = 0;
    std::uint64_t invalid = 0;
    std::uint64_t instantiated = 0; ///< all modules of the case
    std::uint64_t calls = 0, returned = 0, trapped = 0, threw = 0, out_of_fuel = 0, exhausted = 0;
    std::vector<std::uint64_t> traps = std::vector<std::uint64_t>(trap_count);
    std::vector<std::uint64_t> instructions; ///< of each call, sorted
    std::vector<std::uint64_t> opcodes;      ///< distinct, of each call, sorted
    std::vector<std::uint64_t> by_opcode = std::vector<std::uint64_t>(op_table.size());

    [[nodiscard]] double share(std::uint64_t n) const
    {
        return static_cast<double>(n) / static_cast<double>(calls);
    }
    /// Calls of at most ten instructions.
    [[nodiscard]] std::uint64_t short_calls() const;
};

[[nodiscard]] Totals totals_of(std::function<Case(std::uint64_t)> const& make, std::uint64_t count);

} // namespace touchstone::measure
