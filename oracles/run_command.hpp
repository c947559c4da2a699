#pragma once
// One command, run to its end or to a limit, with what it said.

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <vector>

namespace touchstone {

struct CommandLimits
{
    std::chrono::milliseconds time{};
    std::uint64_t memory_bytes = 0; ///< RLIMIT_DATA; 0 is none
};

struct CommandEnd
{
    std::string out;
    std::string error;
    int status = 0; ///< as waitpid tells it
    bool timed_out = false;
};

/// In a process group of its own, which is killed in the end. The error says why it could not be
/// started.
[[nodiscard]] std::expected<CommandEnd, std::string> run_command(
    std::vector<std::string> const& words, CommandLimits const& limits);

} // namespace touchstone
