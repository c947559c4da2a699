#pragma once
// May two correct engines have been seen to do this? The one place that judges, and where the
// licences stand.

#include "oracles/observation.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone {

enum class Verdict : std::uint8_t
{
    Agree,
    Inconclusive,
    Diverge,
};

/// Why a pair diverges or cannot be judged: the closed list that outcomes and buckets are named by.
enum class Reason : std::uint8_t
{
    None,
    // divergences
    Crash,
    End,
    TrapKind,
    Values,
    Fuel,
    Limit,
    Memory,
    Table,
    Global,
    Segment,
    Heap,
    // inconclusive
    Refused,
    TimedOut,
    Exhausted, ///< of an engine whose limits are its own
    Unsupported,
    NanBits, ///< NaN bits may have flowed on: decided by the canonicalised variant
    Relaxed, ///< another alternative of a relaxed operation may have been taken
    NothingSeen,
};

[[nodiscard]] std::string_view name(Reason r);

/// What is known of the two engines beyond what they were seen to do.
struct Common
{
    bool same_limits = false; ///< both count fuel and limits as limits.hpp says
    /// Every NaN that an instruction makes is canonicalised in the modules: bits may not differ.
    bool nans_canonicalised = false;
};

struct Judgement
{
    Verdict verdict = Verdict::Agree;
    Reason reason = Reason::None;
    std::string detail; ///< "call 3: i32 7 against i32 8", for people
    friend bool operator==(Judgement const&, Judgement const&) = default;
};

/// May two correct engines end a step as `a` (the reference's) and `b`?
[[nodiscard]] Judgement compare(
    CallObservation const& a, CallObservation const& b, Common const& common);

/// Where a pair first disagrees or stops being comparable.
struct CaseJudgement
{
    Judgement judgement;
    bool in_instantiation = false;
    std::size_t step = 0;           ///< which module or call
    std::size_t steps_compared = 0; ///< agreed steps before it
    std::size_t stores_compared = 0;
};

/// All steps in order, up to the first that is not Agree. `b` may have been shown fewer calls.
[[nodiscard]] CaseJudgement compare(
    Observation const& a, Observation const& b, Common const& common);

} // namespace touchstone
