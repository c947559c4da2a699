#include "engine/reference/rule_counts.hpp"

namespace touchstone::reference {

namespace {

enum class Relation : std::uint8_t
{
    Pure,
    Read,
    Step,
    Other,
};

constexpr Relation relation_of(std::string_view name)
{
    if (name.starts_with("Step_pure/"))
        return Relation::Pure;
    if (name.starts_with("Step_read/"))
        return Relation::Read;
    bool const is_around =
        name == "Step/pure" || name == "Step/read" || name.starts_with("Step/ctxt-");
    return name.starts_with("Step/") && !is_around ? Relation::Step : Relation::Other;
}

constexpr auto relations = [] {
    std::array<Relation, rule_count> all{};
    for (std::size_t i = 0; i < rule_count; ++i)
        all[i] = relation_of(rule_names[i]);
    return all;
}();

} // namespace

/// Step/pure, Step/read, Steps/trans: see the declaration
void RuleCounts::add(RuleName rule, std::uint64_t times)
{
    auto const count = [&](RuleName r) { rules[static_cast<std::size_t>(r)] += times; };
    count(rule);
    auto const relation = relations[static_cast<std::size_t>(rule)];
    if (relation == Relation::Other)
        return;
    count(RuleName::StepsTrans);
    if (relation == Relation::Pure)
        count(RuleName::StepPure);
    if (relation == Relation::Read)
        count(RuleName::StepRead);
}

} // namespace touchstone::reference
