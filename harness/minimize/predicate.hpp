#pragma once
// What makes a case interesting: that a panel of engines still diverges with the same signature.

#include "harness/campaign/signature.hpp"
#include "harness/minimize/minimize.hpp"

#include <optional>

namespace touchstone::minimize {

/// The panel outlives it. Where there are more than two engines, what the pair of the signature
/// agrees on is not shown to the others. Engines that may crash should be isolated. Known and
/// inconclusive outcomes are not interesting.
[[nodiscard]] Interesting same_signature(
    campaign::Panel const& panel, campaign::Signature const& wanted, Limits const& limits);

/// What to look for: the signature with which a case diverges now; absent if it does not.
[[nodiscard]] std::optional<campaign::Signature> signature_now(
    Case const& c, campaign::Panel const& panel, Limits const& limits);

} // namespace touchstone::minimize
