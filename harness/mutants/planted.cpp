#include "harness/mutants/planted.hpp"

#ifdef TOUCHSTONE_FAULTS

#include "engine/fast/faults.hpp"
#include "engine/syntax/faults.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace touchstone::mutants {

template <class Fault>
static void switched_by(PlantedFault& row, Fault f)
{
    row.is_shared = std::is_same_v<Fault, SharedFault>;
    row.turn = [f](bool on) { fault_switch(f).mode = on ? FaultMode::On : FaultMode::Off; };
    row.start_counting = [f] {
        fault_switch(f).passed = 0;
        fault_switch(f).shown = 0;
        fault_switch(f).mode = FaultMode::Counted;
    };
    row.counted = [f] {
        fault_switch(f).mode = FaultMode::Off;
        return Passes{fault_switch(f).passed, fault_switch(f).shown};
    };
}

std::vector<PlantedFault> planted_faults()
{
    std::vector<PlantedFault> rows;
    auto const add = [&rows](PlantedFault row, auto f) {
        switched_by(row, f);
        rows.push_back(std::move(row));
    };
#define FAULT(name, id, fault_class, feature, instruction, what)                                   \
    add({id, fault_class, Feature::feature, instruction, what}, fast::Fault::name);
#include "engine/fast/faults.inc"
#undef FAULT
#define FAULT(name, id, fault_class, feature, instruction, what)                                   \
    add({id, fault_class, Feature::feature, instruction, what}, SharedFault::name);
#include "engine/syntax/faults.inc"
#undef FAULT
    return rows;
}

std::expected<void, std::string> turn_on_from_environment()
{
    auto const* const named = std::getenv("TOUCHSTONE_FAULTS");
    if (named == nullptr)
        return {};
    auto const rows = planted_faults();
    for (std::string_view rest = named; !rest.empty();) {
        auto const id = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(id.size() + 1, rest.size()));
        auto const row = std::ranges::find(rows, id, &PlantedFault::id);
        if (row == rows.end())
            return std::unexpected{fmt::format("TOUCHSTONE_FAULTS: there is no fault `{}`", id)};
        row->turn(true);
    }
    return {};
}

} // namespace touchstone::mutants

#else

namespace touchstone::mutants {

std::vector<PlantedFault> planted_faults()
{
    return {};
}

std::expected<void, std::string> turn_on_from_environment()
{
    return {};
}

} // namespace touchstone::mutants

#endif
