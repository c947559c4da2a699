#pragma once
// What everybody who lends an engine to us promises, as cases: a wrong adapter is the commonest
// false alarm.

#include "oracles/oracle.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone::contract {

/// One promise, held against an oracle.
struct Point
{
    enum class Result : std::uint8_t
    {
        Ok,
        Violated,
        Absent, ///< the engine, or the reference, lacks what it needs
    };

    std::string name;
    Result result = Result::Ok;
    std::string detail; ///< why
};

inline constexpr auto result_names = std::to_array<std::string_view>({"ok", "violated", "absent"});

[[nodiscard]] constexpr std::string_view name(Point::Result r)
{
    return result_names[static_cast<std::size_t>(r)];
}

/// All points in order. What an engine must do is what the reference does with the same case. The
/// oracle must survive a hang: it runs in a process of its own, with a time for each case.
[[nodiscard]] std::vector<Point> check_contract(Oracle& oracle);

} // namespace touchstone::contract
