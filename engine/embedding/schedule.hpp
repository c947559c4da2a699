#pragma once
// Who of several threads goes on, where that is to be decided from outside.

#include <cstddef>

namespace touchstone {

class Schedule
{
public:
    Schedule() = default;
    Schedule(Schedule const&) = delete;
    Schedule& operator=(Schedule const&) = delete;
    virtual ~Schedule() = default;

    /// Which of so many threads that could go on (more than one, in order of their numbers).
    [[nodiscard]] virtual std::size_t choose(std::size_t ready) = 0;
};

} // namespace touchstone
