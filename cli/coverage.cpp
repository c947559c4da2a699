#include "cli/commands.hpp"
#include "cli/input_file.hpp"
#include "cli/json_output.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"

#include "reports/coverage.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>

namespace touchstone::cli {

/// No file of counts is nearly as large.
static constexpr std::uint64_t max_file_bytes = 16ULL << 20;

/// All files added up. Each that cannot be used is told.
static std::optional<coverage::Coverage> read_all(std::vector<std::string> const& files, Io io)
{
    std::optional<coverage::Coverage> sum;
    bool bad = false;
    auto const tell = [&](std::string const& message) {
        fmt::print(io.err, "touchstone coverage: {}\n", message);
        bad = true;
    };
    for (auto const& file : files) {
        auto const text = read_file(file, max_file_bytes);
        if (!text) {
            tell(text.error());
            continue;
        }
        auto read = coverage::read(*text);
        if (!read)
            tell(fmt::format("{}: {}", file, read.error()));
        else if (!sum)
            sum = std::move(*read);
        else if (!add(*sum, *read))
            tell(fmt::format("{}: with the files before it a count is too large", file));
    }
    return bad ? std::nullopt : sum;
}

/// What share of the rules, in percent.
static double percent_of(coverage::Share share)
{
    return 100 * static_cast<double>(share.covered) / static_cast<double>(share.all);
}

static Exit run_coverage(Args args, Io io)
{
    std::vector<std::string> files;
    std::string html;
    std::string json;
    double fail_under = 0;
    Options options{args, io};
    options.positionals("FILE", files, "what --coverage wrote")
        .value("--fail-under", fail_under,
            "exit status 1 if less than so many percent of the rules were applied")
        .result("--html", html, "a page that shows every counter")
        .json(json);
    if (auto const stop = options.parse())
        return *stop;
    if (!(fail_under >= 0 && fail_under <= 100))
        return options.usage_error("--fail-under: from 0 to 100");
    auto const sum = read_all(files, io);
    if (!sum)
        return Exit::Usage;
    fmt::print(io.out, "{}", reports::coverage_text(*sum));
    if (!html.empty())
        if (auto const stop = write_output(reports::coverage_page(*sum), html, io))
            return *stop;
    if (!json.empty())
        if (auto const stop = write_json(reports::coverage_json(*sum), json, io))
            return *stop;
    auto const rules = share_of(sum->rules);
    if (rules.covered == 0 && share_of(sum->instructions).covered == 0) {
        fmt::print(io.err, "touchstone coverage: nothing was counted\n");
        return Exit::NothingRan;
    }
    return percent_of(rules) < fail_under ? Exit::Finding : Exit::Ok;
}

Command const coverage_command{
    .name = "coverage",
    .summary = "Say which rules of the specification runs have exercised",
    .help =
        R"(Usage: touchstone coverage FILE... [--html FILE] [--json FILE|-] [--fail-under PERCENT]

The commands spec, fuzz, diff and run take --coverage FILE and write there how often the reference applied each rule
of execution and executed each instruction. This adds such files up, says how much of the specification they cover,
and names what they do not.

Examples:
    # what does the official testsuite exercise?
    $ touchstone spec testsuite/ --oracles reference --coverage suite.json
    $ touchstone coverage suite.json
    # the suite and a campaign together, as a page
    $ touchstone fuzz --count 10000 --coverage campaign.json
    $ touchstone coverage suite.json campaign.json --html coverage.html
    # a gate: 99 percent of the rules, or exit status 1
    $ touchstone coverage suite.json --fail-under 99

Exit status: 0 fine, 1 less than --fail-under, 2 wrong usage, or a file that cannot be read or contradicts itself,
5 nothing was counted.
)",
    .run = run_coverage,
};

} // namespace touchstone::cli
