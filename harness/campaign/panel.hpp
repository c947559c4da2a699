#pragma once
// Who takes part in an examination: the reference first, then the engines held against it.

#include "engine/embedding/limits.hpp"
#include "oracles/in_process.hpp"
#include "oracles/oracle.hpp"

#include <expected>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace touchstone::campaign {

/// One engine: what is known of it and how it is asked.
struct Member
{
    OracleInfo info;
    std::function<Observation(Prepared const&, std::size_t calls, Limits const&)> observe;
};

/// The engines of an examination; `members[0]` is the reference.
struct Panel
{
    std::vector<Member> members;
    std::vector<std::shared_ptr<Oracle>> owned;
    /// What the reference executed in the last case; stays empty if it runs isolated.
    std::shared_ptr<CaseStatistics> statistics;
};

/// What every engine of the panel has: a case within it is asked of all of them.
[[nodiscard]] FeatureSet common_features(Panel const& panel);

/// What generated cases may use: what the reference and at least one engine held against it have.
/// Without any, what the reference has.
[[nodiscard]] FeatureSet generated_features(Panel const& panel);

/// Where the engines run: in this process if it is expendable (a campaign's worker), which saves
/// decoding twice and is fast; each behind its own server process otherwise. Foreign engines are
/// always isolated.
enum class Isolation : std::uint8_t
{
    ForeignOnly,
    All,
};

/// Builds the panel of these oracles; the reference is added in front if it is not named. The error
/// says which oracle is missing or unusable, and why.
[[nodiscard]] std::expected<Panel, std::string> make_panel(
    std::span<std::string const> names, Isolation isolation);

/// The same, where the reference adds up in `sums` which rules it applies.
[[nodiscard]] std::expected<Panel, std::string> make_counting_panel(
    std::span<std::string const> names, Isolation isolation, std::shared_ptr<RuleSums> const& sums);

} // namespace touchstone::campaign
