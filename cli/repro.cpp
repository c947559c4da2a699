#include "cases/file.hpp"
#include "cli/commands.hpp"
#include "cli/json_output.hpp"
#include "cli/options.hpp"
#include "generators/generate.hpp"
#include "harness/campaign/finding.hpp"
#include "reports/examination.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace touchstone::cli {

namespace {

struct Wanted
{
    std::optional<std::string> folder;
    std::string generator{generators::name(generators::Kind::Mixed)};
    std::uint64_t seed = 1;
    std::optional<std::uint64_t> index;
};

std::expected<Case, std::string> case_of(Wanted const& wanted, campaign::Panel const& panel)
{
    if (wanted.folder)
        return load_case(*wanted.folder);
    return generators::generate(*generators::kind_named(wanted.generator), wanted.seed,
        *wanted.index, campaign::generated_features(panel));
}

/// Whether what is seen now is what the finding's folder says was seen.
void compare_signatures(Wanted const& wanted, std::string const& now, Io io)
{
    if (!wanted.folder)
        return;
    auto const before = campaign::signature_in(*wanted.folder);
    if (before && *before != now)
        fmt::print(io.out, "it was found as: {}\n", *before);
}

Exit run_repro(Args args, Io io)
{
    Wanted wanted;
    std::vector<std::string> oracles{"reference", "fast", "wabt"};
    std::string json;
    std::string save;
    Options options{args, io};
    options.positional("FINDING", wanted.folder, "a finding's folder, a case, a module")
        .choice(
            "--generator", wanted.generator, generators::names_of_kinds(), "of a generated case")
        .value("--seed", wanted.seed, "of a generated case")
        .value("--index", wanted.index, "of a generated case")
        .list("--oracles", oracles, "engines; the reference always takes part")
        .value("--save", save, "a folder to write the case to, as a finding's")
        .json(json);
    if (auto const stop = options.parse())
        return *stop;
    if (wanted.folder.has_value() == wanted.index.has_value())
        return options.usage_error("give either a finding's folder or --index");
    auto const panel = campaign::make_panel(oracles, campaign::Isolation::All);
    if (!panel) {
        fmt::print(io.err, "touchstone repro: {}\n", panel.error());
        return Exit::OracleMissing;
    }
    auto const c = case_of(wanted, *panel);
    if (!c) {
        fmt::print(io.err, "touchstone repro: {}\n", c.error());
        return Exit::Usage;
    }
    auto const e = campaign::examine(*c, *panel, Limits::for_campaign(), [](std::size_t) {});
    auto const found = e.outcome == campaign::OutcomeKind::Diverge;
    auto const signature = campaign::signature_of(*c, e, *panel);
    fmt::print(io.out, "{}\n{}", c->origin, reports::examination_text(*c, e, *panel));
    if (found)
        fmt::print(io.out, "signature: {}, suspect: {}\n", signature.text(), signature.suspect);
    compare_signatures(wanted, found ? signature.text() : "", io);
    if (!save.empty()) {
        campaign::Finding const f{.what = *c,
            .signature = signature,
            .command = wanted.index
                           ? fmt::format("touchstone repro --generator {} --seed {} --index {}",
                                 wanted.generator, wanted.seed, *wanted.index)
                           : fmt::format("touchstone repro {}", save),
            .detail = e.members[e.worst].judgement.judgement.detail,
            .examination = e};
        if (auto const written = campaign::write_finding(f, *panel, save); !written) {
            fmt::print(io.err, "touchstone repro: {}\n", written.error());
            return Exit::Internal;
        }
    }
    if (!json.empty()) {
        nlohmann::ordered_json result{{"schema", "touchstone.diff/1"}};
        result["cases"] = {reports::examination_json(*c, e, *panel)};
        if (auto const stop = write_json(result, json, io))
            return *stop;
    }
    if (found)
        return Exit::Finding;
    return e.compared ? Exit::Ok : Exit::NothingRan;
}

} // namespace

constexpr Command repro_command{
    .name = "repro",
    .summary = "Show a finding again, each engine in a fresh process",
    .help = R"(Usage: touchstone repro FINDING [--oracles NAME,...]
       touchstone repro --seed S --index N [--generator mixed|smith|single]

Examples:
    # the folder that `fuzz --out` wrote
    $ touchstone repro findings/0001-values-reference-fast-i32/mixed-1-4711
    # a generated case, by the numbers that `fuzz` printed
    $ touchstone repro --seed 1 --index 4711

Exit status: 0 the engines agree, 1 they diverge, 2 wrong usage or input, 3 an oracle is unusable, 4 the
case cannot be saved, 5 nothing was compared.
)",
    .run = run_repro,
};

} // namespace touchstone::cli
