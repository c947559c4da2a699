#include "harness/script/run.hpp"
#include "harness/script/suite.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

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
    std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (in.bad())
        return std::unexpected{std::string{"reading failed"}};
    return text;
}

static void add(FileReport& report, DirectiveResult result)
{
    report.modules += result.made_instance ? 1 : 0;
    switch (result.verdict) {
    case Verdict::Done: break;
    case Verdict::Passed: ++report.passed; break;
    case Verdict::Unsupported: ++report.unsupported[result.feature]; break;
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

FileReport run_file(std::string const& path, Oracle& oracle, bool strict_messages,
    std::function<void(std::uint32_t line)> before)
{
    FileReport report{.path = path, .oracle = oracle.info().name};
    auto const refuse = [&](std::uint32_t line, std::string why) {
        add(report, {.line = line,
                        .directive = "script",
                        .verdict = Verdict::Failed,
                        .expected = "a test script",
                        .got = std::move(why)});
        return report;
    };
    auto const text = read(path);
    if (!text)
        return refuse(0, text.error());
    auto const script = parse_script(*text);
    if (!script)
        return refuse(script.error().line, describe(script.error()));
    auto const session = oracle.session(Limits::for_spec());
    if (!session) {
        for (auto const& c : script->commands)
            add(report, {.line = c.line,
                            .directive = "script",
                            .verdict = Verdict::Skipped,
                            .reason = "the engine cannot keep instances between calls"});
        return report;
    }
    for (auto& result : run(*script, *session, oracle.info(),
             {.strict_messages = strict_messages, .before = std::move(before)}))
        add(report, std::move(result));
    return report;
}

} // namespace touchstone::script
