#include "reports/mutants.hpp"

#include "harness/campaign/campaign.hpp"
#include "harness/mutants/looking.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <map>

namespace touchstone::reports {

using mutants::FaultResult;
using mutants::Hunt;
using mutants::Passes;
using mutants::Result;
using mutants::Settings;

namespace {

constexpr std::string_view all_layers = "all";

struct Score
{
    std::uint64_t killed = 0;
    std::uint64_t total = 0;
};

bool is_killed(FaultResult const& f, std::string_view layer)
{
    return layer == all_layers ? f.is_killed() : f.is_killed_in(layer);
}

template <class Wanted>
Score score(Result const& r, std::string_view layer, Wanted wanted)
{
    Score s;
    for (auto const& f : r.faults)
        if (wanted(f)) {
            ++s.total;
            s.killed += is_killed(f, layer) ? 1 : 0;
        }
    return s;
}

Score score(Result const& r, std::string_view layer)
{
    return score(r, layer, [](FaultResult const&) { return true; });
}

std::map<std::string, Score> by_class(Result const& r, std::string_view layer)
{
    std::map<std::string, Score> scores;
    for (auto const& f : r.faults) {
        auto& s = scores[f.fault.fault_class];
        ++s.total;
        s.killed += is_killed(f, layer) ? 1 : 0;
    }
    return scores;
}

/// Those that were run, and all of them together.
std::vector<std::string> layers_of(Settings const& settings)
{
    auto layers = settings.layers;
    layers.emplace_back(all_layers);
    return layers;
}

std::string rate(Passes const& p)
{
    if (p.passed == 0)
        return "not passed";
    return fmt::format(
        "{:.3g}%", 100 * static_cast<double>(p.shown) / static_cast<double>(p.passed));
}

/// Where a layer first noticed it: a count of cases for a generated one.
std::string where(Hunt const& h)
{
    if (!h.first)
        return "-";
    return h.layer == mutants::suite_layer ? "noticed" : fmt::format("{}", h.first->index + 1);
}

nlohmann::ordered_json layer_json(
    Result const& r, Settings const& settings, std::string const& name)
{
    auto const s = score(r, name);
    nlohmann::ordered_json j{{"name", name},
        {"budget_cases", name == all_layers ? settings.budget : mutants::budget_of(name, settings)},
        {"killed", s.killed}, {"total", s.total}};
    j["by_class"] = nlohmann::ordered_json::object();
    for (auto const& [fault_class, of_class] : by_class(r, name))
        j["by_class"][fault_class] = {{"killed", of_class.killed}, {"total", of_class.total}};
    return j;
}

nlohmann::ordered_json hunt_json(Hunt const& h)
{
    nlohmann::ordered_json j{{"name", h.layer}, {"killed", h.first.has_value()}, {"cases", h.cases},
        {"unsound", h.unsound}, {"first_case", nullptr}, {"signature", nullptr}};
    if (h.first) {
        j["first_case"] = h.first->index;
        j["signature"] = h.first->signature;
    }
    return j;
}

nlohmann::ordered_json fault_json(FaultResult const& f, Settings const& settings)
{
    nlohmann::ordered_json j{{"id", f.fault.id}, {"class", f.fault.fault_class},
        {"feature", name(f.fault.feature)}, {"instruction", f.fault.instruction},
        {"what", f.fault.what}, {"shared", f.fault.is_shared},
        {"oracles", mutants::oracles_for(f.fault, settings)}, {"passed", f.passes.passed},
        {"shown", f.passes.shown}};
    j["layers"] = nlohmann::ordered_json::array();
    for (auto const& h : f.hunts)
        j["layers"].push_back(hunt_json(h));
    return j;
}

void fault_table(std::string& page, Result const& r, Settings const& settings, bool shared)
{
    page += "| fault | class | instruction | what is wrong | shows |";
    for (auto const& layer : settings.layers)
        page += fmt::format(" {} |", layer);
    page += "\n|---|---|---|---|---|";
    for (std::size_t i = 0; i < settings.layers.size(); ++i)
        page += "---|";
    page += '\n';
    for (auto const& f : r.faults) {
        if (f.fault.is_shared != shared)
            continue;
        page += fmt::format("| {} | {} | {} | {} | {} |", f.fault.id, f.fault.fault_class,
            f.fault.instruction.empty() ? "" : "`" + f.fault.instruction + "`", f.fault.what,
            rate(f.passes));
        for (auto const& h : f.hunts)
            page += fmt::format(" {} |", where(h));
        page += '\n';
    }
}

void class_table(std::string& page, Result const& r, Settings const& settings)
{
    auto const layers = layers_of(settings);
    page += "| class | faults |";
    for (auto const& layer : layers)
        page += fmt::format(" {} |", layer);
    page += "\n|---|---|";
    for (std::size_t i = 0; i < layers.size(); ++i)
        page += "---|";
    page += '\n';
    std::vector<std::map<std::string, Score>> scores;
    for (auto const& layer : layers)
        scores.push_back(by_class(r, layer));
    for (auto const& [fault_class, s] : scores.back()) {
        page += fmt::format("| {} | {} |", fault_class, s.total);
        for (auto const& of_layer : scores)
            page += fmt::format(" {} |", of_layer.at(fault_class).killed);
        page += '\n';
    }
}

void layer_table(std::string& page, Result const& r, Settings const& settings)
{
    page += "| layer | at most | faults of the fast engine | faults of what both share |\n"
            "|---|---|---|---|\n";
    for (auto const& layer : layers_of(settings)) {
        auto const own = score(r, layer, [](auto const& f) { return !f.fault.is_shared; });
        auto const shared = score(r, layer, [](auto const& f) { return f.fault.is_shared; });
        auto const most = layer == all_layers ? std::string{}
                          : layer == mutants::suite_layer
                              ? fmt::format("{} scripts", mutants::budget_of(layer, settings))
                              : fmt::format("{} cases", settings.budget);
        page += fmt::format("| {} | {} | {} of {} | {} of {} |\n", layer, most, own.killed,
            own.total, shared.killed, shared.total);
    }
}

} // namespace

std::string mutants_text(Result const& r, Settings const& settings)
{
    std::string text = fmt::format("{:<30}{:<22}{:>11}", "fault", "class", "shows");
    for (auto const& layer : settings.layers)
        text += fmt::format("{:>10}", layer);
    text += '\n';
    for (auto const& f : r.faults) {
        text += fmt::format("{:<30}{:<22}{:>11}", f.fault.id, f.fault.fault_class, rate(f.passes));
        for (auto const& h : f.hunts)
            text += fmt::format("{:>10}", where(h));
        text += '\n';
    }
    text += '\n';
    for (auto const& layer : layers_of(settings)) {
        auto const s = score(r, layer);
        text += fmt::format("{:<8}{:>4} of {} noticed\n", layer, s.killed, s.total);
    }
    text += fmt::format("{:.0f} s, seed {}, at most {} cases a fault and layer\n", r.seconds,
        settings.seed, settings.budget);
    return text;
}

std::string mutants_markdown(Result const& r, Settings const& settings)
{
    std::string page = fmt::format(
        "# Planted faults\n\nMade by `touchstone mutants --budget-cases {} --seed {}` (generator "
        "version {}). Each fault is switched on alone\nand hunted in each layer until it is first "
        "noticed; it counts only where the faultless build is silent on the same case.\n\n",
        settings.budget, settings.seed, generators::version);
    layer_table(page, r, settings);
    page += fmt::format(
        "\nIn the tables below a number is the case that first noticed the fault, counted from 1; "
        "- is a fault that\nwas not noticed. *Shows* says on how many executions of its place the "
        "fault would do wrong, in {}\ngenerated cases; of what is compiled or decoded once it "
        "counts that.\n\n## The fast engine\n\n",
        r.sampled);
    fault_table(page, r, settings, false);
    page += "\n## Decoder and validator\n\nBoth engines share these: only a foreign engine can "
            "show the faults on generated cases.\n\n";
    fault_table(page, r, settings, true);
    page += "\n## By class\n\n";
    class_table(page, r, settings);
    return page;
}

nlohmann::ordered_json mutants_json(Result const& r, Settings const& settings)
{
    nlohmann::ordered_json j{{"schema", "touchstone.mutants/1"},
        {"generator_version", generators::version}, {"seed", settings.seed},
        {"budget_cases", settings.budget}, {"sampled_cases", r.sampled}, {"seconds", r.seconds}};
    j["layers"] = nlohmann::ordered_json::array();
    for (auto const& layer : layers_of(settings))
        j["layers"].push_back(layer_json(r, settings, layer));
    j["survivors"] = nlohmann::ordered_json::array();
    for (auto const& f : r.faults)
        if (!f.is_killed())
            j["survivors"].push_back({{"id", f.fault.id}, {"class", f.fault.fault_class},
                {"instruction", f.fault.instruction}});
    j["faults"] = nlohmann::ordered_json::array();
    for (auto const& f : r.faults)
        j["faults"].push_back(fault_json(f, settings));
    return j;
}

} // namespace touchstone::reports
