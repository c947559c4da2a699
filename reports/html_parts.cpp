#include "reports/html_parts.hpp"

#include "reports/html_text.hpp"
#include "reports/page_assets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace touchstone::reports {

/// The policy keeps the page from asking for anything, whatever it shows.
static constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="touchstone {0}">
<title>{1}</title>
<style>
{2}</style>
</head>
<body>
<main>
<h1>{3}</h1>
)";

void add_page_start(
    std::string& out, std::string_view touchstone, std::string_view title, std::string_view heading)
{
    fmt::format_to(std::back_inserter(out), head, html_text(touchstone), html_text(title), page_css,
        html_text(heading));
}

void add_page_end(std::string& out, std::string_view touchstone)
{
    fmt::format_to(std::back_inserter(out),
        "</main>\n<footer><p>Page made by touchstone {}.</p></footer>\n<script>\n{}</script>\n"
        "</body>\n</html>\n",
        html_text(touchstone), page_js);
}

/// So many are spelled out at the top of the page; the rows show all.
static constexpr std::size_t max_listed = 20;

static void add_problem_items(std::string& out, Problems const& problems, std::size_t most)
{
    out += "<ul>\n";
    for (std::size_t i = 0; i < std::min(most, problems.size()); ++i)
        fmt::format_to(std::back_inserter(out), "<li><code>{}</code>: {}</li>\n",
            html_text(problems[i].where), html_text(problems[i].what));
    out += "</ul>\n";
}

void add_problems(std::string& out, Problems const& problems, std::string_view title)
{
    if (problems.empty())
        return;
    fmt::format_to(std::back_inserter(out),
        "<div class=\"data-errors\" role=\"alert\">\n<p><strong>{}</strong></p>\n",
        html_text(title));
    add_problem_items(out, problems, max_listed);
    if (problems.size() > max_listed)
        fmt::format_to(std::back_inserter(out),
            "<p>and {} more, each marked where it belongs.</p>\n", problems.size() - max_listed);
    out += "</div>\n";
}

void add_row_problems(std::string& out, Problems const& problems)
{
    if (problems.empty())
        return;
    out += "<div class=\"data-errors\">\n<p><strong>Data error</strong></p>\n";
    add_problem_items(out, problems, problems.size());
    out += "</div>\n";
}

void add_count_cell(std::string& out, Count count, std::string_view marked)
{
    std::string_view const extra = !count ? " unknown" : *count != 0 ? marked : "";
    fmt::format_to(std::back_inserter(out), "<td class=\"n{}{}\">{}</td>",
        !extra.empty() && extra.front() != ' ' ? " " : "", extra, html_count(count));
}

std::string share_text(Count part, Count whole)
{
    if (!part || !whole || *whole == 0)
        return {};
    auto const percent = 100.0 * static_cast<double>(*part) / static_cast<double>(*whole);
    if (*part < *whole && percent > 99.99)
        return ">99.99%";
    if (*part != 0 && percent < 0.01)
        return "<0.01%";
    return fmt::format("{:.2f}%", percent);
}

void add_share_cell(std::string& out, Count part, Count whole)
{
    auto const share = share_text(part, whole);
    if (share.empty())
        return add_count_cell(out, part);
    fmt::format_to(std::back_inserter(out), "<td class=\"n\">{} <small>{}</small></td>",
        html_count(part), html_text(share));
}

void add_command(std::string& out, std::string_view command)
{
    fmt::format_to(std::back_inserter(out),
        "<pre class=\"command\" tabindex=\"0\"><code>{}</code></pre>\n", html_text(command));
}

void add_filter(std::string& out, std::string_view id, std::string_view what, std::size_t count,
    bool can_hide_good)
{
    fmt::format_to(std::back_inserter(out),
        R"(<div class="filter" data-for="{0}" data-what="{1}" hidden>
<label>Filter {1} <input type="search" autocomplete="off" spellcheck="false"></label>
{3}<output aria-live="polite">{2} {1}</output>
</div>
)",
        id, what, html_count(count),
        can_hide_good ? "<label><input type=\"checkbox\"> Only problems</label>\n" : "");
}

void collect_names(std::vector<std::string>& names, NamedCounts const& counts)
{
    for (auto const& c : counts)
        if (std::ranges::find(names, c.name) == names.end())
            names.push_back(c.name);
}

std::string_view file_name(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

std::string plural(std::uint64_t n, std::string_view one)
{
    return fmt::format("{} {}{}", html_count(n), one, n == 1 ? "" : "s");
}

} // namespace touchstone::reports
