#include "cli/commands.hpp"
#include "cli/json_output.hpp"
#include "cli/options.hpp"
#include "engine/binary/decode.hpp"
#include "engine/text/print.hpp"
#include "generators/generate.hpp"
#include "harness/campaign/case_folder.hpp"
#include "harness/campaign/tally.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>

namespace touchstone::cli {

namespace {

struct Wanted
{
    generators::Kind kind = generators::Kind::Mixed;
    std::uint64_t seed = 1;
    std::uint64_t index = 0;
    std::uint64_t count = 1;
    std::string out;
};

struct Statistics
{
    campaign::Tally tally;
    std::uint64_t modules = 0;
    std::array<std::uint64_t, op_table.size()> by_opcode{};
    double generating_seconds = 0;

    [[nodiscard]] std::uint64_t ended(End e) const
    {
        return tally.ends[static_cast<std::size_t>(e)];
    }
    [[nodiscard]] std::uint64_t opcodes_executed() const
    {
        return static_cast<std::uint64_t>(
            std::ranges::count_if(by_opcode, [](auto n) { return n != 0; }));
    }
    [[nodiscard]] std::uint64_t calls_of_at_most_10() const
    {
        auto const& cells = tally.instructions_per_call.cells;
        std::uint64_t sum = 0;
        for (std::size_t i = 0; i <= 10; ++i)
            sum += cells[i];
        return sum;
    }
    [[nodiscard]] double modules_per_second() const
    {
        return generating_seconds > 0 ? static_cast<double>(modules) / generating_seconds : 0;
    }
};

Case timed_case(Wanted const& wanted, std::uint64_t i, FeatureSet features, Statistics& statistics)
{
    using clock = std::chrono::steady_clock;
    auto const start = clock::now();
    auto c = generators::generate(wanted.kind, wanted.seed, wanted.index + i, features);
    statistics.generating_seconds += std::chrono::duration<double>(clock::now() - start).count();
    statistics.modules += c.modules.size();
    return c;
}

/// Proposals are not generated.
constexpr auto generated_opcodes =
    std::ranges::count_if(op_table, [](Feature since) { return wasm3.has(since); }, &OpInfo::since);

nlohmann::ordered_json statistics_json(Statistics const& s, Wanted const& wanted)
{
    auto const& t = s.tally;
    auto const& per_call = t.instructions_per_call;
    nlohmann::ordered_json j{{"schema", "touchstone.generate/1"},
        {"generator", generators::name(wanted.kind)}, {"generator_version", generators::version},
        {"seed", wanted.seed}, {"first_index", wanted.index}, {"cases", t.cases},
        {"modules", s.modules}, {"valid", t.valid}, {"instantiated", t.instantiated}};
    j["calls"] = {{"returned", s.ended(End::Returned)}, {"trapped", s.ended(End::Trapped)},
        {"threw", s.ended(End::Threw)}, {"out_of_fuel", s.ended(End::OutOfFuel)},
        {"exhausted", s.ended(End::Exhausted)}};
    j["instructions_per_call"] = {{"p10", per_call.quantile(100)},
        {"median", per_call.quantile(500)}, {"p90", per_call.quantile(900)},
        {"at_most_10", s.calls_of_at_most_10()}};
    j["distinct_opcodes_per_call_median"] = t.opcodes_per_call.quantile(500);
    j["opcodes_executed"] = s.opcodes_executed();
    j["opcodes_total"] = generated_opcodes;
    j["modules_per_second"] = s.modules_per_second();
    return j;
}

void print_statistics(Statistics const& s, Io io)
{
    auto const& t = s.tally;
    auto const& per_call = t.instructions_per_call;
    fmt::print(io.out, "{} cases, {} modules, {:.0f} modules a second\n", t.cases, s.modules,
        s.modules_per_second());
    fmt::print(io.out, "  valid {} cases, instantiated {}\n", t.valid, t.instantiated);
    fmt::print(io.out, "  calls: {} returned, {} trapped, {} threw, {} out of fuel, {} exhausted\n",
        s.ended(End::Returned), s.ended(End::Trapped), s.ended(End::Threw), s.ended(End::OutOfFuel),
        s.ended(End::Exhausted));
    fmt::print(io.out,
        "  instructions a call: p10 {}, median {}, p90 {}; {} of {} calls at most 10\n",
        per_call.quantile(100), per_call.quantile(500), per_call.quantile(900),
        s.calls_of_at_most_10(), per_call.total());
    fmt::print(
        io.out, "  distinct instructions a call: median {}\n", t.opcodes_per_call.quantile(500));
    fmt::print(io.out, "  instructions executed at least once: {} of {}\n", s.opcodes_executed(),
        generated_opcodes);
}

/// What the reference makes of the cases.
Exit measure(Wanted const& wanted, std::string const& json, Io io)
{
    std::vector<std::string> const reference{"reference"};
    auto const panel = campaign::make_panel(reference, campaign::Isolation::ForeignOnly);
    if (!panel) {
        fmt::print(io.err, "touchstone gen: {}\n", panel.error());
        return Exit::OracleMissing;
    }
    auto const statistics = std::make_unique<Statistics>();
    for (std::uint64_t i = 0; i < wanted.count; ++i) {
        auto const c = timed_case(wanted, i, panel->members[0].info.features & wasm3, *statistics);
        auto const e = campaign::examine(c, *panel, Limits::for_campaign(), [](std::size_t) {});
        statistics->tally.add(e, i);
        for (std::size_t op = 0; op < op_table.size(); ++op)
            statistics->by_opcode[op] += e.statistics.total.by_opcode[op];
        if (io.err_is_terminal && i % 1'000 == 999)
            fmt::print(io.err, "\rgen: {} of {} cases\x1b[K", i + 1, wanted.count);
    }
    if (io.err_is_terminal)
        fmt::print(io.err, "\r\x1b[K");
    print_statistics(*statistics, io);
    if (!json.empty())
        if (auto const stop = write_json(statistics_json(*statistics, wanted), json, io))
            return *stop;
    return Exit::Ok;
}

Exit write_cases(Wanted const& wanted, Io io)
{
    std::vector<std::string> const names{"reference"};
    auto const panel = campaign::make_panel(names, campaign::Isolation::ForeignOnly);
    if (!panel) {
        fmt::print(io.err, "touchstone gen: {}\n", panel.error());
        return Exit::OracleMissing;
    }
    auto const& reference = panel->members[0];
    for (std::uint64_t i = 0; i < wanted.count; ++i) {
        auto const c = generators::generate(
            wanted.kind, wanted.seed, wanted.index + i, reference.info.features);
        auto const folder =
            std::filesystem::path{wanted.out} /
            fmt::format("{}-{}-{}", generators::name(wanted.kind), wanted.seed, wanted.index + i);
        if (auto const saved = campaign::write_case(c, reference, Limits::for_campaign(), folder);
            !saved) {
            fmt::print(io.err, "touchstone gen: {}\n", saved.error());
            return Exit::Internal;
        }
    }
    fmt::print(io.out, "{} cases in {}\n", wanted.count, wanted.out);
    return Exit::Ok;
}

Exit print_cases(Wanted const& wanted, FeatureSet features, Io io)
{
    for (std::uint64_t i = 0; i < wanted.count; ++i) {
        auto const c = generators::generate(wanted.kind, wanted.seed, wanted.index + i, features);
        fmt::print(io.out, ";; {}\n", c.origin);
        for (auto const& m : c.modules)
            if (m.format == Format::Text)
                fmt::print(io.out, ";; module {}\n{}\n", m.name, m.text());
            else if (auto const module = decode(m.bytes))
                fmt::print(io.out, ";; module {}\n{}\n", m.name, print(*module));
    }
    return Exit::Ok;
}

Exit run_gen(Args args, Io io)
{
    Wanted wanted;
    std::string generator{generators::name(wanted.kind)};
    std::string json;
    bool stats = false;
    Options options{args, io};
    options.choice("--generator", generator, generators::names_of_kinds(), "what makes the cases")
        .value("--seed", wanted.seed, "the same seed makes the same cases")
        .value("--index", wanted.index, "of the first case")
        .value("--count", wanted.count, "how many (1)")
        .value(
            "--out", wanted.out, "write the cases into this folder instead of printing their text")
        .flag("--stats", stats, "run them on the reference and tell what they are like")
        .json(json);
    if (auto const stop = options.parse())
        return *stop;
    if (!json.empty() && !stats)
        return options.usage_error("--json needs --stats");
    wanted.kind = *generators::kind_named(generator);
    if (stats)
        return measure(wanted, json, io);
    if (!wanted.out.empty())
        return write_cases(wanted, io);
    return print_cases(wanted, make_reference_oracle()->info().features, io);
}

} // namespace

constexpr Command gen_command{
    .name = "gen",
    .summary = "Generate cases, show one again, or measure what they are like",
    .help = R"(Usage: touchstone gen [--seed S] [--index N] [--count N] [--out DIR | --stats]

Examples:
    # the text of one case, the same on every machine
    $ touchstone gen --seed 7 --index 12
    # a thousand cases as folders: modules, text, and test.wast with the reference's answers
    $ touchstone gen --seed 7 --count 1000 --out cases
    # do they run, how long, how do they end?
    $ touchstone gen --count 10000 --stats --json stats.json

Exit status: 0 done, 2 wrong usage, 4 a file cannot be written.
)",
    .run = run_gen,
};

} // namespace touchstone::cli
