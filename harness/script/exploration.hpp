#pragma once
// All interleavings of a script's threads, one after the other.

#include "engine/embedding/schedule.hpp"

#include <cstdint>
#include <vector>

namespace touchstone::script {

/// Depth first over the choices: each run repeats those of the one before it up to the last that
/// has an alternative left, and takes that. A run that chooses more often than `deepest` goes
/// on round-robin, so that threads which wait for each other come to an end; then not every
/// interleaving is met.
class Exploration final : public Schedule
{
public:
    static constexpr std::size_t deepest = 1'000;

    [[nodiscard]] std::size_t choose(std::size_t ready) override;
    /// Prepares the next run; false if there is none.
    [[nodiscard]] bool next();
    /// Some run was too deep.
    [[nodiscard]] bool is_partial() const { return is_partial_; }

private:
    struct Choice
    {
        std::size_t taken = 0;
        std::size_t ready = 0;
    };

    std::vector<Choice> path_;
    std::size_t made_ = 0; ///< choices of this run
    bool is_partial_ = false;
};

} // namespace touchstone::script
