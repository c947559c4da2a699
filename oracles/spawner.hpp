#pragma once
// One engine's command line: runs a driver and understands the answer.

#include "oracles/driver_module.hpp"
#include "oracles/isolated.hpp"
#include "oracles/prepared.hpp"
#include "oracles/spawn_config.hpp"

#include <span>

namespace touchstone {

class Spawner
{
public:
    Spawner(SpawnConfig config, IsolationLimits const& limits)
        : config_{std::move(config)}, limits_{limits}
    {}

    /// A module that our front end refused: does the engine refuse it too?
    [[nodiscard]] CallObservation refuse(std::span<std::uint8_t const> bytes) const;
    /// Instantiates, makes the calls of `before` again, and reaches the goal.
    [[nodiscard]] CallObservation run(
        ValidModule const& module, std::span<Call const> before, DriverGoal const& goal) const;
    /// The first line that the command for it prints.
    [[nodiscard]] std::string version() const;

private:
    [[nodiscard]] CallObservation run(
        std::span<std::uint8_t const> bytes, DriverModule const& driver) const;
    [[nodiscard]] CallObservation understood(
        std::string const& out, std::string const& error, int status, DriverModule const& d) const;

    SpawnConfig config_;
    IsolationLimits limits_;
};

} // namespace touchstone
