#pragma once
// One program, run to its end or to a limit.

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

namespace touchstone::minimize {

struct ProcessLimits
{
    double seconds = 10;
    std::uint64_t memory_bytes = std::uint64_t{4} << 30;
};

/// Its exit status; 128 and the signal if it died of one, 124 if it took too long. It has a process
/// group of its own, which is killed in the end, and neither input nor output. The error says why
/// it could not be started.
[[nodiscard]] std::expected<int, std::string> run_process(
    std::vector<std::string> const& words, ProcessLimits const& limits);

} // namespace touchstone::minimize
