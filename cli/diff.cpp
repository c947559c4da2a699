#include "cases/file.hpp"
#include "cli/commands.hpp"
#include "cli/coverage_option.hpp"
#include "cli/json_output.hpp"
#include "cli/options.hpp"
#include "reports/examination.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>

namespace touchstone::cli {

namespace fs = std::filesystem;

namespace {

/// The cases that an operand names: itself, or what a folder that is no case contains, sorted.
std::vector<fs::path> cases_in(fs::path const& operand)
{
    std::error_code ignored;
    if (!fs::is_directory(operand, ignored) || fs::exists(operand / "case.json", ignored))
        return {operand};
    std::vector<fs::path> found;
    for (auto it = fs::recursive_directory_iterator{operand,
             fs::directory_options::skip_permission_denied, ignored};
        it != fs::recursive_directory_iterator{}; it.increment(ignored)) {
        auto const& path = it->path();
        if (it->is_directory(ignored) && fs::exists(path / "case.json", ignored)) {
            found.push_back(path);
            it.disable_recursion_pending();
        } else if (path.extension() == ".wasm" || path.extension() == ".wat")
            found.push_back(path);
    }
    std::ranges::sort(found);
    return found;
}

struct Totals
{
    std::size_t compared = 0;
    bool diverges = false;
    bool bad_input = false;
};

void diff_one(fs::path const& path, campaign::Panel const& panel, Io io, Totals& totals,
    nlohmann::ordered_json& results)
{
    auto const c = load_case(path);
    if (!c) {
        fmt::print(io.err, "touchstone diff: {}\n", c.error());
        totals.bad_input = true;
        return;
    }
    auto const e = campaign::examine(*c, panel, Limits::for_campaign(), [](std::size_t) {});
    fmt::print(io.out, "== {}: {} ==\n{}", path.string(), reports::outcome_name(e),
        reports::examination_text(*c, e, panel));
    totals.diverges |= e.outcome == campaign::OutcomeKind::Diverge;
    totals.compared += e.compared ? 1 : 0;
    results.push_back(reports::examination_json(*c, e, panel));
}

Exit run_diff(Args args, Io io)
{
    std::vector<std::string> operands;
    std::vector<std::string> oracles{"reference", "fast", "wabt"};
    std::string json;
    CoverageOption coverage;
    Options options{args, io};
    options.positionals("CASE", operands, "case folders, modules (.wasm, .wat), or folders of them")
        .list("--oracles", oracles, "engines; the reference always takes part")
        .json(json);
    coverage.add_to(options);
    if (auto const stop = options.parse())
        return *stop;
    auto const panel =
        campaign::make_counting_panel(oracles, campaign::Isolation::All, coverage.sums());
    if (!panel) {
        fmt::print(io.err, "touchstone diff: {}\n", panel.error());
        return Exit::OracleMissing;
    }
    Totals totals;
    nlohmann::ordered_json result{{"schema", "touchstone.diff/1"}};
    auto& results = result["cases"] = nlohmann::ordered_json::array();
    for (auto const& operand : operands)
        for (auto const& path : cases_in(operand))
            diff_one(path, *panel, io, totals, results);
    if (!json.empty())
        if (auto const stop = write_json(result, json, io))
            return *stop;
    if (auto const stop = coverage.write(
            {.command = "diff", .what = operands, .count = results.size(), .unit = "cases"}, io))
        return *stop;
    if (totals.bad_input)
        return Exit::Usage;
    if (totals.diverges)
        return Exit::Finding;
    return totals.compared == 0 ? Exit::NothingRan : Exit::Ok;
}

} // namespace

constexpr Command diff_command{
    .name = "diff",
    .summary = "Run one case in several engines and compare what they did",
    .help = R"(Usage: touchstone diff CASE... [--oracles NAME,...] [--json FILE]

A module on its own is called at each exported function, with zeros as arguments.

Examples:
    # every engine built in
    $ touchstone diff case.wasm
    # two of them, machine-readable
    $ touchstone diff case.wasm --oracles reference,fast --json out.json

Exit status: 0 they agree, 1 they diverge, 2 wrong usage or input, 3 an oracle is unusable, 5 nothing was compared.
)",
    .run = run_diff,
};

} // namespace touchstone::cli
