#pragma once
// The child process of an isolated oracle: where the engine runs.

#include "oracles/isolation_server.hpp"

namespace touchstone::isolation {

/// Serves batches, or one session, until it is killed.
[[noreturn]] void run_child(
    Oracle& oracle, IsolationLimits const& limits, Endpoints const& ends, Exchange& exchange);

/// A request to a session.
enum class SessionRequest : std::uint8_t
{
    Open,
    Instantiate,
    Validate,
    Register,
    Invoke,
    Get,
};

/// AddressSanitizer and its sisters reserve so much that a limit would keep them from starting:
/// their resident memory is watched instead.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) ||                         \
    __has_feature(memory_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif
#else
inline constexpr bool sanitized = false;
#endif

} // namespace touchstone::isolation
