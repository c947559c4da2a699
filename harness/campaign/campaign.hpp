#pragma once
// A campaign: generated cases through a panel of engines, in worker processes that may die, until
// time or count is up.

#include "engine/embedding/limits.hpp"
#include "generators/generate.hpp"
#include "harness/campaign/buckets.hpp"
#include "harness/campaign/tally.hpp"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace touchstone::campaign {

struct Settings
{
    std::vector<std::string> oracles{"reference", "fast", "wabt"};
    /// How every process of the campaign makes its engines.
    std::function<std::expected<Panel, std::string>(std::span<std::string const>, Isolation)>
        make_panel = campaign::make_panel;
    generators::Kind kind = generators::Kind::Mixed;
    FeatureSet features = wasm3; ///< what generated modules may use, as far as the reference has it
    std::uint64_t seed = 1;
    std::uint64_t first = 0;            ///< index of the first case
    std::optional<std::uint64_t> count; ///< how many cases
    std::optional<double> seconds;      ///< how long; at least one of the two
    unsigned jobs = 1;                  ///< worker processes
    Limits limits = Limits::for_campaign();
    double case_seconds = 10; ///< after which an engine in a worker counts as hung
    std::uint64_t worker_bytes = 4ULL
                                 << 30; ///< resident memory at which a worker counts as blown up
    std::optional<std::filesystem::path> out; ///< findings are written here, a folder each
    std::size_t samples = 3;                  ///< folders a bucket
    /// A smaller case with this signature; absent: findings are written as they were found.
    std::function<Case(Case const&, Panel const&, Signature const&)> minimize;
};

struct Result
{
    double seconds = 0;
    Tally tally;
    std::vector<OracleInfo> oracles;
    std::vector<Bucket> buckets;
    std::uint64_t unlocated = 0; ///< divergent cases in no bucket: enough of their kind are
    std::vector<std::string>
        troubles; ///< what went wrong around the campaign: a finding that could not be written, ...
    int signal = 0; ///< SIGINT or SIGTERM if one ended it
};

/// What is told while it runs, about twice a second.
struct Progress
{
    double seconds = 0;
    std::uint64_t cases = 0;
    std::uint64_t buckets = 0;
    std::size_t waiting = 0; ///< findings that are still to be minimized or written
};

/// Runs a campaign. Engines that die or hang are findings; the campaign goes on. SIGINT and SIGTERM
/// end it with what it has. The error: an oracle is missing, or processes cannot be made.
[[nodiscard]] std::expected<Result, std::string> run(
    Settings const& settings, std::function<void(Progress const&)> const& progress);

/// The line that shows a generated case again.
[[nodiscard]] std::string repro_command(Settings const& settings, std::uint64_t index);

} // namespace touchstone::campaign
