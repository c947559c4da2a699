#include "reports/examination.hpp"

#include "cases/wast.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <iterator>

namespace touchstone::reports {

using campaign::Examination;
using campaign::MemberResult;
using campaign::OutcomeKind;
using campaign::Panel;

namespace {

std::string traps_text(TrapSet traps)
{
    std::string text;
    for (std::size_t i = 0; i < trap_count; ++i)
        if (traps.has(static_cast<Trap>(i)))
            text += (text.empty() ? "" : " or ") + std::string{trap_messages[i]};
    return text;
}

std::string step_text(CallObservation const& s)
{
    if (s.end == End::NotRun)
        return fmt::format("not run: {}",
            s.detail.empty() ? "no such function, or arguments that do not fit" : s.detail);
    std::string text{name(s.end)};
    if (s.end == End::Trapped)
        text += ": " + traps_text(s.traps);
    if (s.end == End::Exhausted && s.limit)
        text += fmt::format(": {}", name(*s.limit));
    if (s.end == End::Unsupported && s.feature)
        text += fmt::format(": {}", name(*s.feature));
    for (auto const& v : s.values)
        text += " " + print_const(v);
    if (s.fuel)
        text += fmt::format("  [fuel {}]", *s.fuel);
    if (!s.detail.empty() && s.end != End::Returned)
        text += fmt::format("  ({})", s.detail);
    return text;
}

std::string call_text(Case const& c, Call const& call)
{
    auto text = fmt::format("{}.{}(", c.modules[call.module].name, call.function);
    for (std::size_t i = 0; i < call.args.size(); ++i)
        text += (i == 0 ? "" : ", ") + print_const(call.args[i]);
    return text + ")";
}

template <class Out>
void print_step(Out out, std::string const& what, std::size_t step, bool instantiation,
    Examination const& e, Panel const& panel)
{
    fmt::format_to(out, "{}\n", what);
    for (std::size_t i = 0; i < e.members.size(); ++i) {
        auto const& seen = e.members[i].observation;
        auto const& steps = instantiation ? seen.instantiations : seen.calls;
        if (step < steps.size())
            fmt::format_to(
                out, "    {:<12} {}\n", panel.members[i].info.name, step_text(steps[step]));
    }
}

std::string verdict_text(MemberResult const& r)
{
    if (!r.asked)
        return "not asked: it lacks a feature, or nothing comes before a limit";
    auto const& j = r.judgement;
    std::string text;
    switch (j.judgement.verdict) {
    case Verdict::Agree: text = fmt::format("agrees in {} steps", j.steps_compared); break;
    case Verdict::Inconclusive:
        text = fmt::format("inconclusive ({}): {}", name(j.judgement.reason), j.judgement.detail);
        break;
    case Verdict::Diverge:
        text = fmt::format("DIVERGES ({}): {}", name(j.judgement.reason), j.judgement.detail);
        break;
    }
    if (r.quirk != nullptr)
        text += fmt::format(" - known: {} ({})", r.quirk->id, r.quirk->reason);
    if (r.cut)
        text += ", cut where the reference ran out";
    if (r.variant)
        text += ", with NaNs canonicalised";
    return text;
}

nlohmann::ordered_json step_json(CallObservation const& s)
{
    nlohmann::ordered_json j{{"end", name(s.end)}};
    if (s.end == End::Trapped)
        j["trap"] = traps_text(s.traps);
    if (s.limit)
        j["limit"] = name(*s.limit);
    auto& values = j["values"] = nlohmann::ordered_json::array();
    for (auto const& v : s.values)
        values.push_back(print_const(v));
    if (s.fuel)
        j["fuel"] = *s.fuel;
    if (!s.detail.empty())
        j["detail"] = s.detail;
    return j;
}

std::string_view verdict_name(Verdict v)
{
    constexpr std::array<std::string_view, 3> names{"agree", "inconclusive", "diverge"};
    return names[static_cast<std::size_t>(v)];
}

} // namespace

std::string outcome_name(Examination const& e)
{
    switch (e.outcome) {
    case OutcomeKind::Agree: return "agree";
    case OutcomeKind::Rejected: return "rejected";
    case OutcomeKind::OutOfFuel: return "out_of_fuel";
    case OutcomeKind::Exhausted: return "exhausted";
    case OutcomeKind::Inconclusive: return fmt::format("inconclusive_{}", name(e.reason));
    case OutcomeKind::Known: return fmt::format("known_{}", e.quirk->id);
    case OutcomeKind::Diverge: return "diverge";
    }
    return "?";
}

std::string examination_text(Case const& c, Examination const& e, Panel const& panel)
{
    std::string text;
    auto const out = std::back_inserter(text);
    for (std::size_t i = 0; i < c.modules.size(); ++i)
        print_step(out, fmt::format("module {}", c.modules[i].name), i, true, e, panel);
    for (std::size_t i = 0; i < c.calls.size(); ++i)
        print_step(out, call_text(c, c.calls[i]), i, false, e, panel);
    fmt::format_to(out, "\n");
    for (std::size_t i = 1; i < e.members.size(); ++i)
        fmt::format_to(out, "{:<12} {}\n", panel.members[i].info.name, verdict_text(e.members[i]));
    return text;
}

nlohmann::ordered_json examination_json(Case const& c, Examination const& e, Panel const& panel)
{
    nlohmann::ordered_json j{{"case", c.origin}, {"outcome", outcome_name(e)}};
    auto& oracles = j["oracles"] = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < e.members.size(); ++i) {
        auto const& r = e.members[i];
        nlohmann::ordered_json o{{"name", panel.members[i].info.name},
            {"version", panel.members[i].info.version}, {"asked", r.asked}};
        if (i != 0 && r.asked) {
            o["verdict"] = verdict_name(r.judgement.judgement.verdict);
            o["reason"] = name(r.judgement.judgement.reason);
            o["detail"] = r.judgement.judgement.detail;
        }
        auto& modules = o["instantiations"] = nlohmann::ordered_json::array();
        for (auto const& s : r.observation.instantiations)
            modules.push_back(step_json(s));
        auto& calls = o["calls"] = nlohmann::ordered_json::array();
        for (auto const& s : r.observation.calls)
            calls.push_back(step_json(s));
        oracles.push_back(std::move(o));
    }
    return j;
}

} // namespace touchstone::reports
