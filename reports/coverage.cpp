#include "reports/coverage.hpp"

#include "reports/version.hpp"
#include "reports/visible_text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <iterator>

namespace touchstone::reports {

using nlohmann::ordered_json;

namespace {

using Section = std::vector<coverage::Counter>;

void add_sources(std::string& out, coverage::Coverage const& c)
{
    for (auto const& s : c.sources) {
        fmt::format_to(
            std::back_inserter(out), "counted in {} {} of {}", s.count, s.unit, s.command);
        for (auto const& w : s.what)
            out.append(" ").append(visible_text(w));
        out += "\n";
    }
}

void add_share(std::string& out, std::string_view name, coverage::Share share)
{
    fmt::format_to(
        std::back_inserter(out), "{:<22}{:>6} of {:>4}\n", name, share.covered, share.all);
}

void add_section(std::string& out, std::string_view name, Section const& section)
{
    add_share(out, name, share_of(section));
    for (auto const group : groups_of(section))
        add_share(out, fmt::format("  {}", group), share_of(section, group));
}

void add_missing(std::string& out, std::string_view what, Section const& section)
{
    std::string names;
    for (auto const& c : section)
        if (c.count == 0)
            names.append(" ").append(c.name);
    if (!names.empty())
        fmt::format_to(std::back_inserter(out), "never {}:{}\n", what, names);
}

ordered_json section_json(Section const& section)
{
    auto json = ordered_json::object();
    for (auto const& c : section)
        json[c.name] = c.count;
    return json;
}

} // namespace

std::string coverage_text(coverage::Coverage const& c)
{
    std::string out;
    add_sources(out, c);
    add_section(out, "rules", c.rules);
    add_section(out, "definitions", c.definitions);
    add_section(out, "instructions", c.instructions);
    add_missing(out, "applied", c.rules);
    add_missing(out, "used", c.definitions);
    add_missing(out, "executed", c.instructions);
    return out;
}

ordered_json coverage_json(coverage::Coverage const& c)
{
    ordered_json json{{"schema", "touchstone.coverage/1"}, {"touchstone", version()}};
    auto& sources = json["sources"] = ordered_json::array();
    for (auto const& s : c.sources)
        sources.push_back({{"command", s.command}, {"touchstone", s.touchstone}, {"what", s.what},
            {"count", s.count}, {"unit", s.unit}});
    json["rules"] = section_json(c.rules);
    json["definitions"] = section_json(c.definitions);
    json["instructions"] = section_json(c.instructions);
    return json;
}

} // namespace touchstone::reports
