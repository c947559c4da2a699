#include "harness/campaign/examine.hpp"

#include "engine/binary/encode.hpp"
#include "generators/transform.hpp"

#include <algorithm>
#include <span>

namespace touchstone::campaign {

namespace {

bool limited(End e)
{
    return e == End::OutOfFuel || e == End::Exhausted;
}

/// The reference's observation as far as the other engine was shown the case.
Observation cut_to(Observation seen, std::size_t calls)
{
    seen.calls.resize(std::min(calls, seen.calls.size()));
    return seen;
}

bool accepted(Observation const& seen)
{
    return std::ranges::none_of(seen.instantiations, [](CallObservation const& i) {
        return i.end == End::Malformed || i.end == End::Invalid || i.end == End::Rejected ||
               i.end == End::Unsupported;
    });
}

/// It says of a module, whatever its features, that it cannot take it.
bool declined(Observation const& seen)
{
    return std::ranges::find(seen.instantiations, End::Unsupported, &CallObservation::end) !=
           seen.instantiations.end();
}

/// The engine has something there that could be seen.
bool has_something(InstanceState const& i)
{
    return !i.memories.empty() || !i.tables.empty() || !i.globals.empty() ||
           (i.elems_dropped && !i.elems_dropped->empty()) ||
           (i.datas_dropped && !i.datas_dropped->empty());
}

bool shows_something(InstanceState const& i)
{
    auto const any = [](auto const& list) {
        return std::ranges::any_of(list, [](auto const& entry) { return entry.has_value(); });
    };
    return any(i.memories) || any(i.tables) || any(i.globals) || i.elems_dropped || i.datas_dropped;
}

/// Of each instance of which there is something to see, something was seen.
bool sees_store(CallObservation const& step, CallObservation const& reference)
{
    if (!step.store || !reference.store)
        return false;
    auto const& seen = step.store->instances;
    auto const& all = reference.store->instances;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i] && has_something(*all[i]) &&
            !(i < seen.size() && seen[i] && shows_something(*seen[i])))
            return false;
    return true;
}

CallObservation const* last_step(Observation const& o)
{
    auto const& steps = o.calls.empty() ? o.instantiations : o.calls;
    return steps.empty() ? nullptr : &steps.back();
}

struct Pair
{
    Member const& reference;
    Member const& other;
    Limits const& limits;

    /// Compares the member's own run of `prepared` with the reference's `seen`.
    void run(Prepared const& prepared, Observation const& seen, MemberResult& result,
        bool canonicalised) const
    {
        auto calls = std::optional{prepared.what->calls.size()};
        if (!other.info.has_limits)
            calls = calls_before_limit(seen);
        result.cut = calls != prepared.what->calls.size();
        result.asked = calls.has_value();
        if (!result.asked)
            return;
        result.observation = other.observe(prepared, *calls, limits);
        result.declined = declined(result.observation);
        if (result.declined) {
            result.asked = false;
            return;
        }
        result.valid = accepted(result.observation);
        auto const as_far = cut_to(seen, *calls);
        result.judgement = compare(as_far, result.observation,
            {.same_limits = reference.info.has_limits && other.info.has_limits,
                .nans_canonicalised = canonicalised});
        result.to_end = result.judgement.judgement.verdict == Verdict::Agree;
        auto const* const last = last_step(result.observation);
        auto const* const last_of_reference = last_step(as_far);
        result.store_to_end = result.to_end && last != nullptr && last_of_reference != nullptr &&
                              result.judgement.stores_compared > 0 &&
                              sees_store(*last, *last_of_reference);
    }

    /// NaN bits may have flowed on: only the variant in which they cannot decides.
    void decide_without_nans(Prepared const& prepared, MemberResult& result) const
    {
        auto const variant = std::make_shared<Variant>();
        variant->what = canonicalised(prepared);
        auto const again = prepare(variant->what);
        variant->reference = reference.observe(again, variant->what.calls.size(), limits);
        run(again, variant->reference, result, true);
        result.variant = variant;
    }
};

OutcomeKind kind_of(MemberResult const& r)
{
    if (!r.asked)
        return OutcomeKind::Agree;
    switch (r.judgement.judgement.verdict) {
    case Verdict::Agree: return OutcomeKind::Agree;
    case Verdict::Inconclusive: return OutcomeKind::Inconclusive;
    case Verdict::Diverge: return r.quirk != nullptr ? OutcomeKind::Known : OutcomeKind::Diverge;
    }
    return OutcomeKind::Diverge;
}

/// What the reference alone says of the case, where everybody agrees.
OutcomeKind kind_of(Observation const& seen, bool valid)
{
    if (!valid)
        return OutcomeKind::Rejected;
    auto kind = OutcomeKind::Agree;
    for (auto const* steps : {&seen.instantiations, &seen.calls})
        for (auto const& step : *steps) {
            if (step.end == End::Exhausted)
                return OutcomeKind::Exhausted;
            if (step.end == End::OutOfFuel)
                kind = OutcomeKind::OutOfFuel;
        }
    return kind;
}

/// The known wrong answer that explains the step at which this engine diverges.
Quirk const* quirk_of(
    OracleInfo const& oracle, Case const& c, Observation const& seen, MemberResult const& r)
{
    auto const& at = r.judgement;
    auto const& ours = at.in_instantiation ? seen.instantiations : seen.calls;
    auto const& theirs = at.in_instantiation ? r.observation.instantiations : r.observation.calls;
    if (at.step >= ours.size() || at.step >= theirs.size())
        return nullptr;
    return find_quirk(oracle, {.what = c,
                                  .in_instantiation = at.in_instantiation,
                                  .step = at.step,
                                  .ours = ours[at.step],
                                  .theirs = theirs[at.step]});
}

/// An engine was asked and something of it was compared.
bool was_compared(MemberResult const& r)
{
    return r.asked &&
           (r.judgement.steps_compared > 0 || r.judgement.judgement.verdict == Verdict::Diverge);
}

void use_worst(Examination& e)
{
    e.outcome = kind_of(e.members[0].observation, e.valid);
    auto const others = std::span{e.members}.subspan(1);
    e.compared = std::ranges::any_of(others, was_compared);
    if (!e.compared && e.outcome == OutcomeKind::Agree) {
        e.outcome = OutcomeKind::Inconclusive;
        e.reason = others.empty() ? Reason::NothingSeen : Reason::Unsupported;
    }
    for (std::size_t i = 1; i < e.members.size(); ++i) {
        auto const kind = kind_of(e.members[i]);
        if (kind <= e.outcome &&
            !(kind == e.outcome && kind == OutcomeKind::Inconclusive && e.worst == 0))
            continue;
        e.outcome = kind;
        e.worst = i;
        e.reason = e.members[i].judgement.judgement.reason;
        e.quirk = e.members[i].quirk;
    }
}

} // namespace

std::optional<std::size_t> calls_before_limit(Observation const& seen)
{
    if (std::ranges::any_of(seen.instantiations, limited, &CallObservation::end))
        return std::nullopt;
    auto const first = std::ranges::find_if(seen.calls, limited, &CallObservation::end);
    return static_cast<std::size_t>(first - seen.calls.begin());
}

Case canonicalised(Prepared const& prepared)
{
    Case variant = *prepared.what;
    for (std::size_t i = 0; i < variant.modules.size(); ++i)
        if (prepared.modules[i])
            variant.modules[i] = {.name = variant.modules[i].name,
                .bytes = encode(generators::canonicalise_nans((*prepared.modules[i])->module()))};
    return variant;
}

Subject subject_of(Case const& c, Examination const& e, std::size_t member)
{
    auto const& variant = e.members[member].variant;
    if (variant)
        return {variant->what, variant->reference};
    return {c, e.members[0].observation};
}

Examination examine(Case const& c, Panel const& panel, Limits const& limits,
    std::function<void(std::size_t)> const& on_member)
{
    Examination e;
    e.members.resize(panel.members.size());
    auto const prepared = prepare(c);
    e.valid = std::ranges::all_of(prepared.modules, [](auto const& m) { return m.has_value(); });
    for (auto const& m : prepared.modules)
        if (m)
            e.features = e.features | (*m)->features();

    auto const& reference = panel.members[0];
    on_member(0);
    e.members[0].observation = reference.observe(prepared, c.calls.size(), limits);
    e.statistics = *panel.statistics;
    auto const& seen = e.members[0].observation;
    e.members[0].asked = true;
    e.members[0].valid = accepted(seen);
    e.instantiated = std::ranges::all_of(
        seen.instantiations, [](CallObservation const& i) { return i.end == End::Returned; });

    for (std::size_t i = 1; i < panel.members.size(); ++i) {
        auto& result = e.members[i];
        Pair const pair{reference, panel.members[i], limits};
        if (!pair.other.info.features.contains(e.features))
            continue;
        on_member(i);
        pair.run(prepared, seen, result, false);
        if (result.judgement.judgement.reason == Reason::NanBits)
            pair.decide_without_nans(prepared, result);
        if (result.judgement.judgement.verdict == Verdict::Diverge) {
            auto const subject = subject_of(c, e, i);
            result.quirk = quirk_of(pair.other.info, subject.what, subject.reference, result);
        }
    }
    use_worst(e);
    return e;
}

} // namespace touchstone::campaign
