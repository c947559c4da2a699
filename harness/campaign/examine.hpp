#pragma once
// One case through all engines of a panel, ending in exactly one outcome.

#include "harness/campaign/panel.hpp"
#include "harness/compare/compare.hpp"
#include "oracles/quirks.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace touchstone::campaign {

/// How a case ended, from the best to the worst; the worst that any pair gave counts.
enum class OutcomeKind : std::uint8_t
{
    Agree,
    Rejected,  ///< every engine refused the case's modules alike
    OutOfFuel, ///< agreed up to a call that ran out of fuel
    Exhausted, ///< agreed up to a call that exhausted a limit
    Inconclusive,
    Known, ///< a quirk
    Diverge,
};

/// A case with NaNs canonicalised, and what the reference did with it.
struct Variant
{
    Case what;
    Observation reference;
};

/// What holding one engine against the reference gave.
struct MemberResult
{
    bool asked = false;        ///< it has the features, does not decline, and was shown something
    bool declined = false;     ///< it was shown the case and could not take a module
    bool cut = false;          ///< it was shown fewer calls than there are
    bool valid = false;        ///< it accepted every module
    bool to_end = false;       ///< everything it was shown agreed
    bool store_to_end = false; ///< and so did its store after the last step
    /// Decided by this instead of the case itself, because NaN bits may have flowed on.
    std::shared_ptr<Variant const> variant;
    CaseJudgement judgement;
    Quirk const* quirk = nullptr; ///< of a known divergence
    Observation observation;
};

struct Examination
{
    OutcomeKind outcome = OutcomeKind::Agree;
    Reason reason = Reason::None;      ///< of Inconclusive and Diverge
    Quirk const* quirk = nullptr;      ///< of Known
    std::size_t worst = 0;             ///< which member gave the outcome
    bool valid = false;                ///< our validator accepts every module
    bool instantiated = false;         ///< every module in the reference
    FeatureSet features;               ///< used by the modules
    std::vector<MemberResult> members; ///< [0]: the reference, only its observation
    CaseStatistics statistics;         ///< of the reference, if the panel counts
    bool compared = false;             ///< at least one step of one engine was
};

/// The case that a member's judgement is about, and what the reference did with that.
struct Subject
{
    Case const& what;
    Observation const& reference;
};

[[nodiscard]] Subject subject_of(Case const& c, Examination const& e, std::size_t member);

/// The case with NaNs canonicalised in every module that is valid.
[[nodiscard]] Case canonicalised(Prepared const& prepared);

/// How many calls an engine without our limits may be shown: those before the first that ran out.
/// Nothing at all if an instantiation did.
[[nodiscard]] std::optional<std::size_t> calls_before_limit(Observation const& seen);

/// Runs the case on every member and compares each with the reference. `on_member` is told before
/// each member is asked, so that whoever watches knows whom a crash belongs to.
[[nodiscard]] Examination examine(Case const& c, Panel const& panel, Limits const& limits,
    std::function<void(std::size_t)> const& on_member);

} // namespace touchstone::campaign
