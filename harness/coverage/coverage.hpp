#pragma once
// What runs of the reference exercised: rules of execution, definitions and instructions, by name.

#include "engine/reference/rule_counts.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone::coverage {

/// One run that was counted.
struct Source
{
    std::string command;           ///< "spec", "fuzz", "diff" or "run"
    std::string touchstone;        ///< the version
    std::vector<std::string> what; ///< the paths, or a campaign's generator and seed
    std::uint64_t count = 0;       ///< how many of `unit`
    std::string unit;              ///< "scripts", "cases" or "calls"
};

struct Counter
{
    std::string name;
    std::string group; ///< the relation, the chapter, or the feature
    std::uint64_t count = 0;
    friend bool operator==(Counter const&, Counter const&) = default;
};

/// Every counter there is, also those at zero, in the specification's order.
struct Coverage
{
    std::vector<Source> sources;
    std::vector<Counter> rules;
    std::vector<Counter> definitions; ///< by the instructions that use them
    std::vector<Counter> instructions;
};

[[nodiscard]] Coverage coverage_of(reference::RuleCounts const& counts, Source source);

/// A definition counts as often as the instructions that use it.
[[nodiscard]] std::vector<Counter> definitions_of(std::vector<Counter> const& instructions);

/// Adds the other's counts and sources. False if a sum is too large for a counter.
[[nodiscard]] bool add(Coverage& to, Coverage const& other);

/// How many of a section are not zero, in all or in one group.
struct Share
{
    std::uint64_t covered = 0;
    std::uint64_t all = 0;
};
[[nodiscard]] Share share_of(std::vector<Counter> const& section, std::string_view group = {});

/// The groups of a section in their order.
[[nodiscard]] std::vector<std::string_view> groups_of(std::vector<Counter> const& section);

/// Reads what `--coverage` wrote. The error says what is wrong with the text: it is no JSON, of
/// another schema, has names that are not known or lacks some, or its counts contradict each other.
[[nodiscard]] std::expected<Coverage, std::string> read(std::string_view text);

} // namespace touchstone::coverage
