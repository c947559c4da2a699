// Reads a file of counts back, and believes nothing in it.

#include "harness/coverage/coverage.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <optional>

namespace touchstone::coverage {

namespace {

using nlohmann::json;
using Problem = std::optional<std::string>;

/// Names that somebody else wrote, as one line.
std::string in_quotes(std::string_view text)
{
    constexpr std::size_t most = 60;
    return json(std::string{text.substr(0, most)})
        .dump(-1, ' ', true, json::error_handler_t::replace);
}

Problem read_section(json const& file, std::string const& key, std::vector<Counter>& section)
{
    auto const found = file.find(key);
    if (found == file.end() || !found->is_object())
        return fmt::format("`{}` is no object of counts", key);
    for (auto& counter : section) {
        auto const at = found->find(counter.name);
        if (at == found->end())
            return fmt::format("`{}` lacks {}: was it made by another version?", key, counter.name);
        if (!at->is_number_unsigned())
            return fmt::format("`{}`: {} is no count", key, counter.name);
        counter.count = at->get<std::uint64_t>();
    }
    if (found->size() == section.size())
        return std::nullopt;
    for (auto const& [name, count] : found->items())
        if (std::ranges::find(section, name, &Counter::name) == section.end())
            return fmt::format("`{}`: nothing is called {}", key, in_quotes(name));
    return std::nullopt;
}

Problem read_source(json const& from, Source& to)
{
    auto const text = [&](char const* key, std::string& into) {
        auto const at = from.find(key);
        if (at == from.end() || !at->is_string())
            return false;
        into = at->get<std::string>();
        return true;
    };
    if (!from.is_object() || !text("command", to.command) || !text("touchstone", to.touchstone) ||
        !text("unit", to.unit))
        return "`sources`: `command`, `touchstone` or `unit` is no text";
    auto const count = from.find("count");
    if (count == from.end() || !count->is_number_unsigned())
        return "`sources`: `count` is no count";
    to.count = count->get<std::uint64_t>();
    auto const what = from.find("what");
    if (what == from.end() || !what->is_array())
        return "`sources`: `what` is no list";
    for (auto const& w : *what) {
        if (!w.is_string())
            return "`sources`: `what` holds something else than texts";
        to.what.push_back(w.get<std::string>());
    }
    return std::nullopt;
}

Problem read_sources(json const& file, std::vector<Source>& sources)
{
    auto const found = file.find("sources");
    if (found == file.end() || !found->is_array() || found->empty())
        return "`sources` is no list of what was run";
    sources.clear();
    for (auto const& s : *found)
        if (auto const problem = read_source(s, sources.emplace_back()))
            return problem;
    return std::nullopt;
}

/// A sum that stops at the greatest number, so that no wrong one looks right.
std::uint64_t plus(std::uint64_t a, std::uint64_t b)
{
    return b > std::numeric_limits<std::uint64_t>::max() - a
               ? std::numeric_limits<std::uint64_t>::max()
               : a + b;
}

/// What is counted along with others must be their sum.
Problem contradiction(Coverage const& c)
{
    std::uint64_t pure = 0;
    std::uint64_t read = 0;
    std::uint64_t all = 0;
    auto const count_of = [&](std::string_view name) {
        return std::ranges::find(c.rules, name, &Counter::name)->count;
    };
    for (auto const& r : c.rules) {
        bool const is_around =
            r.name == "Step/pure" || r.name == "Step/read" || r.name.starts_with("Step/ctxt-");
        if (!r.group.starts_with("Step") || r.group == "Steps" || is_around)
            continue;
        all = plus(all, r.count);
        pure = plus(pure, r.group == "Step_pure" ? r.count : 0);
        read = plus(read, r.group == "Step_read" ? r.count : 0);
    }
    if (count_of("Step/pure") != pure)
        return "it contradicts itself: Step/pure is not the sum of the rules of Step_pure";
    if (count_of("Step/read") != read)
        return "it contradicts itself: Step/read is not the sum of the rules of Step_read";
    if (count_of("Steps/trans") != all)
        return "it contradicts itself: Steps/trans is not the sum of all steps";
    if (c.definitions != definitions_of(c.instructions))
        return "it contradicts itself: a definition's count is not that of its instructions";
    return std::nullopt;
}

} // namespace

std::expected<Coverage, std::string> read(std::string_view text)
{
    auto const file = json::parse(text, nullptr, false);
    if (file.is_discarded())
        return std::unexpected{std::string{"it is no JSON, or not all of it"}};
    if (!file.is_object() || !file.contains("schema"))
        return std::unexpected{std::string{"it is no result: it has no `schema`"}};
    if (file["schema"] != "touchstone.coverage/1")
        return std::unexpected{fmt::format("its schema is {}, not touchstone.coverage/1",
            file["schema"].is_string() ? in_quotes(file["schema"].get<std::string>()) : "no text")};
    auto c = coverage_of({}, {});
    auto problem = read_sources(file, c.sources);
    if (!problem)
        problem = read_section(file, "rules", c.rules);
    if (!problem)
        problem = read_section(file, "instructions", c.instructions);
    if (!problem)
        problem = read_section(file, "definitions", c.definitions);
    if (!problem)
        problem = contradiction(c);
    if (problem)
        return std::unexpected{std::move(*problem)};
    return c;
}

} // namespace touchstone::coverage
