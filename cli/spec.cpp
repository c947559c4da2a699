#include "cases/shell_word.hpp"
#include "cli/commands.hpp"
#include "cli/coverage_option.hpp"
#include "cli/engines.hpp"
#include "cli/feature_names.hpp"
#include "cli/json_output.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"
#include "cli/progress.hpp"

#include "harness/script/expectations.hpp"
#include "reports/junit.hpp"
#include "reports/suite.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <thread>

namespace touchstone::cli {

namespace {

struct SpecOptions
{
    std::vector<std::string> paths;
    std::vector<std::string> oracles{"reference", "fast"};
    std::uint32_t jobs = std::max(1U, std::thread::hardware_concurrency());
    std::uint32_t timeout = 120;
    bool all = false;
    bool strict_messages = false;
    bool quiet = false;
    bool open = false;
    std::string profile;
    std::uint64_t seed = 0;
    std::string limits = "spec";
    std::optional<std::uint64_t> fuel;
    std::uint64_t interleavings = 1;
    std::string expect;
    std::vector<script::Expectation> expectations;
    std::string junit;
    CoverageOption coverage;
    std::string json;
};

} // namespace

static void print_failure(script::FileReport const& file, script::DirectiveResult const& f, Io io)
{
    fmt::print(io.out, "{}{}:{}{}: {} on {}: expected {}, got {}\n", io.color ? "\x1b[31m" : "",
        file.path, f.line, io.color ? "\x1b[0m" : "", f.directive, file.oracle, f.expected, f.got);
}

/// NAME or NAME=COMMAND, as it was asked for.
static std::string spelled(std::string const& name, std::vector<std::string> const& oracles)
{
    for (auto const& o : oracles)
        if (o.starts_with(name + "="))
            return shell_word(o);
    return name;
}

/// --limits and --fuel, where they were given.
static std::string limits_spelled(SpecOptions const& o)
{
    return (o.limits == "spec" ? "" : " --limits " + o.limits) +
           (o.fuel ? fmt::format(" --fuel {}", *o.fuel) : "");
}

static Limits limits_of(SpecOptions const& o)
{
    auto limits = o.limits == "campaign" ? Limits::for_campaign() : Limits::for_spec();
    if (o.fuel)
        limits.fuel_per_call = limits.fuel_per_instantiation = *o.fuel;
    return limits;
}

/// The failures, file by file, each with the command that shows them again.
static void print_failures(script::SuiteReport const& report, SpecOptions const& options, Io io)
{
    for (auto const& file : report.files) {
        for (auto const& f : file.failures)
            print_failure(file, f, io);
        if (!file.failures.empty())
            fmt::print(io.out, "    again: touchstone spec '{}' --oracles {}{}{}{}{}\n", file.path,
                spelled(file.oracle, options.oracles),
                options.profile.empty() ? "" : " --profile " + options.profile,
                options.seed == 0 ? "" : fmt::format(" --seed {}", options.seed),
                limits_spelled(options), options.strict_messages ? " --strict-messages" : "");
    }
}

static void print_totals(std::vector<reports::SuiteTotals> const& all, std::size_t files, Io io)
{
    fmt::print(io.out, "{:<12}{:>9}{:>9}{:>9}{:>13}{:>9}{:>9}\n", "oracle", "passed", "failed",
        "crashed", "unsupported", "skipped", "modules");
    for (auto const& t : all)
        fmt::print(io.out, "{:<12}{:>9}{:>9}{:>9}{:>13}{:>9}{:>9}\n", t.name, t.passed, t.failed,
            t.crashed, t.unsupported_count(), t.skipped, t.modules);
    for (auto const& t : all) {
        if (!t.unsupported.empty())
            fmt::print(io.out, "{} does not support yet:", t.name);
        for (auto const& [feature, count] : t.unsupported)
            fmt::print(io.out, " {} ({})", feature, count);
        fmt::print(io.out, "{}", t.unsupported.empty() ? "" : "\n");
        if (t.not_applicable != 0)
            fmt::print(io.out, "{} directives do not apply to {}\n", t.not_applicable, t.name);
        if (t.known != 0)
            fmt::print(io.out, "{} directives failed on {} as expected\n", t.known, t.name);
    }
    fmt::print(io.out, "{} files\n", files);
}

/// Every directive that was not tried for want of a feature, file by file.
static void print_open(script::SuiteReport const& report, Io io)
{
    for (auto const& f : report.files)
        for (auto const& [feature, lines] : f.unsupported_lines) {
            fmt::print(io.out, "{} on {}: {} of {}, lines {}\n", f.path, f.oracle, lines.size(),
                feature, fmt::join(lines, " "));
        }
}

/// What scripts with threads may do, on an engine that tries their interleavings.
static void print_interleavings(script::SuiteReport const& report, Io io)
{
    for (auto const& f : report.files) {
        if (f.interleavings == 0)
            continue;
        fmt::print(io.out, "{} on {}: {}{} interleavings{}\n", f.path, f.oracle,
            f.all_interleavings ? "all " : "the first ", f.interleavings,
            f.joint_outcomes.empty() ? ", every answer the same in all" : "");
        for (auto const& [outcome, count] : f.joint_outcomes)
            fmt::print(io.out, "{:>10}  {}\n", count, outcome);
    }
}

/// What is not the standard's own, folder by folder.
static void print_folders(std::vector<reports::FolderTotals> const& all, Io io)
{
    if (all.empty())
        return;
    fmt::print(io.out, "{:<34}{:<24}{:<12}{:>9}{:>9}{:>9}{:>13}\n", "folder", "profile", "oracle",
        "passed", "failed", "known", "unsupported");
    for (auto const& [folder, profile, t] : all)
        fmt::print(io.out, "{:<34}{:<24}{:<12}{:>9}{:>9}{:>9}{:>13}\n", folder, profile, t.name,
            t.passed, t.failed + t.crashed, t.known, t.unsupported_count());
}

/// Says why of each script that could not be read, once for all engines. False if there is none.
static bool tell_unreadable(script::SuiteReport const& report, Io io)
{
    std::string_view last;
    for (auto const& f : report.files) {
        if (!f.is_unreadable || f.path == last)
            continue;
        fmt::print(io.err, "touchstone spec: {}: {}\n", f.path, f.reason);
        last = f.path;
    }
    return !last.empty();
}

/// What was expected to fail and did not: the list must shrink with the bugs.
static void print_gone(std::vector<script::Expectation> const& gone, std::string const& list, Io io)
{
    for (auto const& e : gone)
        fmt::print(io.out, "{}:{}: {} was expected to fail and did not ({})\n", list, e.place,
            e.text(), e.reason);
}

static Exit verdict(std::vector<reports::SuiteTotals> const& all, Io io)
{
    auto const failed = [](reports::SuiteTotals const& t) { return t.failed + t.crashed != 0; };
    if (std::ranges::any_of(all, failed))
        return Exit::Finding;
    for (auto const& t : all)
        if (!t.ran_something()) {
            fmt::print(io.err, "touchstone spec: nothing ran on {}\n", t.name);
            return Exit::NothingRan;
        }
    return Exit::Ok;
}

/// The results for programs; the exit code if one could not be written.
static std::optional<Exit> write_results(script::SuiteReport const& report,
    std::vector<reports::SuiteTotals> const& totals, SpecOptions const& o, Io io)
{
    if (!o.junit.empty())
        if (auto const stop = write_output(reports::junit(report), o.junit, io))
            return stop;
    if (!o.json.empty())
        return write_json(reports::suite_json(report, totals, o.strict_messages), o.json, io);
    return std::nullopt;
}

static std::optional<Exit> parse(SpecOptions& o, Options& options)
{
    options
        .positionals(
            "PATH", o.paths, "test scripts (.wast, .json of wast2json), and folders of .wast")
        .list("--oracles", o.oracles, "the engines; reference,fast if not given")
        .value("--jobs", o.jobs, "files at a time; as many as there are processors if not given")
        .value("--timeout", o.timeout, "seconds for a file on an engine; 120 if not given")
        .flag("--all", o.all, "in folders, also custom/, legacy/, proposals/ and next/")
        .flag("--strict-messages", o.strict_messages,
            "refusals must also have the words that the script expects")
        .choice("--profile", o.profile, names_of_profiles(),
            "what modules may use, whatever their folder")
        .value("--seed", o.seed, "chooses how the threads of a script take turns; 0 if not given")
        .value("--interleavings", o.interleavings,
            "try so many interleavings of a script's threads at most, and tell what was seen")
        .choice("--limits", o.limits, {"spec", "campaign"},
            "what a call may use of our engines; that of a campaign's cases is less")
        .value("--fuel", o.fuel, "units that a call, or an instantiation, may spend of our engines")
        .value("--expect", o.expect, "known failures (TOML); one that is gone fails the run")
        .flag("--open", o.open, "list each directive that needs a feature the engine lacks")
        .flag("-q,--quiet", o.quiet, "only the totals")
        .result("--junit", o.junit, "the result as JUnit XML")
        .json(o.json);
    o.coverage.add_to(options);
    if (auto const stop = options.parse())
        return stop;
    if (o.jobs == 0 || o.jobs > 1024)
        return options.usage_error("--jobs: from 1 to 1024");
    if (o.expect.empty())
        return std::nullopt;
    auto known = script::load_expectations(o.expect);
    if (!known)
        return options.usage_error(known.error());
    o.expectations = *std::move(known);
    return std::nullopt;
}

static Exit run_spec(Args args, Io io)
{
    SpecOptions o;
    Options options{args, io};
    if (auto const stop = parse(o, options))
        return *stop;
    auto engines = engines_named(o.oracles, io);
    if (!engines)
        return engines.error();
    if (!o.coverage.count_in(*engines))
        return options.usage_error(CoverageOption::needs_reference);
    auto const files = script::collect_scripts(o.paths, o.all);
    if (!files)
        return options.usage_error(files.error());
    if (files->empty())
        fmt::print(io.err, "touchstone spec: no .wast file there\n");

    Progress progress{io, files->size() * engines->size()};
    auto report = script::run_suite(*files, *engines,
        {.jobs = o.jobs,
            .strict_messages = o.strict_messages,
            .profile = profile_named(o.profile),
            .seed = o.seed,
            .interleavings = std::max<std::uint64_t>(1, o.interleavings),
            .limits = limits_of(o),
            .timeout = std::chrono::seconds{std::max(1U, o.timeout)},
            .done = [&](script::FileReport const& f) { progress.step(f.path); }});
    progress.end();
    auto const gone = script::apply(o.expectations, report);
    auto const totals = reports::totals_of(report, *engines);
    if (!o.quiet)
        print_failures(report, o, io);
    if (o.open)
        print_open(report, io);
    print_interleavings(report, io);
    print_folders(reports::folders_of(report), io);
    print_totals(totals, files->size(), io);
    print_gone(gone, o.expect, io);
    if (auto const stop = write_results(report, totals, o, io))
        return *stop;
    if (auto const stop = o.coverage.write(
            {.command = "spec", .what = o.paths, .count = files->size(), .unit = "scripts"}, io))
        return *stop;
    if (tell_unreadable(report, io))
        return Exit::Usage;
    if (files->empty())
        return Exit::NothingRan;
    auto const exit = verdict(totals, io);
    return exit == Exit::Ok && !gone.empty() ? Exit::Finding : exit;
}

Command const spec_command{
    .name = "spec",
    .summary = "Run the official testsuite, or any test scripts, on engines",
    .help =
        R"(Usage: touchstone spec PATH... [--oracles NAME,...] [--all] [--profile NAME] [--seed N] [--strict-messages] [--open]
                       [--interleavings N] [--limits spec|campaign] [--fuel N] [--jobs N]
                       [--expect FILE] [--json FILE|-] [--junit FILE|-] [--coverage FILE|-]

Runs every .wast file under PATH. Below a folder, custom/, legacy/, proposals/ and next/ (what is not in the
standard) are entered with --all only, or when they are the PATH. A directive that needs a feature which an
engine does not have yet counts as unsupported, never as passed. A PATH may also be the JSON that wast2json or
wasm-tools json-from-wast made of a script, with its modules beside it.

The folder says what modules may use: that of a proposal the standard and that proposal, every other one the
standard, WebAssembly 3.0. --profile says so for all files. The threads of a script take turns, instruction by
instruction, as --seed chooses. With --interleavings the reference goes through them one after the other, all if there are
not more, and tells what the script's actions answered in how many: the sequentially consistent outcomes of a litmus test.

A finding's script may say that it is to be run with --limits campaign, perhaps with --fuel: what differs there is what
runs out. `assert_exhaustion` with "out of fuel", or with the name of a limit ("stack values exhausted"), asserts just that.

A file of expectations names failures that are known, in TOML: [[failure]] with `file`, `reason`, and perhaps `line`,
`oracle`, `link`. They do not fail the run; one that no longer fails does.

Examples:
    # is this engine right? the official testsuite on the two engines built in
    $ touchstone spec testsuite/
    # one file on one engine, also comparing the texts of refusals
    $ touchstone spec testsuite/i32.wast --oracles fast --strict-messages
    # a gate for continuous integration
    $ touchstone spec testsuite/ --oracles wabt --expect known.toml --junit result.xml
    # everything that the suite has, proposals too, but for eleven assertions that WebAssembly 3.0 contradicts
    $ touchstone spec testsuite/ --all --oracles reference --expect corpus/expectations/proposals.toml
    # which outcomes does a litmus test have, if memory is sequentially consistent?
    $ touchstone spec testsuite/next/threads/SB.wast --oracles reference --interleavings 100000
    # for programs: schema touchstone.spec/1
    $ touchstone spec testsuite/ --json result.json

Exit status: 0 nothing failed, 1 something failed (or no longer does), 2 wrong usage or an unreadable script,
3 an engine is unknown or unusable, 5 nothing ran.
)",
    .run = run_spec,
};

} // namespace touchstone::cli
