#pragma once
// Our own two engines as oracles: one adapter over the embedding interface.

#include "engine/reference/store.hpp"
#include "oracles/oracle.hpp"
#include "oracles/prepared.hpp"
#include "oracles/rule_sums.hpp"

#include <functional>

namespace touchstone {

using EngineFactory = std::function<std::unique_ptr<Store>(Limits const&)>;

/// What one step executed in the reference engine.
struct StepStatistics
{
    std::uint64_t executed_instructions = 0;
    std::uint32_t distinct_opcodes = 0;
};

/// What a case executed in the reference engine: in all, and by step.
struct CaseStatistics
{
    reference::Statistics total;
    std::vector<StepStatistics> instantiations;
    std::vector<StepStatistics> calls;
};

/// Runs a case up to `calls` in a fresh store of the reference engine.
[[nodiscard]] Observation observe_reference(Prepared const& prepared, std::size_t calls,
    Limits const& limits, CaseStatistics* statistics = nullptr,
    std::shared_ptr<RuleSums> const& sums = nullptr);

/// The same with the fast engine.
[[nodiscard]] Observation observe_fast(
    Prepared const& prepared, std::size_t calls, Limits const& limits);

/// Who else wants to know, while a case runs.
struct Watch
{
    CaseStatistics* statistics = nullptr; ///< its `total` is what the factory gave to the store
    std::function<void(CallObservation const&)> seen; ///< each step as it ends
};

/// The same with any engine behind the embedding interface.
[[nodiscard]] Observation observe(Prepared const& prepared, std::size_t calls, Limits const& limits,
    EngineFactory const& make_store, Watch const& watch = {});

/// An oracle, sessions included, over any engine behind the embedding interface.
[[nodiscard]] std::unique_ptr<Oracle> make_in_process_oracle(
    std::string name, std::string version, EngineFactory make_store);

/// `sums`, if given: which rules it applies, added at the end of each call and instantiation.
[[nodiscard]] std::unique_ptr<Oracle> make_reference_oracle(
    std::shared_ptr<RuleSums> const& sums = nullptr);
[[nodiscard]] std::unique_ptr<Oracle> make_fast_oracle();

} // namespace touchstone
