#include "cli/commands.hpp"
#include "cli/input_file.hpp"
#include "cli/json_output.hpp"
#include "cli/options.hpp"

#include "engine/validation/validate.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace touchstone::cli {

/// What is to be told about one file.
struct Checked
{
    std::string path;
    std::string verdict; ///< valid, malformed, invalid, unsupported, unreadable
    std::string message; ///< one line; empty if valid
    std::optional<Error> error;
    FeatureSet features;                ///< that a valid module uses
    std::vector<Error> custom_problems; ///< what is malformed in custom sections
};

static std::string_view verdict_of(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::Malformed: return "malformed";
    case Error::Kind::Invalid: return "invalid";
    case Error::Kind::Unsupported: return "unsupported";
    }
    return "invalid";
}

static Checked refused(std::string const& path, Error const& e)
{
    return {.path = path,
        .verdict = std::string{verdict_of(e.kind)},
        .message = fmt::format("{}:{}{}", path, e.line != 0 ? "" : " ", describe(e)),
        .error = e,
        .features = {},
        .custom_problems = {}};
}

static Checked check(std::string const& path, FeatureSet allowed)
{
    auto loaded = load_module(path, allowed);
    if (!loaded) {
        if (loaded.error().refusal)
            return refused(path, *loaded.error().refusal);
        return {.path = path,
            .verdict = "unreadable",
            .message = loaded.error().message,
            .error = {},
            .features = {},
            .custom_problems = {}};
    }
    auto custom_problems = std::move(loaded->custom_problems);
    auto const valid = validate(std::move(loaded->module));
    if (!valid)
        return refused(path, valid.error());
    auto const features = (*valid)->features();
    if (auto const extra = features.first_missing_in(allowed))
        return refused(path, {.kind = Error::Kind::Invalid,
                                 .message = "a feature that --features does not name",
                                 .feature = extra});
    return {.path = path,
        .verdict = "valid",
        .message = {},
        .error = {},
        .features = features,
        .custom_problems = std::move(custom_problems)};
}

static std::optional<FeatureSet> features_named(std::vector<std::string> const& names)
{
    FeatureSet set = wasm1;
    for (auto const& n : names) {
        auto const feature = feature_named(n);
        if (n == "wasm2")
            set = set | wasm2;
        else if (n == "wasm3")
            set = set | wasm3;
        else if (feature)
            set.add(*feature);
        else
            return std::nullopt;
    }
    return set;
}

static void add_place(nlohmann::ordered_json& json, Error const& e)
{
    json["offset"] = e.offset;
    if (e.line != 0) {
        json["line"] = e.line;
        json["column"] = e.column;
    }
}

static void add_custom_problems(nlohmann::ordered_json& json, Checked const& c)
{
    auto& all = json["custom_sections"] = nlohmann::ordered_json::array();
    for (auto const& p : c.custom_problems)
        add_place(all.emplace_back(nlohmann::ordered_json{{"message", p.message}}), p);
}

static nlohmann::ordered_json to_json(Checked const& c)
{
    nlohmann::ordered_json json{{"path", c.path}, {"verdict", c.verdict}};
    if (c.verdict == "valid") {
        json["features"] = nlohmann::ordered_json::array();
        for (std::size_t i = 0; i < feature_count; ++i)
            if (c.features.has(static_cast<Feature>(i)))
                json["features"].push_back(feature_names[i]);
    }
    if (!c.message.empty())
        json["message"] = c.error ? c.error->message : c.message;
    if (!c.error)
        return json;
    add_place(json, *c.error);
    if (c.error->function)
        json["function"] = *c.error->function;
    if (!c.error->rule.empty())
        json["rule"] = c.error->rule;
    return json;
}

static Exit run_validate(Args args, Io io)
{
    std::vector<std::string> files;
    std::vector<std::string> feature_list{"wasm3"};
    std::string json;
    auto quiet = false;
    auto custom_sections = false;
    Options options{args, io};
    options.positionals("FILE", files, "modules, binary or text; - is standard input")
        .list("--features", feature_list,
            "what may be used: names, or wasm1, wasm2, wasm3 (which is the default)")
        .flag("--custom-sections", custom_sections,
            "names and branch hints, in sections or annotations, must be well-formed, too")
        .flag("-q,--quiet", quiet, "tell by the exit status alone")
        .json(json);
    if (auto const stop = options.parse())
        return *stop;
    auto const allowed = features_named(feature_list);
    if (!allowed)
        return options.usage_error(
            fmt::format("--features: no such feature; they are {}, wasm2, wasm3",
                fmt::join(feature_names, ", ")));

    nlohmann::ordered_json result{{"schema", "touchstone.validate/1"}};
    result["files"] = nlohmann::ordered_json::array();
    auto exit = Exit::Ok;
    for (auto const& f : files) {
        auto const checked = check(f, *allowed);
        if (!checked.message.empty() && !quiet)
            fmt::print(io.err, "{}\n", checked.message);
        else if (!quiet)
            fmt::print(io.out, "{}: valid\n", f);
        for (auto const& p : checked.custom_problems)
            if (custom_sections && !quiet)
                fmt::print(io.err, "{}:{}{}\n", f, p.line != 0 ? "" : " ", describe(p));
        if (checked.verdict == "unreadable")
            exit = Exit::Usage;
        else if ((checked.verdict != "valid" ||
                     (custom_sections && !checked.custom_problems.empty())) &&
                 exit == Exit::Ok)
            exit = Exit::Finding;
        result["files"].push_back(to_json(checked));
        if (custom_sections)
            add_custom_problems(result["files"].back(), checked);
    }
    if (!json.empty())
        if (auto const stop = write_json(result, json, io))
            return *stop;
    return exit;
}

Command const validate_command{
    .name = "validate",
    .summary = "Tell whether files are valid modules, and if not, where and why",
    .help =
        R"(Usage: touchstone validate FILE... [--features A,B] [--custom-sections] [--quiet] [--json FILE|-]

Examples:
    # a binary and a text
    $ touchstone validate module.wasm module.wat
    # nothing beyond WebAssembly 2.0 and tail calls
    $ touchstone validate --features wasm2,tail-call module.wasm
    # names and branch hints, too, which never make a module invalid
    $ touchstone validate --custom-sections module.wasm
    # a proposal on top of the standard (docs/profiles.md)
    $ touchstone validate --features wasm3,threads module.wat
    # for programs: schema touchstone.validate/1
    $ touchstone validate module.wasm --json -

Exit status: 0 all are valid, 1 one is malformed or invalid (or a custom section, with --custom-sections), 2 wrong usage or a file that cannot be read.
)",
    .run = run_validate,
};

} // namespace touchstone::cli
