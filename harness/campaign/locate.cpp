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
    auto const at = value(TraceGlobal::At);
    auto const log = value(TraceGlobal::Log);
    return at && log ? std::optional{TraceSeen{*at, *log}} : std::nullopt;
}

/// The traced case, run for some steps on the reference and on the engine in question.
class Bisection
{
public:
    Bisection(Case const& c, Panel pair, Limits const& limits, Mixing mixing)
        : traced_{generators::trace(c, mixing)}, pair_{std::move(pair)}, limits_{limits}
    {}

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
        if (!differs(steps))
            return std::nullopt;
        auto const& judged = seen_.members[1].judgement;
        auto effect = std::string{name(judged.judgement.reason)};
        auto const ours = trace_seen(reference(), judged);
        auto const theirs = trace_seen(seen_.members[1].observation, judged);
        if (!ours)
            return std::nullopt;
        auto at = ours->at;
        if (theirs && theirs->at != at) {
            effect = "branch";
            at = at_after(steps - 1);
        } else if (theirs && theirs->log != ours->log) {
            effect = "result";
        }
        if (at == 0 || at > traced_.positions.size())
            return std::nullopt;
        auto const& position = traced_.positions[at - 1];
        return Location{.module = position.module,
            .function = position.function,
            .instruction = position.instruction,
            .step = steps,
            .text = {},
            .effect = std::move(effect)};
    }

private:
    Observation const& reference() { return subject_of(traced_.what, seen_, 1).reference; }

    /// Where the reference stands after that many steps.
    std::uint64_t at_after(std::uint32_t steps)
    {
        (void)differs(steps);
        auto const& calls = reference().calls;
        for (auto i = calls.size(); i-- > 0;)
            if (auto const seen = trace_seen(reference(), {.judgement = {}, .step = i}))
                return seen->at;
        return 0;
    }

    generators::Traced traced_;
    Panel pair_;
    Limits limits_;
    Examination seen_;
};

std::string instruction_text(Case const& c, Location const& l)
{
    auto const m = decode(c.modules[l.module].bytes);
    if (!m)
        return {};
    auto const& f = m->funcs[l.function - count_imports(*m, ExternKind::Func)];
    return std::string{info(f.body.instrs[l.instruction].op).text};
}

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
    std::optional<Location> found;
    if (by_add.differs(*first)) {
        found = by_xor.location(*first);
    } else if (auto const later = by_add.first_difference(*first)) {
        found = by_add.location(*later);
    }
    if (found)
        found->text = instruction_text(c, *found);
    return found;
}

} // namespace touchstone::campaign
