#include "oracles/outcome_seen.hpp"

#include <utility>

namespace touchstone {

CallObservation seen(Outcome outcome, CanonicalStep& step)
{
    CallObservation o;
    o.fuel = outcome.fuel_used;
    o.nan_choice = outcome.nan_choice;
    o.relaxed_choice = outcome.relaxed_choice;
    o.place = outcome.place;
    switch (outcome.end) {
    case Outcome::End::Returned: o.end = End::Returned; break;
    case Outcome::End::Threw: o.end = End::Threw; break;
    case Outcome::End::OutOfFuel: o.end = End::OutOfFuel; break;
    case Outcome::End::Trapped:
        o.end = End::Trapped;
        o.traps = {outcome.trap};
        o.detail = message(outcome.trap);
        break;
    case Outcome::End::Exhausted:
        o.end = End::Exhausted;
        o.limit = outcome.limit;
        o.detail = name(outcome.limit);
        break;
    case Outcome::End::Unlinkable:
        o.end = End::Unlinkable;
        o.detail = std::move(outcome.message);
        break;
    case Outcome::End::Unsupported: return unsupported(outcome.feature);
    }
    o.values = std::move(outcome.values);
    for (auto& v : o.values)
        v = step.value(v);
    return o;
}

std::string exhaustion_text(CallObservation const& seen)
{
    if (seen.end == End::OutOfFuel)
        return "out of fuel";
    return std::string{seen.limit ? name(*seen.limit) : std::string_view{"call stack"}} +
           " exhausted";
}

} // namespace touchstone
