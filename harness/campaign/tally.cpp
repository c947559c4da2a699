#include "harness/campaign/tally.hpp"

#include <numeric>

namespace touchstone::campaign {

namespace {

void add_outcome(Tally& t, Examination const& e, std::uint64_t index)
{
    auto const reason = static_cast<std::size_t>(e.reason);
    switch (e.outcome) {
    case OutcomeKind::Agree: ++t.agree; break;
    case OutcomeKind::Rejected: ++t.rejected; break;
    case OutcomeKind::OutOfFuel: ++t.out_of_fuel; break;
    case OutcomeKind::Exhausted: ++t.exhausted; break;
    case OutcomeKind::Inconclusive:
        ++t.inconclusive[reason];
        t.first_inconclusive[reason].note(index);
        break;
    case OutcomeKind::Known:
    {
        auto const row = static_cast<std::size_t>(e.quirk - quirks().data());
        ++t.known[row];
        t.first_known[row].note(index);
        break;
    }
    case OutcomeKind::Diverge: ++t.diverge; break;
    }
}

void add_member(MemberTally& m, MemberResult const& r, FeatureSet features)
{
    m.declined += r.declined ? 1 : 0;
    if (!r.asked)
        return;
    ++m.asked;
    m.valid += r.valid ? 1 : 0;
    m.cut += r.cut ? 1 : 0;
    m.to_end += r.to_end ? 1 : 0;
    m.store_to_end += r.store_to_end ? 1 : 0;
    for (std::size_t f = 0; r.to_end && f < feature_count; ++f)
        m.features[f] += features.has(static_cast<Feature>(f)) ? 1 : 0;
}

template <class Counts>
void add_each(Counts& to, Counts const& from)
{
    for (std::size_t i = 0; i < to.size(); ++i)
        to[i] += from[i];
}

} // namespace

void Tally::add(Examination const& e, std::uint64_t index)
{
    ++cases;
    valid += e.valid ? 1 : 0;
    instantiated += e.instantiated ? 1 : 0;
    add_outcome(*this, e, index);
    for (std::size_t i = 0; i < e.members.size(); ++i)
        add_member(members[i], e.members[i], e.features);
    for (auto const& call : e.members[0].observation.calls)
        ++ends[static_cast<std::size_t>(call.end)];
    executed_instructions += e.statistics.total.executed_instructions;
    for (auto const& call : e.statistics.calls) {
        instructions_per_call.add(call.executed_instructions);
        opcodes_per_call.add(call.distinct_opcodes);
    }
}

void Tally::add_death()
{
    ++cases;
    ++diverge;
}

void Tally::add_timed_out(std::uint64_t index)
{
    constexpr auto reason = static_cast<std::size_t>(Reason::TimedOut);
    ++cases;
    ++inconclusive[reason];
    first_inconclusive[reason].note(index);
}

void Tally::add(Tally const& other)
{
    cases += other.cases;
    valid += other.valid;
    instantiated += other.instantiated;
    executed_instructions += other.executed_instructions;
    agree += other.agree;
    rejected += other.rejected;
    out_of_fuel += other.out_of_fuel;
    exhausted += other.exhausted;
    diverge += other.diverge;
    add_each(ends, other.ends);
    add_each(inconclusive, other.inconclusive);
    add_each(known, other.known);
    for (std::size_t i = 0; i < inconclusive.size(); ++i)
        first_inconclusive[i].note(other.first_inconclusive[i]);
    for (std::size_t i = 0; i < known.size(); ++i)
        first_known[i].note(other.first_known[i]);
    instructions_per_call.add(other.instructions_per_call);
    opcodes_per_call.add(other.opcodes_per_call);
    for (std::size_t i = 0; i < max_members; ++i) {
        auto& to = members[i];
        auto const& from = other.members[i];
        to.asked += from.asked;
        to.valid += from.valid;
        to.to_end += from.to_end;
        to.store_to_end += from.store_to_end;
        to.cut += from.cut;
        to.declined += from.declined;
        add_each(to.features, from.features);
    }
}

std::uint64_t Tally::sum_of_outcomes() const
{
    auto const sum = [](auto const& counts) {
        return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    };
    return agree + rejected + out_of_fuel + exhausted + diverge + sum(inconclusive) + sum(known);
}

} // namespace touchstone::campaign
