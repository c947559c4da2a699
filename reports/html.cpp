#include "reports/html.hpp"

#include "reports/headline.hpp"
#include "reports/html_parts.hpp"
#include "reports/html_sections.hpp"
#include "reports/html_text.hpp"

#include <fmt/format.h>

#include <iterator>

namespace touchstone::reports {

static std::string_view class_of(Headline::Tone tone)
{
    switch (tone) {
    case Headline::Tone::Good: return "good";
    case Headline::Tone::Partial: return "partial";
    case Headline::Tone::Bad: break;
    }
    return "bad";
}

/// One line a result, which leads to its section.
static void add_headline(std::string& out, std::string_view kind, std::string_view source,
    std::string_view id, Headline const& headline)
{
    fmt::format_to(std::back_inserter(out), "<li class=\"{}\"><a href=\"#{}\">{} {}</a>: {}</li>\n",
        class_of(headline.tone), id, kind, html_text(file_name(source)), html_text(headline.text));
}

static std::string spec_id(std::size_t i)
{
    return fmt::format("spec{}", i + 1);
}

static std::string campaign_id(std::size_t i)
{
    return fmt::format("campaign{}", i + 1);
}

static void add_headlines(std::string& out, Report const& report)
{
    out += "<ul class=\"headlines\">\n";
    for (std::size_t i = 0; i < report.specs.size(); ++i)
        add_headline(
            out, "Suite", report.specs[i].source, spec_id(i), headline_of(report.specs[i]));
    for (std::size_t i = 0; i < report.campaigns.size(); ++i)
        add_headline(out, "Campaign", report.campaigns[i].source, campaign_id(i),
            headline_of(report.campaigns[i]));
    out += "</ul>\n";
}

static std::string title_of(Report const& report, std::size_t errors)
{
    if (errors != 0)
        return fmt::format("Data errors ({}) - Touchstone report", errors);
    auto bad = false;
    for (auto const& run : report.specs)
        bad |= headline_of(run).tone == Headline::Tone::Bad;
    for (auto const& run : report.campaigns)
        bad |= headline_of(run).tone == Headline::Tone::Bad;
    return bad ? "Failures - Touchstone report" : "Touchstone report";
}

std::string html_page(Report const& report)
{
    auto const problems = problems_of(report);
    std::string out;
    add_page_start(out, report.touchstone, title_of(report, problems.size()), "Touchstone report");
    add_problems(out, problems,
        fmt::format("{} in the results: what is missing or contradicts itself is marked, "
                    "and nothing here may be taken for a success",
            plural(problems.size(), "data error")));
    add_headlines(out, report);
    for (std::size_t i = 0; i < report.specs.size(); ++i)
        add_spec_section(out, report.specs[i], spec_id(i));
    for (std::size_t i = 0; i < report.campaigns.size(); ++i)
        add_campaign_section(out, report.campaigns[i], campaign_id(i));
    add_page_end(out, report.touchstone);
    return out;
}

} // namespace touchstone::reports
