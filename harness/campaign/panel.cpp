#include "harness/campaign/panel.hpp"

#include "oracles/registry.hpp"

#include <algorithm>

namespace touchstone::campaign {

namespace {

/// Behind a server process of its own.
std::expected<void, std::string> add_isolated(
    Panel& panel, std::string const& name, std::shared_ptr<RuleSums> const& sums)
{
    auto made = sums != nullptr && name == "reference"
                    ? isolate([&sums] { return make_reference_oracle(sums); })
                    : make_isolated_oracle(name);
    if (!made)
        return std::unexpected{made.error()};
    std::shared_ptr<Oracle> const oracle{std::move(*made)};
    panel.owned.push_back(oracle);
    panel.members.push_back({.info = oracle->info(),
        .observe = [oracle](Prepared const& prepared, std::size_t calls, Limits const& limits) {
            Task const task{.what = prepared.what, .calls = calls};
            return oracle->observe({&task, 1}, limits).at(0);
        }});
    return {};
}

void add_reference(Panel& panel, std::shared_ptr<RuleSums> const& sums)
{
    panel.members.push_back({.info = make_reference_oracle()->info(),
        .observe = [statistics = panel.statistics, sums](
                       Prepared const& prepared, std::size_t calls, Limits const& limits) {
            *statistics = {};
            return observe_reference(prepared, calls, limits, statistics.get(), sums);
        }});
}

void add_fast(Panel& panel)
{
    panel.members.push_back({.info = make_fast_oracle()->info(), .observe = observe_fast});
}

} // namespace

FeatureSet common_features(Panel const& panel)
{
    auto common = wasm3;
    for (auto const& m : panel.members)
        common = common & m.info.features;
    return common;
}

FeatureSet generated_features(Panel const& panel)
{
    auto const ours = panel.members[0].info.features;
    if (panel.members.size() == 1)
        return ours;
    FeatureSet theirs;
    for (std::size_t i = 1; i < panel.members.size(); ++i)
        theirs = theirs | panel.members[i].info.features;
    return ours & theirs;
}

std::expected<Panel, std::string> make_panel(
    std::span<std::string const> names, Isolation isolation)
{
    return make_counting_panel(names, isolation, nullptr);
}

std::expected<Panel, std::string> make_counting_panel(
    std::span<std::string const> names, Isolation isolation, std::shared_ptr<RuleSums> const& sums)
{
    std::vector<std::string> ordered{"reference"};
    for (auto const& name : names)
        if (std::ranges::find(ordered, name) == ordered.end())
            ordered.push_back(name);

    Panel panel;
    panel.statistics = std::make_shared<CaseStatistics>();
    for (auto const& name : ordered) {
        if (isolation == Isolation::ForeignOnly && name == "reference")
            add_reference(panel, sums);
        else if (isolation == Isolation::ForeignOnly && name == "fast")
            add_fast(panel);
        else if (auto const added = add_isolated(panel, name, sums); !added)
            return std::unexpected{added.error()};
    }
    return panel;
}

} // namespace touchstone::campaign
