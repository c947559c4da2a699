#include "harness/script/explore.hpp"

#include "harness/script/exploration.hpp"
#include "harness/script/match.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace touchstone::script {

namespace {

/// Of one run, by line: what its actions were seen to do, in order.
using Outcome = std::map<std::uint32_t, std::string>;

bool has_failed(DirectiveResult const& r)
{
    return r.verdict == Verdict::Failed || r.verdict == Verdict::Crashed;
}

/// Those that not all runs agree about.
std::set<std::uint32_t> lines_that_differ(std::map<Outcome, std::uint64_t> const& outcomes)
{
    std::set<std::uint32_t> lines;
    auto const& first = outcomes.begin()->first;
    for (auto const& [outcome, count] : outcomes)
        for (auto const* const one : {&first, &outcome})
            for (auto const& [line, text] : *one)
                if (!first.contains(line) || !outcome.contains(line) ||
                    first.at(line) != outcome.at(line))
                    lines.insert(line);
    return lines;
}

std::string text_of(Outcome const& outcome, std::set<std::uint32_t> const& lines)
{
    std::string text;
    for (auto const& [line, seen] : outcome)
        if (lines.contains(line))
            text += fmt::format("{}line {}: {}", text.empty() ? "" : "; ", line, seen);
    return text;
}

} // namespace

Explored explore(std::uint64_t most, RunOnce const& run_once)
{
    Explored explored;
    Exploration exploration;
    std::map<Outcome, std::uint64_t> outcomes;
    auto failed = false;
    auto is_last = false;
    while (!is_last && explored.runs < most) {
        Outcome outcome;
        auto results =
            run_once(exploration, [&outcome](std::uint32_t line, CallObservation const& seen) {
                auto& text = outcome[line];
                text += (text.empty() ? "" : ", ") + show(seen);
            });
        ++outcomes[std::move(outcome)];
        auto const fails = std::ranges::any_of(results, has_failed);
        if (explored.runs == 0 || (fails && !failed))
            explored.results = std::move(results);
        failed = failed || fails;
        ++explored.runs;
        is_last = !exploration.next();
    }
    explored.all = is_last && !exploration.is_partial();
    auto const lines = lines_that_differ(outcomes);
    if (!lines.empty())
        for (auto const& [outcome, count] : outcomes)
            explored.joint_outcomes[text_of(outcome, lines)] += count;
    return explored;
}

} // namespace touchstone::script
