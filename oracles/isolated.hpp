#pragma once
// Any in-process oracle in a process of its own: a crash, a hang or a blow-up names its case, costs
// one fork, and everything goes on.

#include "oracles/oracle.hpp"

#include <chrono>
#include <expected>
#include <functional>
#include <memory>
#include <string>

namespace touchstone {

struct IsolationLimits
{
    std::chrono::milliseconds time_per_case{1'000}; ///< wall clock; more ends as TimedOut
    std::uint64_t memory_bytes = 1ULL << 30;        ///< more ends as Refused
    std::uint32_t cases_per_child = 256;            ///< then a fresh one is forked
    std::uint32_t cases_per_worker = 20'000;        ///< then a fresh one is started
    std::uint64_t exchange_bytes = 1ULL
                                   << 28; ///< the largest batch, and answer; more ends as Refused
};

using MakeOracle = std::function<std::expected<std::unique_ptr<Oracle>, std::string>()>;

/// Forks a server process at once, which makes the oracle and forks a child for each batch of
/// cases: to be called early, while this process is small, and from a thread that lives as long as
/// the oracle is used. Nothing is left running when this process ends in whatever way. The error
/// says why the oracle could not be made.
///
/// The step in which the engine crashed, hung or blew up has that end, steps before it are as they
/// were seen, steps after it are NotRun. A session lives in a child of its own; after a crash it
/// goes on with its instances as they were before, made again.
[[nodiscard]] std::expected<std::unique_ptr<Oracle>, std::string> isolate(
    MakeOracle make, IsolationLimits const& limits = {});

} // namespace touchstone
