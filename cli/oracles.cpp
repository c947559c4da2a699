#include "cli/commands.hpp"
#include "cli/feature_names.hpp"
#include "cli/json_output.hpp"
#include "cli/options.hpp"
#include "cli/oracles_check.hpp"
#include "oracles/registry.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace touchstone::cli {

namespace {

void print_row(RegistryRow const& row, Io io)
{
    if (!row.usable) {
        fmt::print(io.out, "{:<12} not usable: {}\n", row.name, row.reason);
        return;
    }
    fmt::print(io.out, "{:<12} {:<24} {}, {}\n", row.name, row.info.version, row.kind,
        row.info.has_limits ? "counts fuel and limits" : "no fuel");
    fmt::print(io.out, "{:<12} {}\n", "", fmt::join(names_of(row.info.features), " "));
}

nlohmann::ordered_json row_json(RegistryRow const& row)
{
    return {{"name", row.name}, {"code_base", row.info.code_base}, {"version", row.info.version},
        {"kind", row.kind}, {"usable", row.usable}, {"reason", row.reason},
        {"features", names_of(row.info.features)}};
}

Exit run_oracles(Args args, Io io)
{
    std::optional<std::string> action;
    std::optional<std::string> subject;
    std::string json;
    Options options{args, io};
    options.positional("ACTION", action, "list (if not given), or check")
        .positional("WHAT", subject, "of check: the name of an oracle, or the command of a worker")
        .json(json);
    if (auto const stop = options.parse())
        return *stop;
    if (action == "check") {
        if (!subject)
            return options.usage_error(
                "check what? the name of an oracle, or the command of a worker");
        return check_oracle(*subject, json, io);
    }
    if (subject)
        return options.usage_error(fmt::format("nothing comes after `list`: `{}`", *subject));
    if (action && *action != "list")
        return options.usage_error(fmt::format("there is no action `{}`", *action));
    auto const rows = list_oracles();
    nlohmann::ordered_json result{{"schema", "touchstone.oracles/1"}};
    auto& list = result["oracles"] = nlohmann::ordered_json::array();
    for (auto const& row : rows) {
        print_row(row, io);
        list.push_back(row_json(row));
    }
    if (!json.empty())
        if (auto const stop = write_json(result, json, io))
            return *stop;
    // a worker's engine is installed by whoever wants it
    auto const missing = [](RegistryRow const& r) { return !r.usable && r.kind != "worker"; };
    return std::ranges::any_of(rows, missing) ? Exit::OracleMissing : Exit::Ok;
}

} // namespace

constexpr Command oracles_command{
    .name = "oracles",
    .summary = "The engines of this machine, and what each can execute",
    .help = R"(Usage: touchstone oracles [list] [--json FILE]
       touchstone oracles check NAME|COMMAND [--json FILE]

Features are probed with a tiny module each, never taken from a version. `check` holds an oracle, or a worker of
your own (docs/protocol.md), against the contract of all oracles, point by point.

Examples:
    # which engines are there?
    $ touchstone oracles
    # machine-readable
    $ touchstone oracles --json -
    # does my worker keep to the protocol?
    $ touchstone oracles check 'python3 my_worker.py'
    # then hold its engine against the others
    $ touchstone fuzz --oracles 'reference,mine=python3 my_worker.py'

Exit status: 0 all that are built in are usable, 3 one of them is not (it is listed with the reason);
of check: 0 all points are kept, 1 one is violated, 3 the worker does not start; 2 wrong usage.
)",
    .run = run_oracles,
};

} // namespace touchstone::cli
