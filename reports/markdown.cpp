#include "reports/markdown.hpp"

#include "reports/html_parts.hpp"
#include "reports/html_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <tuple>

namespace touchstone::reports {

namespace {

/// Text that Markdown shows as it is, on one line and inside a table.
std::string plain(std::string_view text)
{
    std::string out;
    for (char const c : html_text(text)) {
        if (std::string_view{"\\`*_[]|#~$"}.find(c) != std::string_view::npos)
            out += '\\';
        out += c == '\n' || c == '\t' ? ' ' : c;
    }
    return out;
}

/// "28,100: simd 24,766, gc 286", the largest first.
std::string unsupported_text(DirectiveCounts const& c)
{
    auto features = c.unsupported;
    std::ranges::sort(features, [](NamedCount const& x, NamedCount const& y) {
        return std::tuple{y.count, x.name} < std::tuple{x.count, y.name};
    });
    auto text = html_count(sum(c.unsupported));
    for (auto const& f : features)
        text += fmt::format(
            "{} {} {}", &f == features.data() ? ":" : ",", plain(f.name), html_count(f.count));
    return text;
}

void add_problems(std::string& out, Problems const& problems)
{
    if (problems.empty())
        return;
    fmt::format_to(std::back_inserter(out), "**{}**: what follows cannot be trusted.\n\n",
        plural(problems.size(), "data error"));
    for (auto const& p : problems)
        fmt::format_to(std::back_inserter(out), "- {}: {}\n", plain(p.where), plain(p.what));
    out += '\n';
}

void add_spec(std::string& out, SpecRun const& run)
{
    Count directives = 0;
    if (!run.oracles.empty())
        directives = run.oracles.front().counts.directives;
    fmt::format_to(std::back_inserter(out), "{}, {} directives:\n\n",
        plural(run.files.size(), "file"), html_count(directives));
    out += "| oracle | passed | failed | known | unsupported | skipped | not applicable | no "
           "assertion |\n"
           "|---|---|---|---|---|---|---|---|\n";
    for (auto const& o : run.oracles)
        fmt::format_to(std::back_inserter(out), "| {} {} | {} | {} | {} | {} | {} | {} | {} |\n",
            plain(o.name), plain(o.version), html_count(o.counts.passed),
            html_count(plus(o.counts.failed, o.counts.crashed)), html_count(o.counts.known),
            unsupported_text(o.counts), html_count(o.counts.skipped),
            html_count(o.counts.not_applicable), html_count(o.counts.done));
    out += '\n';
}

void add_campaign(std::string& out, CampaignRun const& run)
{
    fmt::format_to(std::back_inserter(out), "{} ({} {}, seed {}):\n\n",
        plural(run.cases.value_or(0), "case"), plain(run.generator),
        html_count(run.generator_version), run.seed.value_or(0));
    out += "| outcome | cases |\n|---|---|\n";
    for (auto const& o : run.outcomes)
        fmt::format_to(
            std::back_inserter(out), "| {} | {} |\n", plain(o.name), html_count(o.count));
    out += "\n| oracle | asked | compared to the end | with the store |\n|---|---|---|---|\n";
    for (auto const& o : run.oracles)
        fmt::format_to(std::back_inserter(out), "| {} {} | {} | {} | {} |\n", plain(o.name),
            plain(o.version), html_count(o.asked), html_count(o.compared_to_end),
            html_count(o.stores_compared));
    out += '\n';
    for (auto const& b : run.buckets)
        fmt::format_to(std::back_inserter(out), "- {} ({} cases, suspect {}): {}\n",
            plain(b.signature), html_count(b.count), plain(b.suspect), plain(b.detail));
    if (!run.buckets.empty())
        out += '\n';
    for (auto const& t : run.troubles)
        fmt::format_to(std::back_inserter(out), "- trouble: {}\n", plain(t));
}

} // namespace

std::string markdown(Report const& report)
{
    std::string out;
    add_problems(out, problems_of(report));
    for (auto const& run : report.specs)
        add_spec(out, run);
    for (auto const& run : report.campaigns)
        add_campaign(out, run);
    while (out.ends_with("\n\n"))
        out.pop_back();
    return out;
}

} // namespace touchstone::reports
