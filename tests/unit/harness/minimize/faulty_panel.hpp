#pragma once
// A reference, and an engine that executes one instruction as if it were another.

#include "harness/campaign/panel.hpp"

#include <memory>
#include <stdexcept>

namespace touchstone::minimize {

/// The modules with each `right` turned into `wrong`, which must have the same type.
inline Prepared confused(Prepared const& prepared, Opcode right, Opcode wrong)
{
    Prepared other{.what = prepared.what, .modules = {}};
    for (auto const& m : prepared.modules) {
        if (!m) {
            other.modules.push_back(m);
            continue;
        }
        auto module = (*m)->module();
        for (auto& f : module.funcs)
            for (auto& i : f.body.instrs)
                if (i.op == right)
                    i.op = wrong;
        other.modules.push_back(validate(std::move(module)));
    }
    return other;
}

inline campaign::Panel confused_panel(Opcode right, Opcode wrong)
{
    std::vector<std::string> const names{"reference", "fast"};
    auto panel = campaign::make_panel(names, campaign::Isolation::ForeignOnly);
    if (!panel)
        throw std::runtime_error{panel.error()};
    panel->members[1].observe = [right, wrong](
                                    Prepared const& p, std::size_t calls, Limits const& limits) {
        return observe_fast(confused(p, right, wrong), calls, limits);
    };
    return *std::move(panel);
}

} // namespace touchstone::minimize
