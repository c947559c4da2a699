#pragma once
// A reference and an engine that answers as a test wants it to.

#include "harness/campaign/examine.hpp"

#include <functional>

namespace touchstone::campaign {

using Falsify = std::function<void(Observation&)>;

/// The reference, and a second engine: the fast one whose observations `falsify` changes.
inline Panel panel_of(Falsify falsify, bool has_limits = true)
{
    std::vector<std::string> const names{"reference", "fast"};
    auto panel = make_panel(names, Isolation::ForeignOnly).value();
    auto& other = panel.members[1];
    other.info.name = "wrong";
    other.info.has_limits = has_limits;
    other.observe = [falsify](Prepared const& p, std::size_t calls, Limits const& limits) {
        auto seen = observe_fast(p, calls, limits);
        falsify(seen);
        return seen;
    };
    return panel;
}

inline Examination examined(Case const& c, Panel const& panel)
{
    return examine(c, panel, Limits::for_campaign(), [](std::size_t) {});
}

} // namespace touchstone::campaign
