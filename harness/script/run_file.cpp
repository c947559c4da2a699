#include "harness/script/explore.hpp"
#include "harness/script/run.hpp"
#include "harness/script/script_json.hpp"
#include "harness/script/suite.hpp"
#include "harness/script/suite_folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

namespace touchstone::script {

static constexpr std::uintmax_t max_script_bytes = 1ULL << 28;

static std::expected<std::string, std::string> read(std::string const& path)
{
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        return std::unexpected{"it is a folder"};
    if (auto const size = std::filesystem::file_size(path, error);
        !error && size > max_script_bytes)
        return std::unexpected{fmt::format("it has {} bytes, too many for a script", size)};
    std::ifstream in{path, std::ios::binary};
    if (!in)
        return std::unexpected{std::string{std::strerror(errno)}};
    std::string text;
    std::array<char, 65'536> buffer;
    while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0) {
        auto const n = static_cast<std::size_t>(in.gcount());
        if (text.size() + n > max_script_bytes) // a device does not tell its size beforehand
            return std::unexpected{
                fmt::format("it has more than {} bytes, too many for a script", max_script_bytes)};
        text.append(buffer.data(), n);
    }
    if (in.bad())
        return std::unexpected{std::string{"reading failed"}};
    return text;
}

namespace {

/// Why a file is no script.
struct NoScript
{
    std::uint32_t line = 0;
    std::string why;
};

} // namespace

/// Of the text format, or of its JSON with the modules beside it.
static std::expected<Script, NoScript> script_of(
    std::string const& path, std::string_view text, FeatureSet profile, Unreadable unreadable)
{
    if (!path.ends_with(".json")) {
        auto script = parse_script(text, profile, unreadable);
        if (!script)
            return std::unexpected{NoScript{script.error().line, describe(script.error())}};
        return *std::move(script);
    }
    auto const folder = std::filesystem::path{path}.parent_path();
    auto script = parse_script_json(
        text, [&](std::string const& name) { return read((folder / name).string()); });
    if (!script)
        return std::unexpected{NoScript{0, script.error()}};
    return *std::move(script);
}

static void add(FileReport& report, DirectiveResult result)
{
    report.modules += result.made_instance ? 1 : 0;
    switch (result.verdict) {
    case Verdict::Done: ++report.done; break;
    case Verdict::Passed: ++report.passed; break;
    case Verdict::Unsupported:
        ++report.unsupported[result.feature];
        report.unsupported_lines[result.feature].push_back(result.line);
        break;
    case Verdict::Skipped:
    case Verdict::NotApplicable:
        ++(result.verdict == Verdict::Skipped ? report.skipped : report.not_applicable);
        if (report.reason.empty())
            report.reason = std::move(result.reason);
        break;
    case Verdict::Failed:
        ++report.failed;
        report.failures.push_back(std::move(result));
        break;
    case Verdict::Crashed:
        ++report.crashed;
        report.failures.push_back(std::move(result));
        break;
    }
}

/// What a script needs of a feature that the engine lacks may not even be written here: no module,
/// and what depends on it; and that a module is refused says nothing. A wrong answer of a module
/// that could be made stays one.
static void blame(DirectiveResult& result, Feature missing)
{
    auto const is_refusal =
        result.directive == "assert_malformed" || result.directive == "assert_invalid";
    if (result.verdict != Verdict::Failed && !(is_refusal && result.verdict == Verdict::Passed))
        return;
    if (!is_refusal && result.directive != "script" && !result.directive.starts_with("module") &&
        result.expected != no_dependency)
        return;
    result.expected.clear();
    result.got.clear();
    result.verdict = Verdict::Unsupported;
    result.feature = name(missing);
}

static bool has_threads(Script const& script)
{
    return std::ranges::any_of(script.commands,
        [](Command const& c) { return std::holds_alternative<ThreadCommand>(c.what); });
}

FileReport run_file(std::string const& path, Oracle& oracle, SuiteOptions const& options,
    std::function<void(std::uint32_t line)> before)
{
    auto const folder = suite_folder_of(path);
    auto const& profile = options.profile != nullptr ? *options.profile : *folder.profile;
    FileReport report{.path = path,
        .oracle = oracle.info().name,
        .folder = std::string{folder.name},
        .profile = std::string{profile.name}};
    auto const proposed = profile.features & proposals;
    auto const missing = proposed.first_missing_in(oracle.info().features);
    auto const judge = [&](DirectiveResult result) {
        if (missing)
            blame(result, *missing);
        add(report, std::move(result));
    };
    auto const text = read(path);
    if (!text) {
        report.is_unreadable = true;
        report.reason = text.error();
        return report;
    }
    auto const script =
        script_of(path, *text, profile.features, missing ? Unreadable::Keep : Unreadable::Refuse);
    if (!script) {
        report.directives = 1;
        judge({.line = script.error().line,
            .directive = "script",
            .verdict = Verdict::Failed,
            .expected = "a test script",
            .got = script.error().why});
        return report;
    }
    report.directives = count_directives(*script);
    SessionOptions const plain{
        .limits = options.limits, .profile = profile.features, .seed = options.seed};
    RunOptions how{.strict_messages = options.strict_messages,
        .profile = profile.features,
        .before = std::move(before)};
    auto const is_explored = options.interleavings > 1 && has_threads(*script) &&
                             oracle.info().features.has(Feature::Threads);
    if (is_explored) {
        auto explored = explore(options.interleavings, [&](Schedule& schedule, Sight const& sight) {
            auto scheduled = plain;
            scheduled.schedule = &schedule;
            how.seen = sight;
            return run(*script, *oracle.session(scheduled), oracle.info(), how);
        });
        report.interleavings = explored.runs;
        report.all_interleavings = explored.all;
        report.joint_outcomes = std::move(explored.joint_outcomes);
        std::ranges::for_each(std::move(explored.results), judge);
        return report;
    }
    auto const session = oracle.session(plain);
    if (!session) {
        report.skipped = report.directives;
        report.reason = "the engine cannot keep instances between calls";
        return report;
    }
    for (auto& result : run(*script, *session, oracle.info(), how))
        judge(std::move(result));
    return report;
}

} // namespace touchstone::script
