#pragma once
// Sums of the reference's counts over processes: memory shared with those that are forked after it
// was made, so that what one of them counted outlives it.

#include "engine/reference/rule_counts.hpp"

#include <atomic>
#include <cstdint>
#include <span>

namespace touchstone {

class RuleSums
{
public:
    /// Throws std::bad_alloc if the system has no memory to share.
    RuleSums();
    ~RuleSums();
    RuleSums(RuleSums const&) = delete;
    RuleSums& operator=(RuleSums const&) = delete;

    /// Adds these, which begin anew at zero.
    void take(reference::RuleCounts& counts);
    [[nodiscard]] reference::RuleCounts read() const;

private:
    using Sum = std::atomic<std::uint64_t>;
    static_assert(Sum::is_always_lock_free);
    std::span<Sum> sums_; ///< of the rules, then of the instructions
};

} // namespace touchstone
