// The page's section of a campaign: figures, engines, outcomes, and the findings with their text.

#include "reports/html_parts.hpp"
#include "reports/html_sections.hpp"
#include "reports/html_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace touchstone::reports {

namespace {

class Section
{
public:
    Section(std::string& out, CampaignRun const& run, std::string const& id)
        : out_{out}, run_{run}, id_{id}
    {}

    void add()
    {
        print("<section id=\"{}\" aria-labelledby=\"{}-h\">\n<h2 id=\"{}-h\">Campaign {}</h2>\n",
            id_, id_, id_, html_text(file_name(run_.source)));
        print("<p>From <code>{}</code>.</p>\n", html_text(run_.source));
        add_row_problems(out_, run_.problems);
        add_troubles();
        add_figures();
        add_buckets();
        add_outcomes();
        add_oracles();
        add_features();
        out_ += "</section>\n";
    }

private:
    template <class... Args>
    void print(fmt::format_string<Args...> format, Args&&... args)
    {
        fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    }

    void add_troubles()
    {
        if (run_.interrupted)
            out_ += "<p class=\"note\">The campaign was interrupted.</p>\n";
        if (run_.troubles.empty())
            return;
        out_ += "<div class=\"data-errors troubles\">\n<p><strong>Trouble around the "
                "campaign</strong></p>\n<ul>\n";
        for (auto const& t : run_.troubles)
            print("<li>{}</li>\n", html_text(t));
        out_ += "</ul>\n</div>\n";
    }

    void add_figure(std::string_view name, std::string const& value)
    {
        print("<div><dt>{}</dt><dd>{}</dd></div>\n", name, value);
    }

    void add_count(std::string_view name, Count count)
    {
        add_figure(name, count ? html_count(count) : "<span class=\"unknown\">?</span>");
    }

    void add_share(std::string_view name, Count part, Count whole)
    {
        auto const share = html_text(share_text(part, whole));
        if (share.empty())
            return add_count(name, part);
        add_figure(name, fmt::format("{} <small>{}</small>", html_count(part), share));
    }

    void add_rate()
    {
        auto const rate = run_.cases_per_second;
        add_count("cases a second",
            rate && *rate < 1e15 ? Count{static_cast<std::uint64_t>(*rate)} : std::nullopt);
        add_figure("took", run_.seconds ? fmt::format("{:.1f} s", *run_.seconds)
                                        : "<span class=\"unknown\">?</span>");
    }

    void add_figures()
    {
        out_ += "<h3>Figures</h3>\n<dl class=\"figures\">\n";
        add_count("cases", run_.cases);
        add_rate();
        add_share("valid", run_.valid, run_.cases);
        add_share("instantiated", run_.instantiated, run_.cases);
        add_count("instructions executed", run_.executed_instructions);
        add_count("instructions a call, median", run_.median_instructions_per_call);
        add_count("distinct instructions a call, median", run_.median_distinct_opcodes_per_call);
        for (auto const& c : run_.calls)
            add_count(fmt::format("calls {}", html_text(c.name)), c.count);
        add_figure("generator",
            fmt::format("{} {}", html_text(run_.generator), html_count(run_.generator_version)));
        // a seed is a name, not a quantity
        add_figure(
            "seed", run_.seed ? fmt::format("{}", *run_.seed) : "<span class=\"unknown\">?</span>");
        add_count("first case", run_.first_index);
        add_count("jobs", run_.jobs);
        add_figure("touchstone", html_text(run_.touchstone));
        out_ += "</dl>\n";
    }

    void add_outcomes()
    {
        out_ += R"(<h3>Outcomes</h3>
<p class="quiet">Every case ends in exactly one outcome; the worst that any pair of engines gave counts.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Outcomes"><table class="counts">
<thead><tr><th scope="col">outcome</th><th scope="col">cases</th></tr></thead>
<tbody>
)";
        for (auto const& o : run_.outcomes) {
            auto const bad = o.name == "diverge" && o.count && *o.count != 0;
            print(
                "<tr{}><th scope=\"row\">{}</th>", bad ? " class=\"bad\"" : "", html_text(o.name));
            add_share_cell(out_, o.count, run_.cases);
            out_ += "</tr>\n";
        }
        auto const all = sum(run_.outcomes);
        auto const adds_up = all && all == run_.cases;
        print("</tbody>\n<tfoot><tr{}><th scope=\"row\">sum{}</th>",
            adds_up ? "" : " class=\"bad\"",
            adds_up ? "" : " (data error: not the number of cases)");
        add_count_cell(out_, all);
        out_ += "</tr></tfoot></table></div>\n";
    }

    void add_oracles()
    {
        out_ += R"(<h3>Engines</h3>
<p class="quiet">Each engine is held against the first. Shares are of the cases it was asked; those it declined as unsupported are not among them.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Engines"><table class="counts">
<thead><tr><th scope="col">oracle</th><th scope="col" class="words">version</th><th scope="col">asked</th><th scope="col">valid</th><th scope="col">compared to the end</th><th scope="col">with the store</th><th scope="col">shown in part</th><th scope="col">declined</th></tr></thead>
<tbody>
)";
        for (std::size_t i = 0; i < run_.oracles.size(); ++i) {
            auto const& o = run_.oracles[i];
            print("<tr class=\"{}\"><th scope=\"row\">{}</th><td>{}</td>",
                o.problems.empty() ? "" : "bad", html_text(o.name), html_text(o.version));
            add_count_cell(out_, o.asked);
            if (i == 0) {
                out_ += "<td colspan=\"5\">what the others are held against</td></tr>\n";
                continue;
            }
            add_share_cell(out_, o.valid, o.asked);
            add_share_cell(out_, o.compared_to_end, o.asked);
            add_share_cell(out_, o.stores_compared, o.asked);
            add_share_cell(out_, o.cut, o.asked);
            add_count_cell(out_, o.declined);
            out_ += "</tr>\n";
        }
        out_ += "</tbody></table></div>\n";
        for (auto const& o : run_.oracles)
            add_row_problems(out_, o.problems);
    }

    void add_features()
    {
        std::vector<std::string> features;
        for (auto const& o : run_.oracles)
            collect_names(features, o.features);
        if (features.empty())
            return;
        out_ += R"(<h3>Cases compared, by feature</h3>
<p class="quiet">Cases that use the feature and agreed to the end.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Cases compared by feature"><table class="counts">
<thead><tr><th scope="col">feature</th>)";
        for (std::size_t i = 1; i < run_.oracles.size(); ++i)
            print("<th scope=\"col\">{}</th>", html_text(run_.oracles[i].name));
        out_ += "</tr></thead>\n<tbody>\n";
        for (auto const& feature : features) {
            print("<tr><th scope=\"row\">{}</th>", html_text(feature));
            for (std::size_t i = 1; i < run_.oracles.size(); ++i)
                add_count_cell(out_, named(run_.oracles[i].features, feature));
            out_ += "</tr>\n";
        }
        out_ += "</tbody></table></div>\n";
    }

    void add_buckets()
    {
        print("<h3>Findings</h3>\n");
        if (run_.buckets.empty()) {
            out_ += "<p>None.</p>\n";
            return;
        }
        print("<p>{}, each of findings that look like one bug.</p>\n",
            plural(run_.buckets.size(), "bucket"));
        add_filter(out_, id_ + "-buckets", "buckets", run_.buckets.size(), false);
        print("<div class=\"buckets\" id=\"{}-buckets\">\n", id_);
        for (auto const& b : run_.buckets)
            add_bucket(b);
        out_ += "</div>\n";
        if (run_.unlocated && *run_.unlocated != 0)
            print("<p>{} more look like these and were not traced to a bucket.</p>\n",
                plural(*run_.unlocated, "divergent case"));
    }

    void add_bucket(CampaignBucket const& b)
    {
        auto const signature = html_text(b.signature);
        print("<details class=\"item bucket matters problem\" data-name=\"{} {}\"><summary>"
              "<strong>{}</strong> <span class=\"facts\">{}, suspect {}{}</span></summary>\n",
            signature, html_text(b.suspect), signature,
            b.count ? plural(*b.count, "case") : std::string{"? cases"}, html_text(b.suspect),
            b.problems.empty() ? "" : ", <strong>data error</strong>");
        add_row_problems(out_, b.problems);
        print("<p>{}</p>\n", html_text(b.folder_detail.empty() ? b.detail : b.folder_detail));
        if (b.minimized_instructions)
            print("<p>Minimized to {}. As it was found: {}</p>\n",
                plural(*b.minimized_instructions, "instruction"), html_text(b.detail));
        for (auto const& s : b.signatures)
            print("<p>Seen as <code>{}</code></p>\n", html_text(s));
        add_answers(b);
        out_ += "<p>See it again:</p>\n";
        add_command(out_, b.command);
        if (b.folders.empty())
            out_ += "<p>No folder was written for it.</p>\n";
        for (auto const& folder : b.folders)
            print("<p>Folder: <code>{}</code></p>\n", html_text(folder));
        for (auto const& t : b.texts)
            print("<h4>{}</h4>\n<pre tabindex=\"0\" class=\"text\"><code>{}</code></pre>\n{}",
                html_text(t.name), html_text(t.text),
                t.is_cut ? "<p>It goes on; the folder has all of it.</p>\n" : "");
        out_ += "</details>\n";
    }

    void add_answers(CampaignBucket const& b)
    {
        if (b.answers.empty())
            return;
        out_ += "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Answers\">"
                "<table class=\"answers\"><thead><tr><th scope=\"col\">oracle</th>"
                "<th scope=\"col\">answer</th></tr></thead>\n<tbody>\n";
        for (auto const& a : b.answers)
            print("<tr{}><th scope=\"row\">{}</th><td><code>{}</code></td></tr>\n",
                a.oracle == b.suspect ? " class=\"bad\"" : "", html_text(a.oracle),
                html_text(a.answer));
        out_ += "</tbody></table></div>\n";
        auto const& first = b.answers.front().answer;
        if (std::ranges::all_of(b.answers, [&](Answer const& a) { return a.answer == first; }))
            out_ += "<p>The step ended alike everywhere: they differ in what it left behind.</p>\n";
    }

    std::string& out_;
    CampaignRun const& run_;
    std::string const& id_;
};

} // namespace

void add_campaign_section(std::string& out, CampaignRun const& run, std::string const& id)
{
    Section{out, run, id}.add();
}

} // namespace touchstone::reports
