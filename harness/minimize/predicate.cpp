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

Interesting same_signature(
    campaign::Panel const& panel, campaign::Signature wanted, Limits const& limits)
{
    return [&panel, wanted = std::move(wanted), limits](Case const& c) {
        auto const found = signature_now(c, panel, limits);
        if (!found)
            return Trial::Not;
        return *found == wanted ? Trial::Interesting : Trial::Slipped;
    };
}

} // namespace touchstone::minimize
