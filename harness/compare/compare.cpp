#include "harness/compare/compare.hpp"

#include "harness/compare/stores.hpp"
#include "harness/compare/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace touchstone {

namespace {

using compare_words::describe;

/// By `Reason`.
constexpr auto reason_names = std::to_array<std::string_view>({"none", "crash", "end", "trap",
    "values", "fuel", "limit", "memory", "table", "global", "segment", "heap", "refused",
    "timed-out", "exhausted", "unsupported", "nan-bits", "relaxed", "nothing-seen"});
static_assert(reason_names.size() == static_cast<std::size_t>(Reason::NothingSeen) + 1);

Judgement diverge(Reason reason, std::string detail)
{
    return {Verdict::Diverge, reason, std::move(detail)};
}

Judgement against(Reason reason, std::string_view a, std::string_view b)
{
    return diverge(reason, fmt::format("{} against {}", a, b));
}

/// Licence: what an engine may do for lack of resources or features says nothing about the rest.
/// appendix/implementation.html: limits of implementations; a limit of our own is exact only
/// between engines that count it alike.
std::optional<Reason> inconclusive(End end, Common const& common)
{
    switch (end) {
    case End::Refused: return Reason::Refused;
    case End::TimedOut: return Reason::TimedOut;
    case End::Unsupported: return Reason::Unsupported;
    case End::OutOfFuel:
    case End::Exhausted:
        if (!common.same_limits)
            return Reason::Exhausted;
        return std::nullopt;
    default: return std::nullopt;
    }
}

/// Licence: the specification has no word for why a module is refused before it is linked, and
/// engines that do not tell malformed from invalid are right either way.
bool same_end(End a, End b)
{
    auto const is_early = [](End e) {
        return e == End::Malformed || e == End::Invalid || e == End::Rejected;
    };
    if (a == End::Rejected || b == End::Rejected)
        return is_early(a) && is_early(b);
    return a == b;
}

bool same_values(std::span<Value const> a, std::span<Value const> b)
{
    return std::ranges::equal(a, b, same_value);
}

/// What differs first, if anything, before any licence for NaN bits.
Judgement difference(CallObservation const& a, CallObservation const& b, Common const& common)
{
    if (!same_end(a.end, b.end))
        return against(Reason::End, describe(a), describe(b));
    if (a.end == End::Trapped && !a.traps.meets(b.traps))
        return against(Reason::TrapKind, describe(a.traps), describe(b.traps));
    if (a.end == End::Exhausted && a.limit && b.limit && *a.limit != *b.limit)
        return against(Reason::Limit, name(*a.limit), name(*b.limit));
    auto const has_values = a.end == End::Returned || a.end == End::Threw;
    if (has_values && !a.values_unseen && !b.values_unseen && !same_values(a.values, b.values))
        return against(Reason::Values, describe(a.values), describe(b.values));
    if (common.same_limits && a.fuel && b.fuel && *a.fuel != *b.fuel)
        return diverge(Reason::Fuel, fmt::format("fuel {} against {}", *a.fuel, *b.fuel));
    if (a.store && b.store)
        return compare_stores(*a.store, *b.store);
    return {};
}

/// What was chosen in a step or before it that another engine may choose otherwise.
struct Choices
{
    bool nan = false;
    bool relaxed = false;
};

/// Licence: numerics.html#relaxed-ops and numerics.html#nan-propagation leave open what relaxed
/// operations answer and which bits NaNs have. Engines of our own share one profile and may not
/// differ; nor may any in NaN bits where the modules canonicalise.
std::optional<Reason> licence(Choices choices, Common const& common)
{
    if (common.same_limits)
        return std::nullopt;
    if (choices.relaxed)
        return Reason::Relaxed;
    if (choices.nan && !common.nans_canonicalised)
        return Reason::NanBits;
    return std::nullopt;
}

Judgement judge(
    CallObservation const& a, CallObservation const& b, Common const& common, Choices choices)
{
    if (a.end == End::Crashed || b.end == End::Crashed)
        return against(Reason::Crash, describe(a), describe(b));
    for (auto const* o : {&a, &b})
        if (auto const why = inconclusive(o->end, common))
            return {Verdict::Inconclusive, *why,
                fmt::format("{} against {}", describe(a), describe(b))};
    auto found = difference(a, b, common);
    if (found.verdict != Verdict::Diverge)
        return found;
    if (auto const why = licence(choices, common)) {
        found.verdict = Verdict::Inconclusive;
        found.reason = *why;
    }
    return found;
}

/// Steps in order, up to the first that is not Agree.
class CaseComparison
{
public:
    explicit CaseComparison(Common const& common) : common_{common} {}

    /// False where the comparison ends.
    bool compare_steps(std::vector<CallObservation> const& a, std::vector<CallObservation> const& b,
        bool in_instantiation)
    {
        for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
            result_.in_instantiation = in_instantiation;
            result_.step = i;
            choices_.nan = choices_.nan || a[i].nan_choice;
            choices_.relaxed = choices_.relaxed || a[i].relaxed_choice;
            result_.judgement = judge(a[i], b[i], common_, choices_);
            if (result_.judgement.verdict != Verdict::Agree) {
                result_.judgement.detail = fmt::format(
                    "{} {}: {}", in_instantiation ? "module" : "call", i, result_.judgement.detail);
                return false;
            }
            if (a[i].end != End::NotRun)
                ++result_.steps_compared;
            if (a[i].store && b[i].store)
                ++result_.stores_compared;
        }
        return true;
    }

    CaseJudgement result()
    {
        if (result_.judgement.verdict == Verdict::Agree && result_.steps_compared == 0)
            result_.judgement = {
                Verdict::Inconclusive, Reason::NothingSeen, "no step ran on both sides"};
        return std::move(result_);
    }

private:
    Common common_;
    CaseJudgement result_;
    Choices choices_;
};

} // namespace

std::string_view name(Reason r)
{
    return reason_names.at(static_cast<std::size_t>(r));
}

Judgement compare(CallObservation const& a, CallObservation const& b, Common const& common)
{
    return judge(a, b, common, {a.nan_choice, a.relaxed_choice});
}

CaseJudgement compare(Observation const& a, Observation const& b, Common const& common)
{
    CaseComparison comparison{common};
    if (comparison.compare_steps(a.instantiations, b.instantiations, true))
        (void)comparison.compare_steps(a.calls, b.calls, false);
    return comparison.result();
}

} // namespace touchstone
