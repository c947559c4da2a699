#include "harness/mutants/sample.hpp"

#include "generators/generate.hpp"
#include "harness/campaign/examine.hpp"
#include "harness/mutants/shared_array.hpp"

#include <cerrno>
#include <cstdio>

#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace touchstone::mutants {

namespace {

constexpr std::uint64_t enough = 20'000; ///< cases

/// One more case of the mixed generator.
void count_case(std::uint64_t index, Settings const& settings, campaign::Panel const& panel,
    SharedArray<Passes>& passes)
{
    auto const c = generators::generate(
        generators::Kind::Mixed, settings.seed, index, campaign::common_features(panel));
    for (auto const& f : settings.faults)
        f.start_counting();
    (void)campaign::examine(c, panel, settings.limits, [](std::size_t) {});
    for (std::size_t f = 0; f < settings.faults.size(); ++f) {
        auto const counted = settings.faults[f].counted();
        passes[f].passed += counted.passed;
        passes[f].shown += counted.shown;
    }
}

[[noreturn]] void count(std::uint64_t cases, Settings const& settings, SharedArray<Passes>& passes)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    std::vector<std::string> const names{"reference", "fast"};
    auto const panel = settings.make_panel(names, campaign::Isolation::ForeignOnly);
    if (!panel)
        _exit(1);
    for (std::uint64_t index = 0; index < cases; ++index)
        count_case(index, settings, *panel, passes);
    _exit(0);
}

} // namespace

std::optional<Sample> sample(Settings const& settings)
{
    auto const generated = [](std::string const& layer) { return layer != suite_layer; };
    if (std::ranges::none_of(settings.layers, generated))
        return std::nullopt;
    Sample s{.cases = std::min(settings.budget, enough),
        .passes = std::vector<Passes>(settings.faults.size())};
    SharedArray<Passes> passes{settings.faults.size()};
    std::fflush(nullptr); // or the child would flush our buffers once more
    auto const pid = fork();
    if (pid == 0)
        count(s.cases, settings, passes);
    int status = 0;
    if (pid < 0)
        return std::nullopt;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return std::nullopt;
    for (std::size_t f = 0; f < s.passes.size(); ++f)
        s.passes[f] = passes[f];
    return s;
}

} // namespace touchstone::mutants
