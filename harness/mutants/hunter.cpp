#include "harness/mutants/hunter.hpp"

#include "harness/campaign/worker.hpp"

#include <algorithm>
#include <cstring>

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace touchstone::mutants {

namespace {

void enter(Trail& trail, HuntStage stage)
{
    trail.since_ms = campaign::now_ms();
    trail.stage = stage;
}

/// Only what the faultless build stands counts.
bool is_silent_without(Looking& looking, Trail& trail)
{
    enter(trail, HuntStage::Faultless);
    return !looking.look();
}

/// What is wrong at this case with the fault on. A hunter that died of it leaves its signature.
std::optional<std::string> wrong_with(PlantedFault const& fault, Looking& looking, Trail& trail)
{
    if (trail.died)
        return std::string{trail.signature};
    enter(trail, HuntStage::Faulty);
    fault.turn(true);
    auto wrong = looking.look();
    fault.turn(false);
    return wrong;
}

} // namespace

void hunt(PlantedFault const& fault, std::string_view layer, Settings const& settings, Trail& trail)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    auto const looking = look_in(layer, fault, settings);
    if (!looking)
        _exit(hunt_has_no_engines);
    auto const end = budget_of(layer, settings);
    for (; trail.index < end; ++trail.index) {
        enter(trail, HuntStage::Preparing);
        (*looking)->prepare(trail.index);
        auto const wrong = wrong_with(fault, **looking, trail);
        if (wrong && is_silent_without(**looking, trail)) {
            auto const n = std::min(wrong->size(), sizeof trail.signature - 1);
            std::memmove(trail.signature, wrong->data(), n);
            trail.signature[n] = '\0';
            trail.noticed = true;
            break;
        }
        if (wrong)
            ++trail.unsound;
        trail.died = false;
    }
    _exit(hunt_done);
}

} // namespace touchstone::mutants
