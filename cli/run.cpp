#include "cli/arguments.hpp"
#include "cli/commands.hpp"
#include "cli/coverage_option.hpp"
#include "cli/engines.hpp"
#include "cli/input_file.hpp"
#include "cli/json_output.hpp"
#include "cli/options.hpp"

#include "engine/binary/encode.hpp"
#include "engine/validation/validate.hpp"
#include "harness/script/match.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

#include <sys/resource.h>

namespace touchstone::cli {

static double user_seconds()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec) / 1e6;
}

static nlohmann::ordered_json to_json(Value const& v)
{
    switch (v.kind) {
    case ValType::Kind::I32: return {{"type", "i32"}, {"bits", fmt::format("0x{:08x}", v.lo)}};
    case ValType::Kind::F32: return {{"type", "f32"}, {"bits", fmt::format("0x{:08x}", v.lo)}};
    case ValType::Kind::I64: return {{"type", "i64"}, {"bits", fmt::format("0x{:016x}", v.lo)}};
    case ValType::Kind::F64: return {{"type", "f64"}, {"bits", fmt::format("0x{:016x}", v.lo)}};
    case ValType::Kind::V128:
        return {{"type", "v128"}, {"bits", fmt::format("0x{:016x}{:016x}", v.hi, v.lo)}};
    default:
        return {{"type", "ref"}, {"bits", fmt::format("0x{:016x}", v.lo)},
            {"reference", script::show(v)}};
    }
}

static std::string describe_place(CallObservation const& seen, Module const& module)
{
    if (!seen.place)
        return {};
    auto text = fmt::format(" in function {}", seen.place->function);
    if (auto const found = module.names.funcs.find(seen.place->function);
        found != module.names.funcs.end())
        text += fmt::format(" (${})", found->second);
    return text + fmt::format(" at byte {:#x}", seen.place->offset);
}

static nlohmann::ordered_json to_json(
    CallObservation const& seen, std::string const& oracle, double seconds)
{
    nlohmann::ordered_json json{
        {"schema", "touchstone.run/1"}, {"oracle", oracle}, {"end", name(seen.end)}};
    json["values"] = nlohmann::ordered_json::array();
    for (auto const& v : seen.values)
        json["values"].push_back(to_json(v));
    json["trap"] = nullptr;
    if (seen.end == End::Trapped)
        json["trap"] = script::show(seen).substr(std::string_view{"trapped: "}.size());
    json["fuel"] = nullptr;
    if (seen.fuel)
        json["fuel"] = *seen.fuel;
    json["user_seconds"] = seconds;
    if (seen.place)
        json["place"] = {{"function", seen.place->function}, {"offset", seen.place->offset}};
    if (!seen.detail.empty())
        json["detail"] = seen.detail;
    return json;
}

static Exit exit_of(End end)
{
    switch (end) {
    case End::Returned: return Exit::Ok;
    case End::Malformed:
    case End::Invalid:
    case End::Rejected:
    case End::Unlinkable:
    case End::NotRun: return Exit::Usage;
    case End::Unsupported: return Exit::OracleMissing;
    default: return Exit::Finding;
    }
}

/// The type of an exported function, or null.
static FuncType const* exported_function(ValidModule const& m, std::string_view name)
{
    for (auto const& e : m.module().exports)
        if (e.kind == ExternKind::Func && e.name == name)
            return &m.func_type(m.funcs()[e.index]);
    return nullptr;
}

static std::string list_functions(Module const& m)
{
    std::string text;
    for (auto const& e : m.exports)
        if (e.kind == ExternKind::Func)
            text += (text.empty() ? "" : ", ") + e.name;
    return text.empty() ? "none" : text;
}

static Exit run_run(Args args, Io io)
{
    std::string file;
    std::string invoke = "_start";
    std::vector<std::string> texts;
    std::vector<std::string> oracles{"fast"};
    std::uint64_t fuel = Limits::none;
    std::string json;
    CoverageOption coverage;
    Options options{args, io};
    options.positional("MODULE", file, "binary or text; - is standard input")
        .positionals("ARG", texts, "arguments of the function", 0)
        .value("--invoke", invoke, "the exported function to call; _start if not given")
        .list("--oracles", oracles, "the engine: fast or reference")
        .value("--fuel", fuel, "stop after so many calls and taken loop branches")
        .json(json);
    coverage.add_to(options);
    if (auto const stop = options.parse())
        return *stop;
    if (oracles.size() != 1)
        return options.usage_error("one engine runs a module; `touchstone diff` compares several");
    auto engines = engines_named(oracles, io);
    if (!engines)
        return engines.error();
    if (!coverage.count_in(*engines))
        return options.usage_error(CoverageOption::needs_reference);
    auto const oracle = engines->front().make();
    if (!oracle) {
        fmt::print(io.err, "touchstone: oracle `{}` cannot be used here\n", oracles[0]);
        return Exit::OracleMissing;
    }
    if (!oracle->info().has_limits) // nothing could stop it
        return options.usage_error(
            fmt::format("--oracles: `{}` counts no fuel; fast or reference", oracles[0]));

    auto loaded = load_module(file);
    if (!loaded) {
        fmt::print(io.err, "{}\n", loaded.error().message);
        return Exit::Usage;
    }
    auto const bytes = encode(loaded->module);
    auto const valid = validate(std::move(loaded->module));
    if (!valid) {
        fmt::print(io.err, "{}: {}\n", file, describe(valid.error()));
        return Exit::Usage;
    }
    auto const* const type = exported_function(**valid, invoke);
    if (type == nullptr) {
        fmt::print(io.err, "{}: it exports no function `{}`; exported functions: {}\n", file,
            invoke, list_functions((*valid)->module()));
        return Exit::Usage;
    }
    auto const values = parse_arguments(type->params, texts);
    if (!values) {
        fmt::print(io.err, "{}: `{}`: {}\n", file, invoke, values.error());
        return Exit::Usage;
    }

    auto limits = Limits::for_run();
    limits.fuel_per_call = fuel;
    limits.fuel_per_instantiation = fuel;
    auto const session = oracle->session({.limits = limits});
    if (!session) {
        fmt::print(io.err, "touchstone: oracle `{}` cannot be used here\n", oracles[0]);
        return Exit::OracleMissing;
    }
    auto const before = user_seconds();
    std::optional<Session::Instance> instance;
    auto seen = session->instantiate(bytes, instance);
    auto const is_called = seen.end == End::Returned && instance;
    if (is_called)
        seen = session->invoke(*instance, invoke, *values);
    auto const seconds = user_seconds() - before;

    if (seen.end == End::Returned)
        for (auto const& v : seen.values)
            fmt::print(io.out, "{}\n", script::show(v));
    else
        fmt::print(io.err, "{}: {}{}{}\n", file, is_called ? "" : "instantiation ",
            script::show(seen), describe_place(seen, (*valid)->module()));
    if (!json.empty())
        if (auto const stop = write_json(to_json(seen, oracles[0], seconds), json, io))
            return *stop;
    if (auto const stop = coverage.write(
            {.command = "run", .what = {file, invoke}, .count = 1, .unit = "calls"}, io))
        return *stop;
    return exit_of(seen.end);
}

Command const run_command{
    .name = "run",
    .summary = "Call an exported function of a module on one engine",
    .help =
        R"(Usage: touchstone run MODULE [--invoke FUNCTION] [ARG]... [--oracles NAME] [--fuel N] [--json FILE|-]

Arguments are written as in the text format: -7, 0x1p-3, nan:0x400001; a v128 as i32x4:1,2,3,4; a
reference as null, or a number for an externref. What begins with a letter after a minus (-inf) goes after --.

Examples:
    # prints i32:120
    $ touchstone run factorial.wat --invoke fac 5
    # on the engine that follows the specification rule by rule
    $ touchstone run factorial.wat --invoke fac 5 --oracles reference
    # bounded: a call and a taken loop branch cost 1 each
    $ touchstone run spin.wasm --fuel 1000000
    # for programs: schema touchstone.run/1
    $ touchstone run factorial.wat --invoke fac 5 --json -

Exit status: 0 it returned, 1 a trap, an exception or a limit, 2 wrong usage, no valid module or an import
that is not there, 3 the engine is unknown or lacks a feature.
)",
    .run = run_run,
};

} // namespace touchstone::cli
