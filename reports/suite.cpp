#include "reports/suite.hpp"

#include "reports/version.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>

namespace touchstone::reports {

using nlohmann::ordered_json;

std::uint64_t SuiteTotals::unsupported_count() const
{
    std::uint64_t n = 0;
    for (auto const& [feature, count] : unsupported)
        n += count;
    return n;
}

bool SuiteTotals::ran_something() const
{
    return passed + failed + crashed + known + modules + not_applicable + unsupported_count() > 0;
}

static void add(SuiteTotals& t, script::FileReport const& f)
{
    t.directives += f.directives;
    t.done += f.done;
    t.passed += f.passed;
    t.failed += f.failed;
    t.skipped += f.skipped;
    t.not_applicable += f.not_applicable;
    t.crashed += f.crashed;
    t.known += f.known;
    t.modules += f.modules;
    for (auto const& [feature, count] : f.unsupported)
        t.unsupported[feature] += count;
}

std::vector<SuiteTotals> totals_of(
    script::SuiteReport const& report, std::vector<script::EngineSource> const& engines)
{
    std::vector<SuiteTotals> all;
    for (auto const& e : engines) {
        SuiteTotals t{.name = e.name, .version = e.version};
        for (auto const& f : report.files)
            if (f.oracle == e.name)
                add(t, f);
        all.push_back(std::move(t));
    }
    return all;
}

std::vector<FolderTotals> folders_of(script::SuiteReport const& report)
{
    std::vector<FolderTotals> all;
    for (auto const& f : report.files) {
        if (f.folder.empty())
            continue;
        auto at = std::ranges::find_if(all, [&](FolderTotals const& t) {
            return t.folder == f.folder && t.profile == f.profile && t.totals.name == f.oracle;
        });
        if (at == all.end()) {
            all.push_back({.folder = f.folder, .profile = f.profile, .totals = {.name = f.oracle}});
            at = std::prev(all.end());
        }
        add(at->totals, f);
    }
    return all;
}

static ordered_json folder_json(FolderTotals const& f)
{
    auto const& t = f.totals;
    return {{"folder", f.folder}, {"profile", f.profile}, {"oracle", t.name}, {"passed", t.passed},
        {"failed", t.failed + t.crashed}, {"known", t.known}, {"skipped", t.skipped},
        {"not_applicable", t.not_applicable}, {"modules", t.modules},
        {"unsupported", t.unsupported}, {"directives", t.directives}, {"done", t.done}};
}

static ordered_json file_json(script::FileReport const& f)
{
    ordered_json json{{"path", f.path}, {"oracle", f.oracle}, {"profile", f.profile},
        {"passed", f.passed}, {"failed", f.failed + f.crashed}, {"skipped", f.skipped},
        {"reason", f.reason}, {"directives", f.directives}, {"done", f.done},
        {"crashed", f.crashed}, {"known", f.known}, {"not_applicable", f.not_applicable},
        {"modules", f.modules}, {"unsupported", f.unsupported}, {"unreadable", f.is_unreadable}};
    if (f.interleavings != 0)
        json["interleavings"] = {{"tried", f.interleavings}, {"all", f.all_interleavings},
            {"joint_outcomes", f.joint_outcomes}};
    return json;
}

static ordered_json failure_json(
    script::FileReport const& file, script::DirectiveResult const& failure)
{
    return {{"path", file.path}, {"line", failure.line}, {"oracle", file.oracle},
        {"directive", failure.directive}, {"expected", failure.expected}, {"got", failure.got},
        {"feature", failure.feature}};
}

ordered_json suite_json(
    script::SuiteReport const& report, std::vector<SuiteTotals> const& totals, bool strict)
{
    ordered_json json{{"schema", "touchstone.spec/1"}};
    json["touchstone"] = version();
    auto& oracles = json["oracles"] = ordered_json::array();
    for (auto const& t : totals)
        oracles.push_back({{"name", t.name}, {"version", t.version}, {"passed", t.passed},
            {"failed", t.failed}, {"skipped", t.skipped}, {"not_applicable", t.not_applicable},
            {"crashed", t.crashed}, {"known", t.known}, {"modules", t.modules},
            {"unsupported", t.unsupported}, {"directives", t.directives}, {"done", t.done}});
    auto& files = json["files"] = ordered_json::array();
    auto failures = ordered_json::array();
    auto known = ordered_json::array();
    for (auto const& f : report.files) {
        files.push_back(file_json(f));
        for (auto const& failure : f.failures)
            failures.push_back(failure_json(f, failure));
        for (auto const& failure : f.known_failures) {
            known.push_back(failure_json(f, failure));
            known.back()["reason"] = failure.reason;
        }
    }
    auto& folders = json["folders"] = ordered_json::array();
    for (auto const& f : folders_of(report))
        folders.push_back(folder_json(f));
    json["failures"] = std::move(failures);
    json["known"] = std::move(known);
    json["strict_messages"] = strict;
    json["user_seconds"] = report.user_seconds;
    json["peak_rss_bytes"] = report.peak_rss_bytes;
    return json;
}

} // namespace touchstone::reports
