#include "harness/minimize/divergence.hpp"

#include "harness/minimize/predicate.hpp"
#include "oracles/registry.hpp"

#include <algorithm>

namespace touchstone::minimize {

namespace {

std::expected<campaign::Panel, std::string> fresh_panel(std::span<std::string const> names)
{
    std::vector<std::string> ordered{"reference"};
    for (auto const& name : names)
        if (std::ranges::find(ordered, name) == ordered.end())
            ordered.push_back(name);
    campaign::Panel panel;
    panel.statistics = std::make_shared<CaseStatistics>();
    for (auto const& name : ordered) {
        auto made = make_isolated_oracle(name, {.cases_per_child = 1, .cases_per_worker = 1});
        if (!made)
            return std::unexpected{made.error()};
        std::shared_ptr<Oracle> const oracle{std::move(*made)};
        panel.owned.push_back(oracle);
        panel.members.push_back({.info = oracle->info(),
            .observe = [oracle](Prepared const& prepared, std::size_t calls, Limits const& limits) {
                Task const task{.what = prepared.what, .calls = calls};
                return oracle->observe({&task, 1}, limits).at(0);
            }});
    }
    return panel;
}

/// Also in a process that has run it before.
bool shows_again(Case const& c, Interesting const& interesting)
{
    constexpr int times = 3;
    for (int i = 0; i < times; ++i)
        if (interesting(c) != Trial::Interesting)
            return false;
    return true;
}

} // namespace

std::expected<Panels, std::string> make_panels(std::span<std::string const> names)
{
    auto quick = campaign::make_panel(names, campaign::Isolation::All);
    if (!quick)
        return std::unexpected{quick.error()};
    auto fresh = fresh_panel(names);
    if (!fresh)
        return std::unexpected{fresh.error()};
    return Panels{.quick = *std::move(quick), .fresh = *std::move(fresh)};
}

std::expected<Result, std::string> minimize_divergence(Case const& start, Panels const& panels,
    campaign::Signature const& signature, Budget const& budget,
    std::function<void(Case const&)> const& improved,
    std::function<bool(Progress const&)> const& go_on)
{
    auto const limits = Limits::for_campaign();
    auto const in_quick = same_signature(panels.quick, signature, limits);
    auto const in_fresh = same_signature(panels.fresh, signature, limits);
    std::expected<Result, std::string> quick = std::unexpected{""};
    if (shows_again(start, in_quick)) {
        quick = minimize(start, in_quick, budget, improved, go_on);
        if (quick && in_fresh(quick->best) == Trial::Interesting)
            return quick;
    }
    auto rest = budget;
    if (quick) {
        rest.seconds -= quick->seconds;
        rest.tries -= quick->tries;
    }
    return minimize(start, in_fresh, rest, improved, go_on);
}

} // namespace touchstone::minimize
