#pragma once
// Which planted faults are noticed: each is hunted in each layer, case by case, until it is first
// noticed or the budget ends.

#include "harness/campaign/panel.hpp"
#include "harness/mutants/planted.hpp"

#include <cstdint>
#include <expected>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace touchstone::mutants {

/// The layer whose cases are test scripts; every other one is named as its generator.
inline constexpr std::string_view suite_layer = "suite";

struct Settings
{
    std::vector<PlantedFault> faults;
    std::vector<std::string> layers{"suite", "single", "smith"};
    std::string suite;                ///< its folder
    std::vector<std::string> scripts; ///< those in it
    /// Against whom the reference is held; if none are named, the fast engine for its own faults
    /// and wabt for those of what both share.
    std::vector<std::string> oracles;
    std::uint64_t budget = 200'000; ///< cases of a generated layer
    std::uint64_t seed = 1;
    unsigned jobs = 1; ///< processes that hunt at a time, each some of the faults; at least 1
    Limits limits = Limits::for_campaign();
    double case_seconds = 10; ///< after which a generated case counts as hung
    std::function<std::expected<campaign::Panel, std::string>(
        std::span<std::string const>, campaign::Isolation)>
        make_panel = campaign::make_panel;
};

/// What noticed a fault.
struct Sighting
{
    std::uint64_t index = 0; ///< of the case, or of the script
    std::string signature;   ///< of the divergence, or the script's first failure
    bool is_death = false;   ///< the process died or hung
};

/// One fault in one layer.
struct Hunt
{
    std::string layer;
    std::uint64_t cases = 0;   ///< tried
    std::uint64_t unsound = 0; ///< cases that also the faultless build did not stand: not counted
    std::optional<Sighting> first;
};

struct FaultResult
{
    PlantedFault fault;
    std::vector<Hunt> hunts; ///< in the order of the layers
    Passes passes;           ///< in a sample of cases, faultless

    [[nodiscard]] bool is_killed() const;
    [[nodiscard]] bool is_killed_in(std::string_view layer) const;
};

struct Result
{
    std::vector<FaultResult> faults;
    std::uint64_t sampled = 0; ///< cases in which passes were counted
    double seconds = 0;
};

/// What is told when a hunt ends.
struct Progress
{
    std::size_t done = 0;
    std::size_t of = 0;
    PlantedFault const& fault;
    Hunt const& hunt;
};

/// Hunts all faults. They are off before and after. The error: engines cannot be made, or
/// processes.
[[nodiscard]] std::expected<Result, std::string> run(
    Settings const& settings, std::function<void(Progress const&)> const& progress);

/// How many scripts or cases a layer has at most.
[[nodiscard]] std::uint64_t budget_of(std::string_view layer, Settings const& settings);

} // namespace touchstone::mutants
