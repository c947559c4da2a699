#include "harness/campaign/campaign.hpp"

#include "cases/shell_word.hpp"
#include "harness/campaign/supervisor.hpp"

#include <fmt/format.h>

namespace touchstone::campaign {

/// Their versions and features, from engines that are closed again before the workers are forked.
static std::expected<std::vector<OracleInfo>, std::string> infos_of(Settings const& settings)
{
    auto const panel = settings.make_panel(settings.oracles, Isolation::All);
    if (!panel)
        return std::unexpected{panel.error()};
    if (panel->members.size() > max_members)
        return std::unexpected{fmt::format("at most {} oracles at once", max_members)};
    std::vector<OracleInfo> infos;
    for (auto const& m : panel->members)
        infos.push_back(m.info);
    return infos;
}

std::expected<Result, std::string> run(
    Settings const& settings, std::function<void(Progress const&)> const& progress)
{
    auto infos = infos_of(settings);
    if (!infos)
        return std::unexpected{infos.error()};
    Supervisor supervisor{settings, std::move(*infos)};
    return supervisor.run(progress);
}

std::string repro_command(Settings const& settings, std::uint64_t index)
{
    return fmt::format("touchstone repro --generator {} --seed {} --index {} --oracles {}",
        generators::name(settings.kind), settings.seed, index,
        shell_word(fmt::format("{}", fmt::join(settings.oracles, ","))));
}

} // namespace touchstone::campaign
