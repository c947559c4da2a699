// The page of what runs exercised.

#include "reports/coverage.hpp"
#include "reports/html_parts.hpp"
#include "reports/html_text.hpp"
#include "reports/version.hpp"

#include <fmt/format.h>

#include <iterator>

namespace touchstone::reports {

namespace {

using coverage::Counter;

/// One section: a table of its groups, and under each the counters by name.
class Section
{
public:
    Section(std::string& out, std::string_view id, std::string_view title, std::string_view note,
        std::vector<Counter> const& counters)
        : out_{out}, id_{id}, title_{title}, note_{note}, counters_{counters}
    {}

    void add()
    {
        auto const share = share_of(counters_);
        print("<section id=\"{}\" aria-labelledby=\"{}-h\">\n<h2 id=\"{}-h\">{}: {} of {}</h2>\n"
              "<p class=\"quiet\">{}</p>\n",
            id_, id_, id_, title_, html_count(share.covered), html_count(share.all), note_);
        add_missing();
        add_groups();
        out_ += "</section>\n";
    }

private:
    template <class... Args>
    void print(fmt::format_string<Args...> format, Args&&... args)
    {
        fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    }

    void add_missing()
    {
        std::string items;
        for (auto const& c : counters_)
            if (c.count == 0)
                items += fmt::format("<li><code>{}</code></li>\n", html_text(c.name));
        if (!items.empty())
            print("<h3>Never</h3>\n<ul>\n{}</ul>\n", items);
    }

    void add_groups()
    {
        print("<h3>All</h3>\n");
        add_filter(
            out_, fmt::format("{}-groups", id_), "groups", groups_of(counters_).size(), true);
        print("<div id=\"{}-groups\">\n", id_);
        for (auto const group : groups_of(counters_))
            add_group(group);
        out_ += "</div>\n";
    }

    void add_group(std::string_view group)
    {
        auto const share = share_of(counters_, group);
        bool const whole = share.covered == share.all;
        std::string names{group}; // a filter finds the group by what is in it
        for (auto const& c : counters_)
            if (c.group == group)
                names.append(" ").append(c.name);
        print("<details class=\"item{}\" data-name=\"{}\"><summary><strong>{}</strong> "
              "<span class=\"facts\">{} of {}</span></summary>\n",
            whole ? "" : " problem", html_text(names), html_text(group), html_count(share.covered),
            html_count(share.all));
        print("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">"
              "<table class=\"counts\">\n<thead><tr><th scope=\"col\">name</th>"
              "<th scope=\"col\">count</th></tr></thead>\n<tbody>\n",
            html_text(group));
        for (auto const& c : counters_) {
            if (c.group != group)
                continue;
            print("<tr{}><th scope=\"row\">{}</th>", c.count == 0 ? " class=\"bad\"" : "",
                html_text(c.name));
            add_count_cell(out_, c.count);
            out_ += "</tr>\n";
        }
        out_ += "</tbody></table></div>\n</details>\n";
    }

    std::string& out_;
    std::string_view id_;
    std::string_view title_;
    std::string_view note_;
    std::vector<Counter> const& counters_;
};

void add_sources(std::string& out, coverage::Coverage const& c)
{
    out += "<ul>\n";
    for (auto const& s : c.sources) {
        fmt::format_to(std::back_inserter(out), "<li>{} {} of <code>{}", html_count(s.count),
            html_text(s.unit), html_text(s.command));
        for (auto const& w : s.what)
            out.append(" ").append(html_text(w));
        fmt::format_to(
            std::back_inserter(out), "</code> by touchstone {}</li>\n", html_text(s.touchstone));
    }
    out += "</ul>\n";
}

} // namespace

std::string coverage_page(coverage::Coverage const& c)
{
    std::string out;
    add_page_start(out, version(), "Touchstone coverage", "Touchstone coverage");
    out += "<p>What the reference exercised of the specification in these runs:</p>\n";
    add_sources(out, c);
    Section{out, "rules", "Rules",
        "Rules of execution, each counted when the reference applies it; by relation.", c.rules}
        .add();
    Section{out, "definitions", "Definitions",
        "Definitions that an instruction stands for, as often as it was executed; by chapter.",
        c.definitions}
        .add();
    Section{out, "instructions", "Instructions",
        "Each counted when it is executed, also where it traps; by the feature that has it.",
        c.instructions}
        .add();
    add_page_end(out, version());
    return out;
}

} // namespace touchstone::reports
