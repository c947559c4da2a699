#include "harness/script/file_report_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace touchstone::script {

/// Directives that can fail; `DirectiveResult::directive` points to static text.
static constexpr auto directives =
    std::to_array<std::string_view>({"module", "module definition", "module instance", "register",
        "invoke", "get", "assert_return", "assert_trap", "assert_exhaustion", "assert_exception",
        "assert_suspension", "assert_malformed", "assert_invalid", "assert_unlinkable",
        "assert_malformed_custom", "assert_invalid_custom", "thread", "wait", "script"});

std::string to_json(FileReport const& r)
{
    auto json = nlohmann::json{{"path", r.path}, {"oracle", r.oracle}, {"folder", r.folder},
        {"profile", r.profile}, {"directives", r.directives}, {"done", r.done},
        {"passed", r.passed}, {"failed", r.failed}, {"skipped", r.skipped},
        {"not_applicable", r.not_applicable}, {"crashed", r.crashed},
        {"unsupported", r.unsupported}, {"unsupported_lines", r.unsupported_lines},
        {"modules", r.modules}, {"reason", r.reason}, {"unreadable", r.is_unreadable},
        {"interleavings", r.interleavings}, {"all_interleavings", r.all_interleavings},
        {"joint_outcomes", r.joint_outcomes}, {"failures", nlohmann::json::array()}};
    for (auto const& f : r.failures)
        json["failures"].push_back({{"line", f.line}, {"directive", f.directive},
            {"crashed", f.verdict == Verdict::Crashed}, {"expected", f.expected}, {"got", f.got}});
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<FileReport> report_from_json(std::string_view text)
{
    auto const json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object())
        return std::nullopt;
    FileReport r;
    json.at("path").get_to(r.path);
    json.at("oracle").get_to(r.oracle);
    json.at("folder").get_to(r.folder);
    json.at("profile").get_to(r.profile);
    json.at("directives").get_to(r.directives);
    json.at("done").get_to(r.done);
    json.at("passed").get_to(r.passed);
    json.at("failed").get_to(r.failed);
    json.at("skipped").get_to(r.skipped);
    json.at("not_applicable").get_to(r.not_applicable);
    json.at("crashed").get_to(r.crashed);
    json.at("unsupported").get_to(r.unsupported);
    json.at("unsupported_lines").get_to(r.unsupported_lines);
    json.at("modules").get_to(r.modules);
    json.at("reason").get_to(r.reason);
    json.at("unreadable").get_to(r.is_unreadable);
    json.at("interleavings").get_to(r.interleavings);
    json.at("all_interleavings").get_to(r.all_interleavings);
    json.at("joint_outcomes").get_to(r.joint_outcomes);
    for (auto const& f : json.at("failures")) {
        auto const name = f.at("directive").get<std::string>();
        auto const* const known = std::ranges::find(directives, name);
        r.failures.push_back({.line = f.at("line").get<std::uint32_t>(),
            .directive = known != directives.end() ? *known : directives.back(),
            .verdict = f.at("crashed").get<bool>() ? Verdict::Crashed : Verdict::Failed,
            .expected = f.at("expected").get<std::string>(),
            .got = f.at("got").get<std::string>()});
    }
    return r;
}

} // namespace touchstone::script
