#pragma once
// How to call an engine's command line and how to read its answer: a few lines of TOML
// (docs/spawn.md).

#include "oracles/observation.hpp"

#include <expected>
#include <regex>
#include <string>
#include <vector>

namespace touchstone {

/// What a text in the engine's output means.
struct SpawnMeaning
{
    std::string text;
    End end = End::Trapped;
    TrapSet traps;
};

struct SpawnConfig
{
    std::vector<std::string> run;     ///< {module} and {function} are replaced
    std::vector<std::string> version; ///< a command whose first line it is
    std::regex result;                ///< its first group is an integer
    std::vector<SpawnMeaning> meanings;
};

/// The error names the file and the place.
[[nodiscard]] std::expected<SpawnConfig, std::string> read_spawn_config(std::string const& path);

} // namespace touchstone
