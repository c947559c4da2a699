#include "harness/mutants/hunter.hpp"

#include "harness/campaign/worker.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

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

/// What is wrong at this case with the fault on; a hunter that died of it has left word.
std::optional<std::string> wrong_with(PlantedFault const& fault, Looking& looking, Trail& trail)
{
    if (trail.death[0] != '\0')
        return std::string{trail.death};
    enter(trail, HuntStage::Faulty);
    fault.turn(true);
    auto wrong = looking.look();
    fault.turn(false);
    return wrong;
}

/// Only where the faultless build is silent it counts.
void look_for(PlantedFault const& fault, Looking& looking, Trail& trail, Mark& mark)
{
    auto const wrong = wrong_with(fault, looking, trail);
    auto const died = std::exchange(trail.death[0], '\0') != '\0';
    if (!wrong)
        return;
    enter(trail, HuntStage::Faultless);
    if (looking.look()) {
        ++mark.unsound;
        return;
    }
    auto const n = std::min(wrong->size(), sizeof mark.signature - 1);
    std::memcpy(mark.signature, wrong->data(), n);
    mark.signature[n] = '\0';
    mark.index = trail.index;
    mark.is_death = died;
    mark.noticed = true;
}

} // namespace

void hunt(Party const& party, Settings const& settings, Trail& trail)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    auto const looking = look_in(party.layer, *party.faults.front(), settings);
    if (!looking)
        _exit(hunt_has_no_engines);
    auto const end = budget_of(party.layer, settings);
    auto const is_noticed = [](Mark const& m) { return m.noticed.load(); };
    for (; trail.index < end && !std::ranges::all_of(party.marks, is_noticed); ++trail.index) {
        enter(trail, HuntStage::Preparing);
        (*looking)->prepare(trail.index);
        for (; trail.fault < party.faults.size(); ++trail.fault)
            if (auto& mark = party.marks[trail.fault]; !mark.noticed)
                look_for(*party.faults[trail.fault], **looking, trail, mark);
        trail.fault = 0;
    }
    _exit(hunt_done);
}

} // namespace touchstone::mutants
