// Where the numbers of a campaign contradict each other.

#include "reports/read_campaign.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string_view>

namespace touchstone::reports {

namespace {

bool is_outcome(std::string_view name)
{
    constexpr auto plain = std::to_array<std::string_view>(
        {"agree", "diverge", "rejected", "out_of_fuel", "exhausted"});
    return std::ranges::find(plain, name) != plain.end() || name.starts_with("known_") ||
           name.starts_with("inconclusive_");
}

void check_outcomes(CampaignRun& run)
{
    auto const all = sum(run.outcomes);
    if (contradict(all, run.cases))
        run.problems.push_back({.where = "outcomes",
            .what = fmt::format("they add up to {}, and there are {} cases", *all, *run.cases)});
    for (auto const& o : run.outcomes)
        if (!is_outcome(o.name))
            run.problems.push_back(
                {.where = fmt::format("outcomes.{}", o.name), .what = "there is no such outcome"});
    if (run.cases == 0)
        run.problems.push_back({.where = "cases", .what = "no case was run"});
}

struct Bound
{
    std::string_view part;
    Count count;
    std::string_view whole;
    Count limit;
};

void check_bounds(std::initializer_list<Bound> bounds, std::string const& who, Problems& problems)
{
    for (auto const& b : bounds)
        if (exceeds(b.count, b.limit))
            problems.push_back({.where = fmt::format("{}{}", b.part, who),
                .what = fmt::format("{} exceeds `{}`, {}", *b.count, b.whole, *b.limit)});
}

void check_oracle(CampaignRun const& run, CampaignOracle& o)
{
    auto const who = fmt::format(" of {}", o.name);
    check_bounds({{"asked", o.asked, "cases", run.cases}, {"valid", o.valid, "asked", o.asked},
                     {"compared_to_end", o.compared_to_end, "asked", o.asked},
                     {"stores_compared", o.stores_compared, "compared_to_end", o.compared_to_end},
                     {"cut", o.cut, "asked", o.asked},
                     {"asked and declined", plus(o.asked, o.declined), "cases", run.cases}},
        who, o.problems);
    // a case that ended well did so on every engine that was asked
    Count others = 0;
    for (auto const& outcome : run.outcomes)
        if (outcome.name != "agree" && outcome.name != "out_of_fuel" && outcome.name != "exhausted")
            others = plus(others, outcome.count);
    if (o.asked && exceeds(o.asked, plus(o.compared_to_end, others)))
        o.problems.push_back({.where = fmt::format("compared_to_end{}", who),
            .what = fmt::format("{} of {} cases did not come to the end, and {} did not end well",
                *o.asked - *o.compared_to_end, *o.asked, *others)});
    for (auto const& f : o.features)
        check_bounds({{f.name, f.count, "compared_to_end", o.compared_to_end}}, who, o.problems);
}

void check_oracles(CampaignRun& run)
{
    if (run.oracles.size() < 2)
        run.problems.push_back({.where = "oracles",
            .what = fmt::format("{} of them: nothing can be compared", run.oracles.size())});
    std::set<std::string> names;
    for (std::size_t i = 0; i < run.oracles.size(); ++i) {
        auto& o = run.oracles[i];
        if (!names.insert(o.name).second)
            o.problems.push_back({.where = "oracles", .what = o.name + " stands there twice"});
        if (i != 0)
            check_oracle(run, o);
        else if (contradict(o.asked, run.cases))
            o.problems.push_back({.where = fmt::format("asked of {}", o.name),
                .what = fmt::format("{}, and there are {} cases", *o.asked, *run.cases)});
    }
}

void check_buckets(CampaignRun& run)
{
    auto const diverge = std::ranges::find(run.outcomes, "diverge", &NamedCount::name);
    if (diverge == run.outcomes.end()) {
        run.problems.push_back({.where = "outcomes.diverge", .what = "is missing"});
        return;
    }
    auto found = run.unlocated;
    for (auto const& b : run.buckets)
        found = plus(found, b.count);
    if (contradict(diverge->count, found))
        run.problems.push_back({.where = "buckets",
            .what = fmt::format(
                "they and `unlocated` hold {} cases, and {} diverge", *found, *diverge->count)});
    for (auto& b : run.buckets) {
        if (b.count == 0)
            b.problems.push_back({.where = b.signature, .what = "a bucket of no cases"});
        if (exceeds(b.count, run.cases))
            b.problems.push_back({.where = b.signature, .what = "more cases than there are"});
    }
}

void check_rate(CampaignRun& run)
{
    if (!run.cases || !run.seconds || !run.cases_per_second || *run.seconds <= 0)
        return;
    auto const rate = static_cast<double>(*run.cases) / *run.seconds;
    if (std::abs(rate - *run.cases_per_second) > 0.01 * rate)
        run.problems.push_back({.where = "cases_per_second",
            .what = fmt::format("is {:.0f}, and {} cases in {} s are {:.0f}", *run.cases_per_second,
                *run.cases, *run.seconds, rate)});
}

} // namespace

void check_campaign(CampaignRun& run)
{
    check_outcomes(run);
    check_bounds({{"valid", run.valid, "cases", run.cases},
                     {"instantiated", run.instantiated, "valid", run.valid}},
        "", run.problems);
    check_oracles(run);
    check_buckets(run);
    check_rate(run);
}

} // namespace touchstone::reports
