#include "harness/campaign/test_script.hpp"

#include "cases/script_words.hpp"
#include "generators/trace.hpp"
#include "harness/campaign/witness.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace touchstone::campaign {

namespace {

bool is_of_store(Reason r)
{
    return r == Reason::Memory || r == Reason::Table || r == Reason::Global || r == Reason::Segment;
}

/// A script has no words for it.
bool is_hidden(Reason r)
{
    return is_of_store(r) || r == Reason::Fuel || r == Reason::Heap;
}

bool ran_out(Observation const& seen)
{
    auto const exhausted = [](CallObservation const& s) {
        return s.end == End::Exhausted || s.end == End::OutOfFuel;
    };
    return std::ranges::any_of(seen.instantiations, exhausted) ||
           std::ranges::any_of(seen.calls, exhausted);
}

/// The panel of the reference and the engine that differs most from it.
Panel pair_of(Finding const& f, Panel const& panel)
{
    return {.members = {panel.members[0], panel.members[f.examination.worst]},
        .owned = panel.owned,
        .statistics = panel.statistics};
}

/// With the limits of a campaign where they matter, and with this fuel if it is not a campaign's.
TestScript script(Case const& what, Observation const& reference, bool limited, std::uint64_t fuel,
    std::string remark)
{
    TestScript s;
    if (limited)
        s.options = {"--limits", "campaign"};
    if (fuel != Limits::for_campaign().fuel_per_call) {
        s.options.emplace_back("--fuel");
        s.options.push_back(fmt::format("{}", fuel));
    }
    s.text = std::move(remark);
    if (!s.options.empty())
        s.text += fmt::format(";; To be run with: {}\n", fmt::join(s.options, " "));
    s.text += script_of(what, reference);
    return s;
}

TestScript script(
    Case const& what, Observation const& reference, bool limited, std::string remark = {})
{
    return script(
        what, reference, limited, Limits::for_campaign().fuel_per_call, std::move(remark));
}

/// What both did up to the step in which they differ.
struct Seen
{
    Observation reference;
    bool ran_out = false; ///< one of them, of something
};

Seen seen_up_to(CaseJudgement const& where, Observation reference, Observation other)
{
    auto const calls = where.in_instantiation ? 0 : where.step + 1;
    for (auto* seen : {&reference, &other})
        seen->calls.resize(std::min(calls, seen->calls.size()));
    auto const out = ran_out(reference) || ran_out(other);
    return {std::move(reference), out};
}

/// Of a difference in a store.
std::optional<TestScript> witnessed_script(Case const& what, Examination const& e,
    std::size_t member, Panel const& panel, std::string remark)
{
    auto const& where = e.members[member].judgement;
    auto const subject = subject_of(what, e, member);
    auto const w = witness(subject, panel, member, where, Limits::for_campaign());
    if (!w)
        return std::nullopt;
    auto const out = ran_out(w->reference) || ran_out(e.members[member].observation);
    return script(w->what, w->reference, out, std::move(remark));
}

/// The case in its traced form, up to the first instruction after which the two differ: there the
/// digest of what was computed differs too, even if nothing else does that a script can see.
std::optional<TestScript> traced_script(Finding const& f, Panel const& pair, Case const& what)
{
    for (auto const mixing : {generators::Mixing::Xor, generators::Mixing::Add}) {
        auto traced = generators::trace(what, mixing);
        traced.stop_after(f.location->step);
        auto const seen = examine(traced.what, pair, Limits::for_campaign(), [](std::size_t) {});
        if (seen.members[1].judgement.judgement.verdict != Verdict::Diverge)
            continue;
        auto found = witnessed_script(traced.what, seen, 1, pair,
            fmt::format(";; The case counts its steps, and ends after the first that differs: {}\n",
                script_words::one_line(f.location->text)));
        if (found)
            return found;
    }
    return std::nullopt;
}

/// Where they spend differently: with fuel that is enough for one of them.
std::optional<TestScript> fuel_script(Finding const& f, Panel const& pair, Case const& what)
{
    auto const& judged = f.examination.members[f.examination.worst];
    auto const& where = judged.judgement;
    auto const& ours = subject_of(f.what, f.examination, f.examination.worst).reference;
    if (where.in_instantiation || where.step >= ours.calls.size() ||
        where.step >= judged.observation.calls.size())
        return std::nullopt;
    auto limits = Limits::for_campaign();
    auto const most = std::max(ours.calls[where.step].fuel.value_or(0),
        judged.observation.calls[where.step].fuel.value_or(0));
    if (most == 0)
        return std::nullopt;
    limits.fuel_per_call = limits.fuel_per_instantiation = most - 1;
    auto const seen = examine(what, pair, limits, [](std::size_t) {});
    auto const& there = seen.members[1];
    if (there.judgement.judgement.verdict != Verdict::Diverge ||
        is_hidden(there.judgement.judgement.reason))
        return std::nullopt;
    auto const subject = subject_of(what, seen, 1);
    return script(subject.what,
        seen_up_to(there.judgement, subject.reference, there.observation).reference, true, most - 1,
        {});
}

} // namespace

TestScript test_script(Finding const& f, Panel const& panel)
{
    auto const worst = f.examination.worst;
    auto const subject = subject_of(f.what, f.examination, worst);
    auto const& judged = f.examination.members[worst];
    auto const& where = judged.judgement;
    if (where.judgement.verdict != Verdict::Diverge) {
        auto of_reference = script(subject.what, subject.reference, ran_out(subject.reference));
        of_reference.shows = false; // a death or a hang
        return of_reference;
    }
    auto const reason = where.judgement.reason;
    auto const pair = pair_of(f, panel);
    if (is_of_store(reason))
        if (auto found = witnessed_script(f.what, f.examination, worst, panel, {}))
            return *std::move(found);
    if (is_hidden(reason) && f.location)
        if (auto found = traced_script(f, pair, subject.what))
            return *std::move(found);
    if (reason == Reason::Fuel)
        if (auto found = fuel_script(f, pair, subject.what))
            return *std::move(found);
    auto const seen = seen_up_to(where, subject.reference, judged.observation);
    auto plain = script(subject.what, seen.reference, seen.ran_out);
    plain.shows = !is_hidden(reason);
    if (!plain.shows)
        plain.text += fmt::format(";; The engines differ in what no script can show: {}\n",
            script_words::one_line(where.judgement.detail));
    return plain;
}

} // namespace touchstone::campaign
