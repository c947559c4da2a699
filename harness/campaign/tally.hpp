#pragma once
// What a worker counts, as plain memory that survives its death: it lies in memory shared with the
// supervisor.

#include "harness/campaign/examine.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace touchstone::campaign {

inline constexpr std::size_t max_members = 16;
inline constexpr std::size_t max_quirks = 128;

/// Counts of small numbers, the last cell being "or more": medians without keeping every value.
template <std::size_t Cells>
struct Histogram
{
    std::array<std::uint64_t, Cells> cells{};

    void add(std::uint64_t value) { ++cells[value < Cells ? value : Cells - 1]; }
    void add(Histogram const& other)
    {
        for (std::size_t i = 0; i < Cells; ++i)
            cells[i] += other.cells[i];
    }
    [[nodiscard]] std::uint64_t total() const
    {
        std::uint64_t sum = 0;
        for (auto const c : cells)
            sum += c;
        return sum;
    }
    /// The smallest value that at least `per_mille` of 1,000 do not exceed; 0 if there are none.
    [[nodiscard]] std::uint64_t quantile(std::uint64_t per_mille) const
    {
        auto const all = total();
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i < Cells; ++i) {
            sum += cells[i];
            if (all != 0 && sum * 1'000 >= all * per_mille)
                return i;
        }
        return 0;
    }
};

struct MemberTally
{
    std::uint64_t asked = 0;
    std::uint64_t valid = 0;
    std::uint64_t to_end = 0;
    std::uint64_t store_to_end = 0;
    std::uint64_t cut = 0;
    std::uint64_t declined = 0;                          ///< shown, and not among those asked
    std::array<std::uint64_t, feature_count> features{}; ///< cases compared to the end that use it
};

/// The least index of the cases that something was seen in; a zero byte is none.
struct FirstCase
{
    std::uint64_t index_and_one = 0;

    void note(std::uint64_t index)
    {
        if (index_and_one == 0 || index + 1 < index_and_one)
            index_and_one = index + 1;
    }
    void note(FirstCase const& other)
    {
        if (auto const i = other.index())
            note(*i);
    }
    [[nodiscard]] std::optional<std::uint64_t> index() const
    {
        return index_and_one == 0 ? std::nullopt : std::optional{index_and_one - 1};
    }
};

/// All counts of a campaign or of one worker; zero bytes are an empty one.
struct Tally
{
    std::uint64_t cases = 0;
    std::uint64_t valid = 0;
    std::uint64_t instantiated = 0;
    std::uint64_t executed_instructions = 0;
    std::array<std::uint64_t, 16> ends{}; ///< of the reference's calls, by End
    std::uint64_t agree = 0;
    std::uint64_t rejected = 0;
    std::uint64_t out_of_fuel = 0;
    std::uint64_t exhausted = 0;
    std::uint64_t diverge = 0;
    std::array<std::uint64_t, 32> inconclusive{};  ///< by Reason
    std::array<std::uint64_t, max_quirks> known{}; ///< by row of the quirks
    std::array<FirstCase, 32> first_inconclusive{};
    std::array<FirstCase, max_quirks> first_known{};
    Histogram<4'097> instructions_per_call;
    Histogram<257> opcodes_per_call;
    std::array<MemberTally, max_members> members{};

    /// Counts one case, the one at this index of the generator's.
    void add(Examination const& e, std::uint64_t index);
    /// Counts a case that killed its worker.
    void add_death();
    /// Counts one that took too long in its worker, and did not when it was tried again.
    void add_timed_out(std::uint64_t index);
    void add(Tally const& other);
    /// Must equal `cases`.
    [[nodiscard]] std::uint64_t sum_of_outcomes() const;
};

} // namespace touchstone::campaign
