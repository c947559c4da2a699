#include "harness/campaign/locate.hpp"

#include "engine/binary/decode.hpp"
#include "generators/trace.hpp"

#include <algorithm>

namespace touchstone::campaign {

namespace {

using generators::Mixing;
using generators::Position;
using generators::TraceGlobal;

/// What the trace's globals were seen to be after the step that was judged.
struct TraceSeen
{
    bool complete = false; ///< all steps that it was allowed
    std::uint64_t at = 0;
    std::uint64_t log = 0;
};

std::optional<TraceSeen> trace_seen(Observation const& seen, CaseJudgement const& where)
{
    auto const& steps = where.in_instantiation ? seen.instantiations : seen.calls;
    if (where.step >= steps.size() || !steps[where.step].store)
        return std::nullopt;
    auto const& instances = steps[where.step].store->instances;
    if (instances.empty() || !instances.front())
        return std::nullopt;
    auto const value = [&](TraceGlobal g) -> std::optional<std::uint64_t> {
        auto const& globals = instances.front()->globals;
        auto const i = static_cast<std::size_t>(g);
        return i < globals.size() && globals[i] ? std::optional{globals[i]->lo} : std::nullopt;
    };
    auto const left = value(TraceGlobal::Steps);
    auto const at = value(TraceGlobal::At);
    auto const log = value(TraceGlobal::Log);
    return left && at && log ? std::optional{TraceSeen{*left == 0, *at, *log}} : std::nullopt;
}

/// The traced case, run for some steps on the reference and on the engine in question.
class Bisection
{
public:
    Bisection(Case const& c, Panel pair, Limits const& limits, Mixing mixing)
        : traced_{generators::trace(c, mixing)}, pair_{std::move(pair)}, limits_{limits}
    {
        for (auto const& bytes : c.modules) {
            auto m = decode(bytes.bytes);
            modules_.push_back(m ? std::optional{*std::move(m)} : std::nullopt);
        }
    }

    bool differs(std::uint32_t steps)
    {
        traced_.stop_after(steps);
        seen_ = examine(traced_.what, pair_, limits_, [](std::size_t) {});
        return seen_.members[1].judgement.judgement.verdict == Verdict::Diverge;
    }

    /// The fewest steps after which they differ, from `agree` on, after which they do not.
    std::optional<std::uint32_t> first_difference(std::uint32_t agree)
    {
        constexpr std::uint32_t most = 1U << 22;
        std::uint32_t differ = agree + 1;
        while (!differs(differ)) {
            if (differ >= most)
                return std::nullopt;
            agree = differ;
            differ *= 2;
        }
        while (differ - agree > 1) {
            auto const middle = agree + (differ - agree) / 2;
            (differs(middle) ? differ : agree) = middle;
        }
        return differ;
    }

    /// Where they differ after `steps`, and do not after one step less.
    std::optional<Location> location(std::uint32_t steps)
    {
        auto const before = at_after(steps - 1);
        if (!differs(steps))
            return std::nullopt;
        auto const& judged = seen_.members[1].judgement;
        auto const ours = trace_seen(reference(), judged);
        auto const theirs = trace_seen(seen_.members[1].observation, judged);
        if (!ours)
            return std::nullopt;
        auto effect = std::string{name(judged.judgement.reason)};
        std::optional<std::size_t> at;
        if (!ours->complete || (theirs && !theirs->complete)) {
            at = trapped(judged);
            if (!at) // they left the function by different ways, or with different values
                at = judged.judgement.reason == Reason::Values ? control_after(before) : before;
            if (at && at != before && judged.judgement.reason == Reason::Values)
                effect = "branch";
        } else if (theirs && theirs->at != ours->at) {
            effect = "branch";
            at = control_after(before);
        } else {
            if (theirs && theirs->log != ours->log)
                effect = "result";
            at = ours->at - 1;
        }
        return at && *at < traced_.positions.size()
                   ? std::optional{location_of(traced_.positions[*at], steps, std::move(effect))}
                   : std::nullopt;
    }

private:
    Observation const& reference() { return subject_of(traced_.what, seen_, 1).reference; }

    /// The position at which the reference stands after that many steps.
    std::optional<std::size_t> at_after(std::uint32_t steps)
    {
        (void)differs(steps);
        auto const& calls = reference().calls;
        for (auto i = calls.size(); i-- > 0;)
            if (auto const seen = trace_seen(reference(), {.judgement = {}, .step = i}))
                return seen->at == 0 ? std::nullopt : std::optional<std::size_t>{seen->at - 1};
        return std::nullopt;
    }

    /// The instruction that trapped in one of the two, if an engine tells.
    std::optional<std::size_t> trapped(CaseJudgement const& judged)
    {
        Observation const& theirs = seen_.members[1].observation;
        for (auto const* seen : {&reference(), &theirs}) {
            auto const& steps = judged.in_instantiation ? seen->instantiations : seen->calls;
            if (judged.step >= steps.size() || steps[judged.step].end != End::Trapped)
                continue;
            auto const trace = trace_seen(*seen, judged);
            if (trace && !trace->complete && steps[judged.step].place)
                return position_at(*steps[judged.step].place);
        }
        return std::nullopt;
    }

    std::optional<std::size_t> position_at(Place const& place)
    {
        auto const& modules = subject_of(traced_.what, seen_, 1).what.modules;
        if (place.instance == 0 || place.instance >= modules.size())
            return std::nullopt;
        auto const m = decode(modules[place.instance].bytes);
        auto const imported = m ? count_imports(*m, ExternKind::Func) : 0;
        if (!m || place.function < imported)
            return std::nullopt;
        auto const& body = m->funcs[place.function - imported].body.instrs;
        auto const instr =
            std::ranges::find(body, place.offset, [](Instr const& i) { return i.where.offset; });
        auto const traced = static_cast<std::uint32_t>(instr - body.begin());
        for (std::size_t i = 0; i < traced_.positions.size(); ++i) {
            auto const& p = traced_.positions[i];
            if (p.module + 1 == place.instance && p.function == place.function &&
                p.instruction != Position::entry && p.traced == traced)
                return i;
        }
        return std::nullopt;
    }

    /// What may go elsewhere behind a step.
    std::optional<std::size_t> control_after(std::optional<std::size_t> before) const
    {
        if (!before)
            return std::nullopt;
        auto const& from = traced_.positions[*before];
        for (auto i = *before + 1; i < traced_.positions.size(); ++i) {
            auto const& p = traced_.positions[i];
            if (p.module != from.module || p.function != from.function)
                break;
            if (is_control(opcode_of(p)))
                return i;
        }
        return before;
    }

    [[nodiscard]] static bool is_control(Opcode op)
    {
        auto const i = info(op).immediates;
        auto const text = info(op).text;
        return i == Immediates::Label || i == Immediates::Labels || op == Opcode::If ||
               op == Opcode::Return || text.find("call") != text.npos;
    }

    [[nodiscard]] Opcode opcode_of(Position const& p) const
    {
        auto const& m = modules_[p.module];
        if (!m || p.instruction == Position::entry)
            return Opcode::Nop;
        return m->funcs[p.function - count_imports(*m, ExternKind::Func)]
            .body.instrs[p.instruction]
            .op;
    }

    [[nodiscard]] Location location_of(
        Position const& p, std::uint32_t step, std::string effect) const
    {
        auto const at_entry = p.instruction == Position::entry;
        return {.module = p.module,
            .function = p.function,
            .instruction = at_entry ? 0 : p.instruction,
            .step = step,
            .text = at_entry ? "function entry" : std::string{info(opcode_of(p)).text},
            .effect = std::move(effect)};
    }

    std::vector<std::optional<Module>> modules_; ///< of the case as it was
    generators::Traced traced_;
    Panel pair_;
    Limits limits_;
    Examination seen_;
};

} // namespace

std::optional<Location> locate(
    Case const& c, Panel const& panel, std::size_t member, Limits const& limits)
{
    Panel const pair{.members = {panel.members[0], panel.members[member]},
        .owned = panel.owned,
        .statistics = panel.statistics};
    Bisection by_xor{c, pair, limits, Mixing::Xor};
    if (by_xor.differs(0))
        return std::nullopt;
    auto const first = by_xor.first_difference(0);
    if (!first)
        return std::nullopt;
    // where the engine's mixing itself is wrong, it differs too early: the other way knows
    Bisection by_add{c, pair, limits, Mixing::Add};
    if (by_add.differs(*first))
        return by_xor.location(*first);
    auto const later = by_add.first_difference(*first);
    return later ? by_add.location(*later) : by_xor.location(*first);
}

} // namespace touchstone::campaign
