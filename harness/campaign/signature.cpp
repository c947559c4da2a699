#include "harness/campaign/signature.hpp"

#include "engine/binary/decode.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace touchstone::campaign {

namespace {

CallObservation const* step_of(Observation const& seen, CaseJudgement const& at)
{
    auto const& steps = at.in_instantiation ? seen.instantiations : seen.calls;
    return at.step < steps.size() ? &steps[at.step] : nullptr;
}

std::string trap_names(TrapSet traps)
{
    std::string names;
    for (std::size_t i = 0; i < trap_count; ++i)
        if (traps.has(static_cast<Trap>(i)))
            names += (names.empty() ? "" : "/") + std::string{trap_messages[i]};
    return names;
}

/// Why a module is refused, without the place, the end that it gave, numbers and names.
std::string refusal_words(std::string_view detail, End end)
{
    constexpr std::size_t longest = 60;
    constexpr std::string_view stops = "0123456789'\"(";
    if (auto const place = detail.find(": "); place != detail.npos)
        detail.remove_prefix(place + 2);
    if (detail.starts_with(name(end)))
        detail.remove_prefix(std::min(detail.size(), name(end).size() + 2));
    detail = detail.substr(0, detail.find(", in function"));
    detail = detail.substr(0, std::min(detail.find_first_of(stops), longest));
    while (detail.ends_with(' ') || detail.ends_with(':'))
        detail.remove_suffix(1);
    return std::string{detail};
}

std::string end_class(CallObservation const& step)
{
    if ((step.end == End::Malformed || step.end == End::Invalid) && !step.detail.empty())
        return fmt::format("{}:{}", name(step.end), refusal_words(step.detail, step.end));
    if (step.end == End::Trapped)
        return fmt::format("trapped:{}", trap_names(step.traps));
    if (step.end == End::Exhausted && step.limit)
        return fmt::format("exhausted:{}", name(*step.limit));
    return std::string{name(step.end)};
}

std::string_view kind_name(ValType::Kind k)
{
    constexpr std::array<std::string_view, 7> names{
        "i32", "i64", "f32", "f64", "v128", "ref", "bot"};
    return names[static_cast<std::size_t>(k)];
}

/// The types of the values that differ, each once.
std::string value_classes(std::vector<Value> const& a, std::vector<Value> const& b)
{
    std::vector<std::string_view> kinds;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        if (a[i] != b[i])
            kinds.push_back(kind_name(a[i].kind));
    std::ranges::sort(kinds);
    auto const rest = std::ranges::unique(kinds);
    kinds.erase(rest.begin(), rest.end());
    return fmt::format("{}", fmt::join(kinds, ","));
}

Expr const* body_at(Module const& m, std::uint32_t function)
{
    auto const imported = count_imports(m, ExternKind::Func);
    if (function < imported || function - imported >= m.funcs.size())
        return nullptr;
    return &m.funcs[function - imported].body;
}

/// The instruction at a place, as the text format names it.
std::string instruction_at(Case const& c, std::optional<Place> place)
{
    if (!place || place->instance >= c.modules.size())
        return {};
    auto const m = decode(c.modules[place->instance].bytes);
    if (!m)
        return {};
    auto const* const body = body_at(*m, place->function);
    if (body == nullptr)
        return {};
    for (auto const& i : body->instrs)
        if (i.where.offset == place->offset)
            return std::string{info(i.op).text};
    return {};
}

/// The minority, if the engines that saw as much can tell; otherwise the foreign or younger one.
std::string suspect_of(Examination const& e, Panel const& panel)
{
    std::size_t against = 0;
    std::size_t with = 0;
    for (std::size_t i = 1; i < e.members.size(); ++i) {
        auto const& r = e.members[i];
        if (!r.asked)
            continue;
        if (r.judgement.judgement.verdict == Verdict::Diverge)
            ++against;
        else if (r.to_end)
            ++with;
    }
    if (against >= 2 && with == 0) {
        // several engines contradict the reference: do they agree with each other?
        MemberResult const* first = nullptr;
        for (std::size_t i = 1; i < e.members.size(); ++i) {
            auto const& r = e.members[i];
            if (!r.asked || r.judgement.judgement.verdict != Verdict::Diverge)
                continue;
            if (first == nullptr) {
                first = &r;
                continue;
            }
            auto const between = compare(first->observation, r.observation, {});
            if (between.judgement.verdict == Verdict::Diverge)
                return "?";
        }
        return panel.members[0].info.name;
    }
    return with == 0 && against == 1 && e.members.size() == 2 ? "?"
                                                              : panel.members[e.worst].info.name;
}

} // namespace

std::string Signature::text() const
{
    auto line = fmt::format("{} {}", kind, oracles);
    if (!classes.empty())
        line += " " + classes;
    if (!instruction.empty())
        line += " at " + instruction;
    return line;
}

Signature signature_of(Case const& c, Examination const& e, Panel const& panel)
{
    auto const& result = e.members[e.worst];
    auto const& at = result.judgement;
    Signature s;
    s.suspect = suspect_of(e, panel);
    s.oracles = fmt::format("{}/{}", panel.members[0].info.name, panel.members[e.worst].info.name);
    s.kind = name(at.judgement.reason);
    auto const subject = subject_of(c, e, e.worst);
    auto const* const a = step_of(subject.reference, at);
    auto const* const b = step_of(result.observation, at);
    if (a == nullptr || b == nullptr)
        return s;
    s.instruction = instruction_at(subject.what, a->place ? a->place : b->place);
    switch (at.judgement.reason) {
    case Reason::Values: s.classes = value_classes(a->values, b->values); break;
    case Reason::End:
    case Reason::TrapKind:
    case Reason::Limit:
    case Reason::Crash: s.classes = fmt::format("{}|{}", end_class(*a), end_class(*b)); break;
    default: break;
    }
    return s;
}

Signature signature_of_death(
    std::string const& reference, std::string const& oracle, std::string const& how)
{
    return {.suspect = oracle,
        .oracles = fmt::format("{}/{}", reference, oracle),
        .kind = "crash",
        .classes = how,
        .instruction = {}};
}

} // namespace touchstone::campaign
