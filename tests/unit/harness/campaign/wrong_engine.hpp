#pragma once
// An engine that is wrong about an instruction.

#include "harness/campaign/examine.hpp"

#include <functional>
#include <string>
#include <vector>

namespace touchstone::campaign {

using Rewrite = std::function<void(Module&)>;

/// A reference, and a fast engine that runs another program than it was given: each instruction
/// `right` is executed as `wrong`.
inline Panel panel_with(Rewrite const& rewrite)
{
    std::vector<std::string> const names{"reference", "fast"};
    auto panel = make_panel(names, Isolation::ForeignOnly).value();
    panel.members[1].observe = [rewrite](Prepared const& p, std::size_t calls, Limits const& l) {
        auto prepared = p;
        for (auto& m : prepared.modules) {
            auto module = (*m)->module();
            rewrite(module);
            m = validate(std::move(module)).value();
        }
        return observe_fast(prepared, calls, l);
    };
    return panel;
}

inline Rewrite replacing(Opcode right, Opcode wrong)
{
    return [=](Module& m) {
        for (auto& f : m.funcs)
            for (auto& i : f.body.instrs)
                if (i.op == right)
                    i.op = wrong;
    };
}

} // namespace touchstone::campaign
