#pragma once
// The planted faults that this program was built with; none, unless TOUCHSTONE_FAULTS was on.

#include "engine/syntax/features.hpp"

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone::mutants {

/// How often a fault's place was passed, and how often it would have done wrong there.
struct Passes
{
    std::uint64_t passed = 0;
    std::uint64_t shown = 0;
};

/// A mistake that can be switched on in this process and in what it forks.
struct PlantedFault
{
    std::string id;
    std::string fault_class;
    Feature feature = Feature::Wasm1;
    std::string instruction; ///< its name in the text format; empty where it is no single one
    std::string what;
    bool is_shared = false; ///< in what both of our engines share: only a foreign one can show it
    std::function<void(bool on)> turn;
    /// Counts from now on what it would do, being off.
    std::function<void()> start_counting;
    /// Ends that.
    std::function<Passes()> counted;
};

/// All of them, those of the fast engine first.
[[nodiscard]] std::vector<PlantedFault> planted_faults();

/// Turns on those that the environment variable TOUCHSTONE_FAULTS names, `id,id`. The error says
/// which id is unknown.
[[nodiscard]] std::expected<void, std::string> turn_on_from_environment();

} // namespace touchstone::mutants
