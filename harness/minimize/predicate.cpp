#include "harness/minimize/predicate.hpp"

namespace touchstone::minimize {

std::optional<campaign::Signature> signature_now(
    Case const& c, campaign::Panel const& panel, Limits const& limits)
{
    auto const e = campaign::examine(c, panel, limits, [](std::size_t) {});
    if (e.outcome != campaign::OutcomeKind::Diverge)
        return std::nullopt;
    return campaign::signature_of(c, e, panel);
}

namespace {

/// The reference and the engine that differs, which are asked first where there are others: most
/// candidates end there.
std::optional<campaign::Panel> pair_of(
    campaign::Panel const& panel, campaign::Signature const& wanted)
{
    if (panel.members.size() <= 2)
        return std::nullopt;
    for (std::size_t i = 1; i < panel.members.size(); ++i)
        if (wanted.oracles == panel.members[0].info.name + "/" + panel.members[i].info.name)
            return campaign::Panel{.members = {panel.members[0], panel.members[i]},
                .owned = panel.owned,
                .statistics = panel.statistics};
    return std::nullopt;
}

} // namespace

Interesting same_signature(
    campaign::Panel const& panel, campaign::Signature const& wanted, Limits const& limits)
{
    return [&panel, pair = pair_of(panel, wanted), wanted, limits](Case const& c) {
        if (pair && !signature_now(c, *pair, limits))
            return Trial::Not;
        auto const found = signature_now(c, panel, limits);
        if (!found)
            return Trial::Not;
        return *found == wanted ? Trial::Interesting : Trial::Slipped;
    };
}

} // namespace touchstone::minimize
