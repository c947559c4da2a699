#include "cli/commands.hpp"
#include "cli/coverage_option.hpp"
#include "cli/json_output.hpp"
#include "cli/options.hpp"
#include "cli/sound_here.hpp"
#include "harness/minimize/divergence.hpp"
#include "reports/campaign.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <optional>
#include <thread>

#include <csignal>

namespace touchstone::cli {

namespace {

/// One line that is rewritten on a terminal, and a line every ten seconds elsewhere.
class ProgressLine
{
public:
    explicit ProgressLine(Io io, bool quiet) : io_{io}, quiet_{quiet} {}

    void show(campaign::Progress const& p)
    {
        auto const pause = io_.err_is_terminal ? 0.5 : 10.0;
        if (quiet_ || p.seconds - last_ < pause)
            return;
        last_ = p.seconds;
        fmt::print(io_.err, "{}fuzz: {:.0f} s, {} cases, {:.0f} a second, {} buckets{}{}",
            io_.err_is_terminal ? "\r" : "", p.seconds, p.cases,
            static_cast<double>(p.cases) / p.seconds, p.buckets,
            p.waiting == 0 ? "" : fmt::format(", {} findings to look at", p.waiting),
            io_.err_is_terminal ? "\x1b[K" : "\n");
        std::fflush(io_.err);
        shown_ = true;
    }

    void clear()
    {
        if (shown_ && io_.err_is_terminal)
            fmt::print(io_.err, "\r\x1b[K");
    }

private:
    Io io_;
    bool quiet_;
    double last_ = 0;
    bool shown_ = false;
};

Exit exit_of(campaign::Result const& r)
{
    if (r.signal == SIGINT)
        return Exit::Interrupted;
    if (r.signal == SIGTERM)
        return Exit::Terminated;
    if (!r.buckets.empty())
        return Exit::Finding;
    if (!r.troubles.empty())
        return Exit::Internal;
    auto const& members = r.tally.members;
    auto const compared =
        std::ranges::any_of(members, [](campaign::MemberTally const& m) { return m.to_end != 0; });
    return compared ? Exit::Ok : Exit::NothingRan;
}

/// Why findings could not be written into this folder, which is made if it is not there: told
/// before the night, not after it.
std::optional<std::string> not_writable(std::filesystem::path const& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return fmt::format("cannot make the folder {}: {}", folder.string(), error.message());
    auto const trial = folder / ".touchstone-trial";
    std::filesystem::create_directory(trial, error);
    if (error)
        return fmt::format("cannot write into {}: {}", folder.string(), error.message());
    std::filesystem::remove(trial, error);
    return std::nullopt;
}

/// The least case that still diverges alike, as far as a few seconds go.
Case minimized(Case const& c, campaign::Panel const& panel, campaign::Signature const& signature)
{
    constexpr double seconds = 10;
    std::vector<std::string> names;
    for (auto const& m : panel.members)
        names.push_back(m.info.name);
    auto const panels = minimize::make_panels(names);
    if (!panels)
        return c;
    SoundHere const sound; // the engines have processes of their own
    auto const result = minimize::minimize_divergence(
        c, *panels, signature, {.seconds = seconds}, [](Case const&) {});
    return result ? result->best : c;
}

/// Panels in which the reference counts; what records findings runs them again and does not.
auto counting_in_workers(std::shared_ptr<RuleSums> const& sums)
{
    return [sums](std::span<std::string const> names, campaign::Isolation isolation) {
        return isolation == campaign::Isolation::ForeignOnly
                   ? campaign::make_counting_panel(names, isolation, sums)
                   : campaign::make_panel(names, isolation);
    };
}

coverage::Source source_of(campaign::Settings const& settings, std::uint64_t cases)
{
    return {.command = "fuzz",
        .what = {fmt::format("--generator {}", generators::name(settings.kind)),
            fmt::format("--seed {}", settings.seed), fmt::format("--first {}", settings.first)},
        .count = cases,
        .unit = "cases"};
}

Exit run_fuzz(Args args, Io io)
{
    campaign::Settings settings;
    std::string generator{generators::name(settings.kind)};
    std::string out;
    std::string json;
    CoverageOption coverage;
    std::optional<std::uint64_t> count;
    double seconds = 0;
    std::uint32_t jobs = std::max(1U, std::thread::hardware_concurrency());
    bool as_found = false;
    bool quiet = false;
    Options options{args, io};
    options.list("--oracles", settings.oracles, "engines; the reference always takes part")
        .value("--time", seconds, "seconds to run (60 if there is no --count)")
        .value("--count", count, "cases to run")
        .value("--seed", settings.seed, "the same seed makes the same cases")
        .value("--first", settings.first, "index of the first case")
        .choice("--generator", generator, generators::names_of_kinds(), "what makes the cases")
        .value("--jobs", jobs, "worker processes (as many as processors)")
        .value("--out", out, "a folder for the findings")
        .flag("--as-found", as_found, "do not minimize findings")
        .flag("--quiet", quiet, "no progress")
        .json(json);
    coverage.add_to(options);
    if (auto const stop = options.parse())
        return *stop;
    if (jobs == 0 || jobs > 1'024)
        return options.usage_error("--jobs must be from 1 to 1024");
    if (seconds < 0)
        return options.usage_error("--time must not be negative");
    if (count && *count > std::numeric_limits<std::uint64_t>::max() - settings.first)
        return options.usage_error("--first plus --count must fit 64 bits");
    settings.kind = *generators::kind_named(generator);
    settings.count = count;
    if (!as_found)
        settings.minimize = minimized;
    settings.jobs = jobs;
    if (seconds > 0 || !count)
        settings.seconds = seconds > 0 ? seconds : 60;
    if (!out.empty()) {
        if (auto const why = not_writable(out)) {
            fmt::print(io.err, "touchstone fuzz: {}\n", *why);
            return Exit::Usage;
        }
        settings.out = out;
    }

    if (coverage.sums() != nullptr)
        settings.make_panel = counting_in_workers(coverage.sums());
    ProgressLine progress{io, quiet};
    auto const result =
        campaign::run(settings, [&progress](campaign::Progress const& p) { progress.show(p); });
    progress.clear();
    if (!result) {
        fmt::print(io.err, "touchstone fuzz: {}\n", result.error());
        return Exit::OracleMissing;
    }
    fmt::print(io.out, "{}", reports::campaign_text(*result, settings));
    if (!json.empty())
        if (auto const stop = write_json(reports::campaign_json(*result, settings), json, io))
            return *stop;
    if (auto const stop = coverage.write(source_of(settings, result->tally.cases), io))
        return *stop;
    return exit_of(*result);
}

} // namespace

constexpr Command fuzz_command{
    .name = "fuzz",
    .summary = "Run generated modules in several engines and compare everything they do",
    .help = R"(Usage: touchstone fuzz [--time SECONDS] [--count N] [--oracles NAME,...] [--out DIR]

Examples:
    # a minute on every engine built in; exit status 1 if any two differ
    $ touchstone fuzz
    # a night, findings in a folder each, with a script and a command that show them again
    $ touchstone fuzz --time 28800 --out findings --json campaign.json
    # exactly these cases, whatever the machine and the number of jobs
    $ touchstone fuzz --seed 7 --count 100000
    # do decoders and validators accept the same of what is almost valid?
    $ touchstone fuzz --generator near-valid --oracles reference,wabt
    # and text parsers, of texts?
    $ touchstone fuzz --generator near-valid-text --oracles reference,wabt

Exit status: 0 nothing found, 1 findings, 2 wrong usage, 3 an oracle is missing, 4 internal error,
5 no case was run, 130 or 143 interrupted (what was found is reported and written).
)",
    .run = run_fuzz,
};

} // namespace touchstone::cli
