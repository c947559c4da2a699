#include "cli/oracles_check.hpp"

#include "cli/feature_names.hpp"
#include "cli/json_output.hpp"
#include "harness/contract/contract.hpp"
#include "oracles/registry.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace touchstone::cli {

namespace {

using contract::Point;

std::expected<std::unique_ptr<Oracle>, std::string> make(std::string const& what)
{
    IsolationLimits const limits{.time_per_case = std::chrono::seconds{2}};
    auto const names = oracle_names();
    auto const is_listed = std::ranges::find(names, what) != names.end();
    return make_isolated_oracle(is_listed ? what : "worker=" + what, limits);
}

void print_point(Point const& p, Io io)
{
    auto const color = !io.color                             ? ""
                       : p.result == Point::Result::Violated ? "\x1b[31m"
                                                             : "\x1b[32m";
    fmt::print(io.out, "{}{:<9}{} {}{}{}\n", color, name(p.result), io.color ? "\x1b[0m" : "",
        p.name, p.detail.empty() ? "" : ": ", p.detail);
}

} // namespace

Exit check_oracle(std::string const& what, std::string const& json, Io io)
{
    auto const oracle = make(what);
    if (!oracle) {
        fmt::print(io.err, "touchstone oracles check: {}\n", oracle.error());
        return Exit::OracleMissing;
    }
    auto const& info = (*oracle)->info();
    auto const features = names_of(info.features);
    fmt::print(
        io.out, "{} {}\nfeatures: {}\n\n", info.code_base, info.version, fmt::join(features, " "));
    auto const points = contract::check_contract(**oracle);
    nlohmann::ordered_json result{{"schema", "touchstone.contract/1"}, {"command", what},
        {"version", info.version}, {"code_base", info.code_base}, {"features", features}};
    for (auto const r : {Point::Result::Ok, Point::Result::Violated, Point::Result::Absent})
        result[std::string{name(r)}] = std::ranges::count(points, r, &Point::result);
    auto& list = result["points"] = nlohmann::ordered_json::array();
    for (auto const& p : points) {
        print_point(p, io);
        list.push_back({{"name", p.name}, {"result", name(p.result)}, {"detail", p.detail}});
    }
    fmt::print(io.out, "\n{} points kept, {} violated, {} not applicable\n", result["ok"].dump(),
        result["violated"].dump(), result["absent"].dump());
    if (!json.empty())
        if (auto const stop = write_json(result, json, io))
            return *stop;
    return result["violated"] == 0 ? Exit::Ok : Exit::Finding;
}

} // namespace touchstone::cli
