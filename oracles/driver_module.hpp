#pragma once
// A module with one more function, for engines that only run an export and print integers.

#include "cases/case.hpp"
#include "engine/validation/validate.hpp"

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace touchstone {

/// What the driver does in the end: nothing, a call, or reading a global.
struct DriverGoal
{
    Call const* call = nullptr;
    std::optional<std::string> global;
};

struct DriverModule
{
    std::vector<std::uint8_t> bytes;
    std::string function;     ///< the only export; it has no parameters
    ResultType results;       ///< of the goal: what the integers mean
    std::size_t integers = 0; ///< how many it returns
};

/// The module, and a driver that makes the calls of `before` again, drops their results, and then
/// does what is asked; results come as integers: bits of floats, halves of vectors, and of a
/// reference whether it is null. The error says what no driver can do.
[[nodiscard]] std::expected<DriverModule, std::string> with_driver(
    ValidModule const& module, std::span<Call const> before, DriverGoal const& goal);

} // namespace touchstone
