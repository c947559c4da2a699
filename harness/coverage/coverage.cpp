#include "harness/coverage/coverage.hpp"

#include "engine/embedding/limits.hpp"
#include "engine/reference/store.hpp"
#include "harness/coverage/definitions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace touchstone::coverage {

namespace {

std::vector<Counter> rules_in(reference::RuleCounts const& counts)
{
    std::vector<Counter> all;
    for (std::size_t i = 1; i < reference::rule_count; ++i) {
        auto const name = reference::rule_names[i];
        all.push_back({.name = std::string{name},
            .group = std::string{name.substr(0, name.find('/'))},
            .count = counts.rules[i]});
    }
    return all;
}

/// What of the standard the reference executes, by text; where two share one, the second with its
/// own name.
std::vector<Counter> instructions_in(reference::RuleCounts const& counts)
{
    auto const features = reference::make_store(Limits::for_spec())->features() & wasm3;
    std::vector<Counter> all;
    for (std::size_t i = 0; i < op_table.size(); ++i) {
        auto const& row = op_table[i];
        if (!features.has(row.since))
            continue;
        std::string name{row.text};
        if (std::ranges::find(all, name, &Counter::name) != all.end())
            name = fmt::format("{} ({})", row.text, row.name);
        all.push_back({.name = std::move(name),
            .group = std::string{touchstone::name(row.since)},
            .count = counts.instructions[i]});
    }
    return all;
}

bool add(std::vector<Counter>& to, std::vector<Counter> const& other)
{
    for (std::size_t i = 0; i < to.size(); ++i)
        if (__builtin_add_overflow(to[i].count, other[i].count, &to[i].count))
            return false;
    return true;
}

} // namespace

std::vector<Counter> definitions_of(std::vector<Counter> const& instructions)
{
    std::vector<Counter> all;
    for (auto const& row : definition_rows()) {
        auto& d = all.emplace_back(std::string{row.name}, std::string{row.chapter});
        for (auto const& i : instructions)
            if (uses(std::string_view{i.name}.substr(0, i.name.find(' ')), row))
                d.count += i.count;
    }
    return all;
}

Coverage coverage_of(reference::RuleCounts const& counts, Source source)
{
    Coverage c;
    c.sources.push_back(std::move(source));
    c.rules = rules_in(counts);
    c.instructions = instructions_in(counts);
    c.definitions = definitions_of(c.instructions);
    return c;
}

bool add(Coverage& to, Coverage const& other)
{
    to.sources.insert(to.sources.end(), other.sources.begin(), other.sources.end());
    return add(to.rules, other.rules) && add(to.definitions, other.definitions) &&
           add(to.instructions, other.instructions);
}

Share share_of(std::vector<Counter> const& section, std::string_view group)
{
    Share share;
    for (auto const& c : section) {
        if (!group.empty() && c.group != group)
            continue;
        ++share.all;
        share.covered += c.count != 0 ? 1 : 0;
    }
    return share;
}

std::vector<std::string_view> groups_of(std::vector<Counter> const& section)
{
    std::vector<std::string_view> groups;
    for (auto const& c : section)
        if (std::ranges::find(groups, c.group) == groups.end())
            groups.emplace_back(c.group);
    return groups;
}

} // namespace touchstone::coverage
