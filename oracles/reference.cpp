#include "engine/reference/store.hpp"
#include "oracles/in_process.hpp"

namespace touchstone {

std::unique_ptr<Oracle> make_reference_oracle()
{
    return make_in_process_oracle("reference", TOUCHSTONE_VERSION,
        [](Limits const& limits) { return reference::make_store(limits); });
}

Observation observe_reference(
    Prepared const& prepared, std::size_t calls, Limits const& limits, CaseStatistics* statistics)
{
    auto* const counted = statistics == nullptr ? nullptr : &statistics->total;
    return observe(prepared, calls, limits,
        [counted](Limits const& l) { return reference::make_store(l, {.statistics = counted}); },
        {.statistics = statistics, .seen = {}});
}

} // namespace touchstone
