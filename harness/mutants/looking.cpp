#include "harness/mutants/looking.hpp"

#include "generators/generate.hpp"
#include "harness/campaign/signature.hpp"
#include "harness/script/suite.hpp"
#include "oracles/registry.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace touchstone::mutants {

namespace {

/// Generated cases through a panel of engines, in this process as far as they are ours.
class LookingAtCases final : public Looking
{
public:
    LookingAtCases(
        generators::Kind kind, Settings const& settings, campaign::Panel panel, bool shared_faults)
        : kind_{kind}, settings_{settings}, panel_{std::move(panel)}
    {
        if (!shared_faults)
            remember_reference();
    }

    void prepare(std::uint64_t index) override
    {
        remembered_.reset();
        case_ =
            generators::generate(kind_, settings_.seed, index, campaign::common_features(panel_));
    }
    std::optional<std::string> look() override
    {
        auto const e = campaign::examine(case_, panel_, settings_.limits, [](std::size_t) {});
        if (e.outcome != campaign::OutcomeKind::Diverge)
            return std::nullopt;
        return campaign::signature_of(case_, e, panel_).text();
    }

private:
    /// What the reference does with the case is the same whatever faults of the other engine are
    /// on: it runs once a case.
    void remember_reference()
    {
        auto& reference = panel_.members[0].observe;
        reference = [this, observe = std::move(reference)](
                        Prepared const& prepared, std::size_t calls, Limits const& limits) {
            if (prepared.what != &case_)
                return observe(prepared, calls, limits);
            if (!remembered_)
                remembered_ = observe(prepared, calls, limits);
            return *remembered_;
        };
    }

    std::optional<Observation> remembered_;
    generators::Kind kind_;
    Settings const& settings_;
    campaign::Panel panel_;
    Case case_;
};

/// Test scripts on the fast engine, each in a process of its own.
class LookingAtScripts final : public Looking
{
public:
    explicit LookingAtScripts(Settings const& settings) : settings_{settings} {}

    void prepare(std::uint64_t index) override { script_ = settings_.scripts[index]; }
    std::optional<std::string> look() override
    {
        auto const make = [] {
            auto made = make_oracle("fast");
            return made ? std::move(*made) : nullptr;
        };
        constexpr std::chrono::seconds patience{60};
        auto const report = script::run_suite(
            {script_}, {{.name = "fast", .version = {}, .make = make}}, {.timeout = patience});
        auto const& file = report.files.at(0);
        if (file.failed + file.crashed == 0 || file.failures.empty())
            return std::nullopt;
        auto const& f = file.failures.front();
        auto const name = std::filesystem::path{script_}.lexically_relative(settings_.suite);
        return fmt::format("{}:{}: {}: expected {}, got {}", name.string(), f.line, f.directive,
            f.expected, f.got);
    }

private:
    Settings const& settings_;
    std::string script_;
};

} // namespace

std::vector<std::string> oracles_for(PlantedFault const& f, Settings const& settings)
{
    if (!settings.oracles.empty())
        return settings.oracles;
    return {"reference", f.is_shared ? "wabt" : "fast"};
}

std::expected<std::unique_ptr<Looking>, std::string> look_in(
    std::string_view layer, PlantedFault const& fault, Settings const& settings)
{
    if (layer == suite_layer)
        return std::make_unique<LookingAtScripts>(settings);
    auto const kind = generators::kind_named(layer);
    if (!kind)
        return std::unexpected{fmt::format("there is no layer `{}`", layer)};
    auto panel =
        settings.make_panel(oracles_for(fault, settings), campaign::Isolation::ForeignOnly);
    if (!panel)
        return std::unexpected{panel.error()};
    return std::make_unique<LookingAtCases>(*kind, settings, std::move(*panel), fault.is_shared);
}

} // namespace touchstone::mutants
