// What a run amounts to in one line.

#include "reports/headline.hpp"

#include "reports/html_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace touchstone::reports {

using Tone = Headline::Tone;

static std::string of_oracles(std::vector<std::string> const& parts)
{
    return fmt::format("{}", fmt::join(parts, ", "));
}

/// Nothing passed there: a run that says nothing is no success.
static bool idle(SpecOracle const& o)
{
    return o.counts.passed.value_or(0) == 0;
}

Headline headline_of(SpecRun const& run)
{
    if (auto const errors = problems_of(run).size(); errors != 0)
        return {.tone = Tone::Bad,
            .text = fmt::format("{}: this result cannot be trusted", plural(errors, "data error"))};
    std::vector<std::string> failed;
    std::vector<std::string> untried;
    std::vector<std::string> known;
    for (auto const& o : run.oracles) {
        if (auto const n = plus(o.counts.failed, o.counts.crashed); n && *n != 0)
            failed.push_back(fmt::format("{} on {}", plural(*n, "failure"), o.name));
        if (auto const n = plus(o.counts.skipped, sum(o.counts.unsupported)); n && *n != 0)
            untried.push_back(fmt::format("{} on {}", plural(*n, "directive"), o.name));
        if (o.counts.known.value_or(0) != 0)
            known.push_back(fmt::format("{} on {}", plural(*o.counts.known, "directive"), o.name));
    }
    for (auto const& f : run.files)
        if (std::ranges::any_of(f.cells, [](auto const& cell) { return cell && cell->unreadable; }))
            failed.push_back(fmt::format("{} cannot be read", f.path));
    auto rest =
        untried.empty() ? std::string{} : fmt::format("; not tried: {}", of_oracles(untried));
    if (!known.empty())
        rest += fmt::format("; known to fail: {}", of_oracles(known));
    if (!failed.empty())
        return {.tone = Tone::Bad, .text = of_oracles(failed) + rest};
    for (auto const& o : run.oracles)
        if (idle(o))
            return {.tone = Tone::Bad, .text = fmt::format("nothing passed on {}", o.name)};
    return {.tone = untried.empty() && known.empty() ? Tone::Good : Tone::Partial,
        .text = "nothing failed" + rest};
}

Headline headline_of(CampaignRun const& run)
{
    if (auto const errors = problems_of(run).size(); errors != 0)
        return {.tone = Tone::Bad,
            .text = fmt::format("{}: this result cannot be trusted", plural(errors, "data error"))};
    if (!run.buckets.empty())
        return {.tone = Tone::Bad,
            .text = fmt::format("{} of findings in {}", plural(run.buckets.size(), "bucket"),
                plural(run.cases.value_or(0), "case"))};
    auto text = fmt::format("nothing found in {}", plural(run.cases.value_or(0), "case"));
    if (!run.troubles.empty())
        return {.tone = Tone::Bad, .text = text + ", and something went wrong around it"};
    if (named(run.outcomes, "agree").value_or(0) == 0)
        return {.tone = Tone::Bad, .text = text + ": no two engines were seen to agree"};
    if (run.interrupted)
        return {.tone = Tone::Partial, .text = text + ", interrupted"};
    return {.tone = Tone::Good, .text = std::move(text)};
}

} // namespace touchstone::reports
