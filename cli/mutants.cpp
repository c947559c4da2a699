#include "harness/mutants/mutants.hpp"
#include "cli/commands.hpp"
#include "cli/json_output.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"
#include "generators/generate.hpp"
#include "harness/script/suite.hpp"
#include "reports/mutants.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <thread>

#include <unistd.h>

namespace touchstone::cli {

namespace fs = std::filesystem;

namespace {

struct MutantsOptions
{
    mutants::Settings settings;
    std::vector<std::string> layers;
    std::vector<std::string> faults;
    std::string suite;
    std::string program;
    std::string markdown;
    std::string json;
    std::uint32_t jobs = std::max(1U, std::thread::hardware_concurrency());
    bool quiet = false;
};

/// What the whole command ends with, told already.
using Stop = std::optional<Exit>;

/// The program of the build preset `faults`, in a folder beside this one.
fs::path default_program()
{
    std::error_code error;
    auto const self = fs::read_symlink("/proc/self/exe", error);
    return self.parent_path() / "faults" / "touchstone";
}

/// Becomes that program with the same arguments; comes back only if it cannot.
Exit hand_over(fs::path const& program, Args args, Io io)
{
    std::vector<std::string> words{program.string(), std::string{args.command.name}};
    for (std::size_t i = 0; i < args.rest.size(); ++i) {
        auto const& word = args.rest[i];
        if (word == "--program")
            ++i; // and its value
        else if (!word.starts_with("--program="))
            words.push_back(word);
    }
    std::vector<char*> argv;
    argv.reserve(words.size() + 1);
    for (auto& w : words)
        argv.push_back(w.data());
    argv.push_back(nullptr);
    std::fflush(nullptr);
    execv(argv[0], argv.data());
    fmt::print(io.err,
        "touchstone mutants: {}: {}: planted faults are in the faults build alone; make it with\n"
        "    cmake --preset release && cmake --build --preset faults\n",
        program.string(), std::strerror(errno));
    return Exit::OracleMissing;
}

/// The suite's folder that was not asked for by name: the environment's, or the checkout's.
std::string suite_around()
{
    if (auto const* const named = std::getenv("TOUCHSTONE_TESTSUITE"); named != nullptr)
        return named;
    std::error_code ignored;
    return fs::is_directory("testsuite", ignored) ? "testsuite" : "";
}

Stop choose_layers(MutantsOptions& o, Options const& options, Io io)
{
    auto& layers = o.settings.layers;
    if (!o.layers.empty())
        layers = o.layers;
    for (auto const& layer : layers)
        if (layer != mutants::suite_layer && !generators::kind_named(layer))
            return options.usage_error(
                fmt::format("--layers: `{}` is none of suite, single, smith, mixed", layer));
    if (std::ranges::find(layers, mutants::suite_layer) == layers.end())
        return std::nullopt;
    auto const suite = o.suite.empty() ? suite_around() : o.suite;
    if (suite.empty() && !o.layers.empty())
        return options.usage_error(
            "the layer suite needs --suite DIR, or TOUCHSTONE_TESTSUITE in the environment");
    if (suite.empty()) {
        fmt::print(io.err, "touchstone mutants: without the layer suite: there is no --suite, no "
                           "TOUCHSTONE_TESTSUITE and no testsuite/ here\n");
        std::erase(layers, mutants::suite_layer);
        return std::nullopt;
    }
    auto scripts = script::collect_scripts({suite}, false);
    if (!scripts)
        return options.usage_error(scripts.error());
    if (scripts->empty())
        return options.usage_error(fmt::format("{}: no .wast file there", suite));
    o.settings.suite = suite;
    o.settings.scripts = std::move(*scripts);
    return std::nullopt;
}

Stop choose_faults(
    MutantsOptions& o, std::vector<mutants::PlantedFault> all, Options const& options)
{
    for (auto const& id : o.faults)
        if (std::ranges::find(all, id, &mutants::PlantedFault::id) == all.end())
            return options.usage_error(fmt::format("--faults: there is no fault `{}`", id));
    if (!o.faults.empty())
        std::erase_if(all, [&o](mutants::PlantedFault const& f) {
            return std::ranges::find(o.faults, f.id) == o.faults.end();
        });
    o.settings.faults = std::move(all);
    return std::nullopt;
}

/// Can the engines be had at all? Told before the hunt, not by its processes.
Stop try_engines(mutants::Settings const& settings, Io io)
{
    std::vector<std::string> names = settings.oracles;
    if (names.empty())
        names = {"reference", "fast"};
    if (settings.oracles.empty() &&
        std::ranges::any_of(settings.faults, &mutants::PlantedFault::is_shared))
        names.emplace_back("wabt");
    if (auto const panel = settings.make_panel(names, campaign::Isolation::All); !panel) {
        fmt::print(io.err, "touchstone mutants: {}\n", panel.error());
        return Exit::OracleMissing;
    }
    return std::nullopt;
}

void show(mutants::Progress const& p, Io io)
{
    auto const& h = p.hunt;
    fmt::print(io.err, "mutants: {}/{} {} {}: {}\n", p.done, p.of, p.fault.id, h.layer,
        h.first ? fmt::format("case {}: {}", h.first->index, h.first->signature)
                : fmt::format("not noticed in {}", h.cases));
    std::fflush(io.err);
}

Exit report(mutants::Result const& result, MutantsOptions const& o, Io io)
{
    fmt::print(io.out, "{}", reports::mutants_text(result, o.settings));
    if (!o.json.empty())
        if (auto const stop = write_json(reports::mutants_json(result, o.settings), o.json, io))
            return *stop;
    if (!o.markdown.empty())
        if (auto const stop =
                write_output(reports::mutants_markdown(result, o.settings), o.markdown, io))
            return *stop;
    return std::ranges::all_of(result.faults, &mutants::FaultResult::is_killed) ? Exit::Ok
                                                                                : Exit::Finding;
}

Stop parse(MutantsOptions& o, Options& options)
{
    options.value("--budget-cases", o.settings.budget, "cases a fault and layer (200000)")
        .value("--seed", o.settings.seed, "the same seed makes the same cases")
        .list("--layers", o.layers, "suite, single, smith, mixed (the first three)")
        .list("--faults", o.faults, "only these")
        .list("--oracles", o.settings.oracles,
            "engines for every fault (reference,fast; reference,wabt where both of ours share it)")
        .value("--suite", o.suite, "folder of the official suite (TOUCHSTONE_TESTSUITE)")
        .value("--program", o.program, "the faults build (faults/touchstone beside this one)")
        .value("--jobs", o.jobs, "hunts at a time (as many as processors)")
        .result("--markdown", o.markdown, "the tables as a page")
        .flag("--quiet", o.quiet, "no progress")
        .json(o.json);
    if (auto const stop = options.parse())
        return stop;
    if (o.jobs == 0 || o.jobs > 1'024)
        return options.usage_error("--jobs must be from 1 to 1024");
    if (o.settings.budget == 0)
        return options.usage_error("--budget-cases must not be 0");
    o.settings.jobs = o.jobs;
    return std::nullopt;
}

Exit run_mutants(Args args, Io io)
{
    MutantsOptions o;
    Options options{args, io};
    if (auto const stop = parse(o, options))
        return *stop;
    auto faults = mutants::planted_faults();
    if (!o.program.empty() || faults.empty())
        return hand_over(o.program.empty() ? default_program() : fs::path{o.program}, args, io);
    if (auto const stop = choose_faults(o, std::move(faults), options))
        return *stop;
    if (auto const stop = choose_layers(o, options, io))
        return *stop;
    if (auto const stop = try_engines(o.settings, io))
        return *stop;
    auto const result = mutants::run(o.settings, [&](mutants::Progress const& p) {
        if (!o.quiet)
            show(p, io);
    });
    if (!result) {
        fmt::print(io.err, "touchstone mutants: {}\n", result.error());
        return Exit::Internal;
    }
    return report(*result, o, io);
}

} // namespace

constexpr Command mutants_command{
    .name = "mutants",
    .summary = "Say which planted faults the suite and the generators notice",
    .help =
        R"(Usage: touchstone mutants [--budget-cases N] [--seed S] [--layers suite,single,smith] [--faults ID,...]

Switches on one planted fault after another in the fast engine, the decoder and the validator, and hunts
each in every layer until it is first noticed or the budget ends. A fault is noticed only where the
faultless build is silent on the same case. The faults are in the `faults` build alone, which this program
looks for beside itself: cmake --preset release && cmake --build --preset faults

Examples:
    # how good are the generators?
    $ touchstone mutants --layers single,smith --budget-cases 20000
    # the committed result
    $ touchstone mutants --suite testsuite --json docs/mutants.json --markdown docs/mutants.md
    # faults on in any other command, here a campaign that must find them
    $ TOUCHSTONE_FAULTS=ID,ID build/release/faults/touchstone fuzz --count 20000

Exit status: 0 every fault was noticed in some layer, 1 some were not, 2 wrong usage, 3 the faults build or
an engine is missing, 4 internal error.
)",
    .run = run_mutants,
};

} // namespace touchstone::cli
