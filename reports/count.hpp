#pragma once
// Counts as results state them: one that is missing or impossible stays absent, and sums with it.

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone::reports {

using Count = std::optional<std::uint64_t>;

struct NamedCount
{
    std::string name;
    Count count;
};

using NamedCounts = std::vector<NamedCount>;

/// Saturates: results from outside may hold any number.
[[nodiscard]] inline Count plus(Count a, Count b)
{
    if (!a || !b)
        return std::nullopt;
    auto const most = std::numeric_limits<std::uint64_t>::max();
    return *a > most - *b ? most : *a + *b;
}

[[nodiscard]] inline Count sum(std::initializer_list<Count> counts)
{
    Count all = 0;
    for (auto const c : counts)
        all = plus(all, c);
    return all;
}

[[nodiscard]] inline Count sum(NamedCounts const& counts)
{
    Count all = 0;
    for (auto const& c : counts)
        all = plus(all, c.count);
    return all;
}

/// The count of that name; 0 if it is not there, which is how results say none.
[[nodiscard]] inline Count named(NamedCounts const& counts, std::string_view name)
{
    for (auto const& c : counts)
        if (c.name == name)
            return c.count;
    return 0;
}

/// Both are there, and they are not the same.
[[nodiscard]] inline bool contradict(Count a, Count b)
{
    return a && b && *a != *b;
}

/// Both are there, and the first exceeds the second.
[[nodiscard]] inline bool exceeds(Count a, Count b)
{
    return a && b && *a > *b;
}

} // namespace touchstone::reports
