#include "reports/read.hpp"

#include "reports/read_campaign.hpp"
#include "reports/read_spec.hpp"

#include <fmt/format.h>

namespace touchstone::reports {

void add_unread(Report& report, std::string const& source, std::string why)
{
    report.problems.push_back({.where = source, .what = std::move(why)});
    report.unreadable = true;
}

void add_result(Report& report, std::string const& source, std::string_view text)
{
    nlohmann::ordered_json json;
    try {
        json = nlohmann::ordered_json::parse(text);
    } catch (nlohmann::json::parse_error const& e) {
        return add_unread(report, source, fmt::format("is no JSON (at byte {})", e.byte));
    }
    auto const schema = json.is_object() ? json.value("schema", nlohmann::ordered_json{})
                                         : nlohmann::ordered_json{};
    if (schema == "touchstone.spec/1")
        report.specs.push_back(read_spec(json, source));
    else if (schema == "touchstone.campaign/1")
        report.campaigns.push_back(read_campaign(json, source, source));
    else
        report.problems.push_back({.where = source,
            .what = schema.is_string()
                        ? fmt::format("there is no report of {}", schema.get<std::string>())
                        : "is no result: it has no `schema`"});
}

} // namespace touchstone::reports
