#include "engine/fast/store.hpp"
#include "oracles/in_process.hpp"

namespace touchstone {

std::unique_ptr<Oracle> make_fast_oracle()
{
    return make_in_process_oracle(
        "fast", TOUCHSTONE_VERSION, [](Limits const& limits) { return fast::make_store(limits); });
}

Observation observe_fast(Prepared const& prepared, std::size_t calls, Limits const& limits)
{
    return observe(prepared, calls, limits, [](Limits const& l) { return fast::make_store(l); });
}

} // namespace touchstone
