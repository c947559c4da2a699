#include "cli/commands.hpp"
#include "cli/input_file.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"

#include "reports/html.hpp"
#include "reports/markdown.hpp"
#include "reports/read.hpp"
#include "reports/version.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace touchstone::cli {

/// So many data errors are told on standard error; the report has all.
static constexpr std::size_t max_told = 10;

static reports::Report read_all(std::vector<std::string> const& files)
{
    reports::Report report;
    report.touchstone = reports::version();
    for (auto const& file : files) {
        auto const text = read_file(file);
        if (text)
            reports::add_result(report, file, *text);
        else // the error begins with the file's name, which stands before it anyway
            reports::add_unread(report, file, text.error().substr(file.size() + 2));
    }
    return report;
}

static void tell(reports::Problems const& problems, Io io)
{
    for (std::size_t i = 0; i < std::min(problems.size(), max_told); ++i)
        fmt::print(
            io.err, "touchstone report: data error: {}: {}\n", problems[i].where, problems[i].what);
    if (problems.size() > max_told)
        fmt::print(
            io.err, "touchstone report: and {} more data errors\n", problems.size() - max_told);
}

static Exit run_report(Args args, Io io)
{
    std::string format;
    std::vector<std::string> files;
    std::string output = "-";
    Options options{args, io};
    options.positional("FORMAT", format, "html or markdown")
        .positionals("RESULT", files, "JSON of `touchstone spec` and `touchstone fuzz`")
        .value("-o,--output", output, "where the report goes; standard output if not given");
    if (auto const stop = options.parse())
        return *stop;
    if (format != "html" && format != "markdown")
        return options.usage_error(fmt::format("there is no format `{}`: html, markdown", format));

    auto const report = read_all(files);
    auto const text = format == "html" ? reports::html_page(report) : reports::markdown(report);
    if (auto const stop = write_output(text, output, io))
        return *stop;
    auto const problems = reports::problems_of(report);
    tell(problems, io);
    if (report.unreadable)
        return Exit::Usage;
    return problems.empty() ? Exit::Ok : Exit::Finding;
}

Command const report_command{
    .name = "report",
    .summary = "Make a page of the results of suite runs and campaigns",
    .help = R"(Usage: touchstone report html|markdown RESULT... [--output FILE]

One report of all results. The HTML page holds everything that it shows and opens from disk. Counts that do not
add up, missing results and missing folders are shown as data errors, never passed over.

Examples:
    # look at a suite run
    $ touchstone spec testsuite/ --oracles reference,fast,wabt --json spec.json
    $ touchstone report html spec.json -o report.html
    # and at a campaign, with the texts from its findings' folders
    $ touchstone fuzz --out findings --json campaign.json
    $ touchstone report html spec.json campaign.json -o report.html
    # a table for a README
    $ touchstone report markdown spec.json

Exit status: 0 the report was made and its data are sound (whatever failed in them), 1 the report was made and
shows data errors, 2 wrong usage, or a result that cannot be read (the report says so).
)",
    .run = run_report,
};

} // namespace touchstone::cli
