#pragma once
// How a layer looks at one case with whatever faults are on.

#include "harness/mutants/mutants.hpp"

namespace touchstone::mutants {

/// Looks at a layer's cases by index, in the process that may die of it.
class Looking
{
public:
    Looking() = default;
    Looking(Looking const&) = delete;
    Looking& operator=(Looking const&) = delete;
    virtual ~Looking() = default;

    /// Makes the case ready, with no fault on.
    virtual void prepare(std::uint64_t index) = 0;
    /// What is wrong with it, in a line; nothing if all is as it should be.
    [[nodiscard]] virtual std::optional<std::string> look() = 0;
};

/// For looking with this fault or others of its kind on. The error says which engine is missing.
[[nodiscard]] std::expected<std::unique_ptr<Looking>, std::string> look_in(
    std::string_view layer, PlantedFault const& fault, Settings const& settings);

/// The engines that a fault's cases run on, besides the reference.
[[nodiscard]] std::vector<std::string> oracles_for(PlantedFault const& f, Settings const& settings);

} // namespace touchstone::mutants
