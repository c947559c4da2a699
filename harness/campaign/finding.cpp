#include "harness/campaign/finding.hpp"

#include "cases/file.hpp"
#include "cases/shell_word.hpp"
#include "harness/campaign/test_script.hpp"
#include "harness/compare/words.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fstream>

namespace touchstone::campaign {

namespace fs = std::filesystem;

namespace {

/// As an option of the shell.
std::string oracles_option(Panel const& panel)
{
    std::vector<std::string> names;
    for (auto const& m : panel.members)
        names.push_back(m.info.spelled());
    return shell_word(fmt::format("{}", fmt::join(names, ",")));
}

/// Nothing of the user's is replaced: only what is not there, is empty, or is a finding.
void require_replaceable(fs::path const& folder)
{
    if (fs::exists(folder) && !(fs::is_directory(folder) &&
                                  (fs::is_empty(folder) || fs::exists(folder / "finding.json"))))
        throw CannotWrite{fmt::format("{} is there and is no finding's folder", folder.string())};
}

/// As words of a command: " --limits campaign", or nothing.
std::string words(std::vector<std::string> const& options)
{
    std::string all;
    for (auto const& o : options)
        all += ' ' + o;
    return all;
}

std::string repro_script(Finding const& f, Panel const& panel, TestScript const& script)
{
    return fmt::format(R"script(#!/bin/sh
# {}
# Shows this finding again. TOUCHSTONE names the program if it is not on PATH.
here=$(cd "$(dirname "$0")" && pwd)
"${{TOUCHSTONE:-touchstone}}" repro "$here" --oracles {}
code=$?
# The assertions in test.wast are the reference's answers:
#   touchstone spec test.wast{}
# Without Touchstone, with wabt's tools:
if command -v wast2json >/dev/null && command -v spectest-interp >/dev/null; then
    scratch=$(mktemp -d)
    wast2json "$here/test.wast" -o "$scratch/test.json" && spectest-interp "$scratch/test.json"
    rm -rf "$scratch"
fi
exit $code
)script",
        f.signature.text(), oracles_option(panel), words(script.options));
}

/// What each engine that was asked did in the step where they differ; nothing if it did not show
/// again.
nlohmann::ordered_json answers(Finding const& f, Panel const& panel)
{
    auto const& e = f.examination;
    auto const& at = e.members[e.worst].judgement;
    auto list = nlohmann::ordered_json::array();
    for (std::size_t i = 0; e.outcome == OutcomeKind::Diverge && i < e.members.size(); ++i) {
        auto const& seen =
            i == 0 ? subject_of(f.what, e, e.worst).reference : e.members[i].observation;
        auto const& steps = at.in_instantiation ? seen.instantiations : seen.calls;
        if (at.step < steps.size())
            list.push_back({{"oracle", panel.members[i].info.name},
                {"answer", compare_words::describe(steps[at.step])}});
    }
    return list;
}

nlohmann::ordered_json finding_json(Finding const& f, Panel const& panel, TestScript const& script)
{
    nlohmann::ordered_json j;
    j["schema"] = "touchstone.finding/1";
    j["signature"] = f.signature.text();
    j["kind"] = f.signature.kind;
    j["oracles"] = f.signature.oracles;
    j["suspect"] = f.signature.suspect;
    j["classes"] = f.signature.classes;
    j["instruction"] = f.location ? f.location->text : f.signature.instruction;
    if (f.location)
        j["location"] = {{"module", f.location->module}, {"function", f.location->function},
            {"instruction", f.location->instruction}, {"step", f.location->step},
            {"effect", f.location->effect}};
    j["detail"] = f.detail;
    j["answers"] = answers(f, panel);
    j["origin"] = f.what.origin;
    j["command"] = f.command;
    j["script"] = {{"shows", script.shows}, {"options", script.options}};
    j["engines"] = nlohmann::ordered_json::array();
    for (auto const& m : panel.members)
        j["engines"].push_back({{"name", m.info.name}, {"version", m.info.version}});
    return j;
}

void write_all(Finding const& f, Panel const& panel, fs::path const& folder)
{
    if (auto const saved = save_case(f.what, folder); !saved)
        throw CannotWrite{saved.error()};
    if (f.original)
        if (auto const saved = save_case(*f.original, folder / "original"); !saved)
            throw CannotWrite{saved.error()};
    write_texts(f.what, folder);
    auto const script = test_script(f, panel);
    write_text(folder / "test.wast", script.text);
    write_text(folder / "finding.json",
        finding_json(f, panel, script)
                .dump(2, ' ', false, nlohmann::json::error_handler_t::replace) +
            "\n");
    write_text(folder / "repro.sh", repro_script(f, panel, script));
    fs::permissions(folder / "repro.sh",
        fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec,
        fs::perm_options::add);
}

} // namespace

std::expected<void, std::string> write_finding(
    Finding const& f, Panel const& panel, fs::path const& where)
{
    auto const folder =
        where.has_filename() ? where.lexically_normal() : where.lexically_normal().parent_path();
    auto const beside = folder.parent_path() / ("." + folder.filename().string() + ".partial");
    std::error_code ignored;
    try {
        require_replaceable(folder);
        fs::remove_all(beside);
        fs::create_directories(beside);
        write_all(f, panel, beside);
        fs::remove_all(folder);
        fs::rename(beside, folder);
        return {};
    } catch (CannotWrite const& e) {
        fs::remove_all(beside, ignored);
        return std::unexpected{e.why};
    } catch (fs::filesystem_error const& e) {
        fs::remove_all(beside, ignored);
        return std::unexpected{std::string{e.what()}};
    }
}

static std::expected<nlohmann::json, std::string> read_finding(fs::path const& folder)
{
    auto const path = folder / "finding.json";
    std::ifstream in{path, std::ios::binary};
    if (!in)
        return std::unexpected{fmt::format("{}: cannot be read", path.string())};
    auto j = nlohmann::json::parse(in, nullptr, false);
    if (!j.is_object() || !j.contains("signature") || !j["signature"].is_string())
        return std::unexpected{fmt::format("{}: no finding (touchstone.finding/1)", path.string())};
    return j;
}

std::expected<std::string, std::string> signature_in(fs::path const& folder)
{
    auto const j = read_finding(folder);
    if (!j)
        return std::unexpected{j.error()};
    return (*j)["signature"].get<std::string>();
}

std::expected<std::string, std::string> title_in(fs::path const& folder)
{
    auto const j = read_finding(folder);
    if (!j)
        return std::unexpected{j.error()};
    auto const text = [](nlohmann::json const& o, char const* key) {
        auto const at = o.find(key);
        return at != o.end() && at->is_string() ? at->get<std::string>() : std::string{};
    };
    if (j->contains("location") && (*j)["location"].is_object())
        return fmt::format("{} {}", text(*j, "instruction"), text((*j)["location"], "effect"));
    return text(*j, "signature");
}

} // namespace touchstone::campaign
