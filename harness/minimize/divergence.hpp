#pragma once
// Minimizing a divergence of engines, each in processes of its own.

#include "harness/campaign/signature.hpp"
#include "harness/minimize/minimize.hpp"

#include <span>

namespace touchstone::minimize {

/// The engines twice: many cases a process, which is fast, and each case in a fresh one, which
/// shows no case what another left behind.
struct Panels
{
    campaign::Panel quick;
    campaign::Panel fresh;
};

/// To be called early, while this process is small. The error says which oracle is missing or
/// unusable, and why.
[[nodiscard]] std::expected<Panels, std::string> make_panels(std::span<std::string const> names);

/// Minimizes on the quick panel. Where the case does not show the signature there each time, or the
/// result not in fresh processes, because the engine's answer depends on what it ran before, all is
/// done in fresh ones.
[[nodiscard]] std::expected<Result, std::string> minimize_divergence(Case const& start,
    Panels const& panels, campaign::Signature const& signature, Budget const& budget,
    std::function<void(Case const&)> const& improved,
    std::function<bool(Progress const&)> const& go_on = {});

} // namespace touchstone::minimize
