#pragma once
// A campaign's worker process: takes indices, makes cases, examines them, counts, and tells of
// divergences.

#include "harness/campaign/campaign.hpp"

#include <atomic>
#include <cstdint>

namespace touchstone::campaign {

/// Where a worker is, for whoever must say what it died of. 0: between cases, 1: generating,
/// 2 + k: member k is asked; or it locates what it has found.
struct Slot
{
    std::atomic<std::uint64_t> index;
    std::atomic<std::uint64_t> chunk_end; ///< indices up to here are its own
    std::atomic<std::uint32_t> stage;
    std::atomic<std::int64_t> since_ms; ///< steady clock, when the case began
    Tally tally;
};

/// What all processes of a campaign share.
struct Shared
{
    std::atomic<std::uint64_t> next;
    std::atomic<bool> stop;
};

inline constexpr std::uint32_t stage_locating = 1'000;

/// A divergence as it travels through the pipe to the supervisor, and once more when it has been
/// located; small enough to arrive whole.
struct Message
{
    enum class What : std::uint8_t
    {
        Found,
        FoundAndLocating, ///< another message follows, unless the worker dies
        Located,          ///< of the rest, `instruction` and `effect` count
        NotLocated,
    };
    What what;
    std::uint64_t index;
    char suspect[32];
    char oracles[64];
    char kind[32];
    char classes[160];
    char instruction[48];
    char effect[32];
    char detail[256];
};
static_assert(sizeof(Message) < 4'096, "PIPE_BUF: larger writes are not atomic");

inline constexpr std::uint64_t chunk_size = 32;

[[nodiscard]] std::int64_t now_ms();

/// Works off [slot.index, slot.chunk_end), then chunk after chunk, until the count is reached or
/// `shared.stop` is set. Does not return: exits 0, or 3 when its engines cannot be made.
[[noreturn]] void work(Settings const& settings, Shared& shared, Slot& slot, int findings);

} // namespace touchstone::campaign
