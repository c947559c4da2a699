// The page's section of a suite run: totals, unsupported features, and files by engine down to the
// directive.

#include "cases/shell_word.hpp"
#include "reports/html_parts.hpp"
#include "reports/html_sections.hpp"
#include "reports/html_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace touchstone::reports {

namespace {

/// So many failures of a file on an engine are spelled out; fewer where a run fails all over.
constexpr std::size_t max_failures_shown = 50;
constexpr std::size_t max_failures_shown_of_many = 5;
constexpr std::size_t many_failures = 5'000;

std::size_t failures_shown(SpecRun const& run)
{
    std::size_t all = 0;
    for (auto const& f : run.files)
        for (auto const& cell : f.cells)
            all += cell ? cell->failures.size() : 0;
    return all > many_failures ? max_failures_shown_of_many : max_failures_shown;
}

/// The folder that all paths are in, with its slash; empty if they share none.
std::string_view common_folder(std::vector<SpecFile> const& files)
{
    if (files.empty())
        return {};
    auto const whole = [](std::string_view path) { return path.substr(0, path.rfind('/') + 1); };
    auto common = whole(files.front().path);
    for (auto const& f : files)
        while (!f.path.starts_with(common))
            common = whole(common.substr(0, common.size() - 1));
    return common;
}

enum class State : std::uint8_t
{
    Good,
    Partial, ///< some of it was not tried
    Idle,    ///< nothing in it asserts anything
    Bad,
};

/// How a cell stands, and what it says.
struct Standing
{
    State state;
    std::string text; ///< HTML
};

std::string worded(Count n, std::string_view word)
{
    return fmt::format("{} <small>{}</small>", html_count(n), word);
}

bool some(Count n)
{
    return n && *n != 0;
}

State state_of(SpecCell const& cell)
{
    auto const& c = cell.counts;
    if (!cell.problems.empty() || cell.unreadable || some(c.failed) || some(c.crashed))
        return State::Bad;
    if (some(sum(c.unsupported)) || some(c.skipped) || some(c.known))
        return State::Partial;
    return some(c.passed) ? State::Good : State::Idle;
}

Standing standing_of(SpecCell const& cell)
{
    auto const& c = cell.counts;
    std::vector<std::string> parts;
    if (!cell.problems.empty())
        parts.emplace_back("<strong>data error</strong>");
    if (cell.unreadable)
        parts.emplace_back("unreadable");
    for (auto const& [n, word] : {std::pair{c.failed, "failed"}, {c.crashed, "crashed"},
             {c.known, "known to fail"}, {c.passed, "passed"}, {sum(c.unsupported), "unsupported"},
             {c.skipped, "skipped"}, {c.not_applicable, "not applicable"}})
        if (some(n))
            parts.push_back(worded(n, word));
    if (parts.empty())
        parts.emplace_back("<small>no assertion</small>");
    return {.state = state_of(cell), .text = fmt::format("{}", fmt::join(parts, ", "))};
}

std::string_view class_of(State s)
{
    switch (s) {
    case State::Good: return "good";
    case State::Partial: return "partial";
    case State::Idle: return "idle";
    case State::Bad: break;
    }
    return "bad";
}

class Section
{
public:
    Section(std::string& out, SpecRun const& run, std::string const& id)
        : out_{out},
          run_{run},
          id_{id},
          folder_{common_folder(run.files)},
          max_shown_{failures_shown(run)}
    {}

    void add()
    {
        print("<section id=\"{}\" aria-labelledby=\"{}-h\">\n<h2 id=\"{}-h\">Suite run {}</h2>\n",
            id_, id_, id_, html_text(file_name(run_.source)));
        print("<p>{} on {}, by touchstone {}; {:.1f} s of processor time, {} MiB at most. "
              "From <code>{}</code>.</p>\n",
            plural(run_.files.size(), "file"), plural(run_.oracles.size(), "oracle"),
            html_text(run_.touchstone), run_.user_seconds.value_or(0),
            html_count(run_.peak_rss_bytes ? Count{*run_.peak_rss_bytes >> 20U} : std::nullopt),
            html_text(run_.source));
        add_row_problems(out_, run_.problems);
        add_totals();
        add_features();
        add_matrix();
        out_ += "</section>\n";
    }

private:
    template <class... Args>
    void print(fmt::format_string<Args...> format, Args&&... args)
    {
        fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    }

    void add_totals()
    {
        out_ += R"(<h3>Totals</h3>
<p class="quiet">Directives of all files by what became of them; they add up to the last column. Modules and other directives that were carried out and assert nothing stand under <em>no assertion</em>.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Totals by oracle"><table class="counts totals">
<thead><tr><th scope="col">oracle</th><th scope="col" class="words">version</th><th scope="col">passed</th><th scope="col">failed</th><th scope="col">crashed</th><th scope="col">known</th><th scope="col">unsupported</th><th scope="col">skipped</th><th scope="col">not applicable</th><th scope="col">no assertion</th><th scope="col">all</th></tr></thead>
<tbody>
)";
        for (auto const& o : run_.oracles) {
            auto const& c = o.counts;
            print("<tr class=\"{}\"><th scope=\"row\">{}</th><td>{}</td>",
                o.problems.empty() ? "" : "bad", html_text(o.name), html_text(o.version));
            add_count_cell(out_, c.passed, "good");
            add_count_cell(out_, c.failed, "bad");
            add_count_cell(out_, c.crashed, "bad");
            add_count_cell(out_, c.known, "partial");
            add_count_cell(out_, sum(c.unsupported), "partial");
            add_count_cell(out_, c.skipped, "partial");
            add_count_cell(out_, c.not_applicable);
            add_count_cell(out_, c.done);
            add_count_cell(out_, c.directives);
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
            collect_names(features, o.counts.unsupported);
        if (features.empty())
            return;
        out_ += R"(<h3>Unsupported, by feature</h3>
<p class="quiet">Directives that need a feature which the oracle does not have: neither passed nor failed.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Unsupported directives by feature"><table class="counts">
<thead><tr><th scope="col">feature</th>)";
        add_oracle_heads();
        out_ += "</tr></thead>\n<tbody>\n";
        for (auto const& feature : features) {
            print("<tr><th scope=\"row\">{}</th>", html_text(feature));
            for (auto const& o : run_.oracles)
                add_count_cell(out_, named(o.counts.unsupported, feature), "partial");
            out_ += "</tr>\n";
        }
        out_ += "</tbody></table></div>\n";
    }

    void add_oracle_heads()
    {
        for (auto const& o : run_.oracles)
            print("<th scope=\"col\">{}</th>", html_text(o.name));
    }

    void add_matrix()
    {
        out_ += "<h3>Files</h3>\n";
        if (!folder_.empty())
            print("<p>In <code>{}</code>.</p>\n", html_text(folder_));
        add_filter(out_, id_ + "-files", "files", run_.files.size(), true);
        print(
            R"(<p class="quiet">Each file on each oracle. Lines below a file open to its failures, directive by directive, and to what was not tried.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Files by oracle"><table class="matrix" id="{}-files">
<thead><tr><th scope="col">file</th>)",
            id_);
        add_oracle_heads();
        out_ += "</tr></thead>\n";
        for (auto const& f : run_.files)
            add_file(f);
        out_ += "</table></div>\n";
    }

    void add_file(SpecFile const& f)
    {
        auto bad = !f.problems.empty();
        std::string cells;
        for (auto const& cell : f.cells) {
            auto const s =
                cell ? standing_of(*cell)
                     : Standing{.state = State::Bad, .text = "<strong>no result</strong>"};
            bad |= s.state == State::Bad;
            cells += fmt::format("<td class=\"{}\">{}</td>", class_of(s.state), s.text);
        }
        auto const name = html_text(std::string_view{f.path}.substr(folder_.size()));
        print("<tbody class=\"item{}\" data-name=\"{}\"><tr><th scope=\"row\">{}</th>{}</tr>\n",
            bad ? " problem" : "", name, name, cells);
        add_details(f, bad);
        out_ += "</tbody>\n";
    }

    void add_details(SpecFile const& f, bool bad)
    {
        std::size_t failures = 0;
        Count unsupported = 0;
        auto has_reason = false;
        for (auto const& cell : f.cells)
            if (cell) {
                failures += cell->failures.size();
                unsupported = plus(unsupported, sum(cell->counts.unsupported));
                has_reason |= !cell->reason.empty();
            }
        if (!bad && failures == 0 && !some(unsupported) && !has_reason)
            return;
        std::vector<std::string> parts;
        if (failures != 0)
            parts.push_back(plural(failures, "failure"));
        if (some(unsupported))
            parts.emplace_back("unsupported features");
        if (has_reason)
            parts.emplace_back("what was not tried");
        print("<tr class=\"more\"><td colspan=\"{}\"><details{}><summary>{}</summary>\n",
            run_.oracles.size() + 1, bad ? " class=\"matters\"" : "",
            parts.empty() ? "data errors" : fmt::format("{}", fmt::join(parts, ", ")));
        add_row_problems(out_, f.problems);
        for (std::size_t i = 0; i < f.cells.size(); ++i)
            if (f.cells[i])
                add_cell(f.path, run_.oracles[i].name, *f.cells[i]);
        out_ += "</details></td></tr>\n";
    }

    void add_cell(std::string const& path, std::string const& oracle, SpecCell const& cell)
    {
        add_row_problems(out_, cell.problems);
        if (!cell.failures.empty())
            add_failures(path, oracle, cell.failures);
        if (!cell.counts.unsupported.empty()) {
            print("<p>Unsupported on <strong>{}</strong>:", html_text(oracle));
            auto separator = "";
            for (auto const& u : cell.counts.unsupported) {
                print("{} {} {}", separator, html_text(u.name), html_count(u.count));
                separator = ",";
            }
            out_ += "</p>\n";
        }
        if (!cell.reason.empty())
            print("<p>{} on <strong>{}</strong>: {}</p>\n",
                cell.unreadable ? "Not read" : "Not tried", html_text(oracle),
                html_text(cell.reason));
    }

    void add_failures(std::string const& path, std::string const& oracle,
        std::vector<SpecFailure> const& failures)
    {
        print("<h4>{} on {}</h4>\n<ul class=\"failures\">\n", plural(failures.size(), "failure"),
            html_text(oracle));
        for (std::size_t i = 0; i < std::min(failures.size(), max_shown_); ++i) {
            auto const& f = failures[i];
            print("<li class=\"failure\"><p>line {} <code>{}</code>{}</p><dl><dt>expected</dt>"
                  "<dd><code>{}</code></dd><dt>got</dt><dd><code>{}</code></dd></dl></li>\n",
                f.line ? fmt::format("{}", *f.line) : "?", html_text(f.directive),
                f.feature.empty() ? "" : " (" + html_text(f.feature) + ")", html_text(f.expected),
                html_text(f.got));
        }
        out_ += "</ul>\n";
        if (failures.size() > max_shown_)
            print("<p>{} of {} are shown; the result file has all.</p>\n", max_shown_,
                failures.size());
        out_ += "<p>See it again:</p>\n";
        add_command(
            out_, fmt::format("touchstone spec {} --oracles {}{}", shell_word(path),
                      shell_word(oracle), run_.strict_messages ? " --strict-messages" : ""));
    }

    std::string& out_;
    SpecRun const& run_;
    std::string const& id_;
    std::string_view folder_;
    std::size_t max_shown_;
};

} // namespace

void add_spec_section(std::string& out, SpecRun const& run, std::string const& id)
{
    Section{out, run, id}.add();
}

} // namespace touchstone::reports
