#pragma once
// How far a long run has come, on a terminal.

#include "cli/command.hpp"

#include <chrono>
#include <cstddef>
#include <string_view>

namespace touchstone::cli {

/// One line on standard error that is written over and over, once two seconds have passed, and
/// removed at the end. On anything but a terminal nothing is written.
class Progress
{
public:
    Progress(Io io, std::size_t steps);

    void step(std::string_view what);
    void end();

private:
    using Clock = std::chrono::steady_clock;
    Io io_;
    std::size_t steps_;
    std::size_t done_ = 0;
    bool is_shown_ = false;
    Clock::time_point next_ = Clock::now() + std::chrono::seconds{2};
};

} // namespace touchstone::cli
