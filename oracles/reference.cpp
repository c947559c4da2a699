#include "engine/reference/store.hpp"
#include "oracles/in_process.hpp"

namespace touchstone {

/// A store that counts into these, where there are any.
static reference::Counting counting(
    reference::Statistics* statistics, std::shared_ptr<RuleSums> const& sums)
{
    reference::Counting what{.statistics = statistics};
    if (sums != nullptr) {
        auto const counts = std::make_shared<reference::RuleCounts>();
        what.rules = counts.get();
        what.settled = [counts, sums] { sums->take(*counts); };
    }
    return what;
}

std::unique_ptr<Oracle> make_reference_oracle(std::shared_ptr<RuleSums> const& sums)
{
    return make_in_process_oracle("reference", TOUCHSTONE_VERSION, [sums](Limits const& limits) {
        return reference::make_store(limits, counting(nullptr, sums));
    });
}

Observation observe_reference(Prepared const& prepared, std::size_t calls, Limits const& limits,
    CaseStatistics* statistics, std::shared_ptr<RuleSums> const& sums)
{
    auto* const counted = statistics == nullptr ? nullptr : &statistics->total;
    return observe(prepared, calls, limits,
        [counted, &sums](
            Limits const& l) { return reference::make_store(l, counting(counted, sums)); },
        {.statistics = statistics, .seen = {}});
}

} // namespace touchstone
