#pragma once
// How a process that an engine ran in ended, in words.

#include "oracles/observation.hpp"

#include <string>

namespace touchstone {

/// The end of a step in which an engine's process died, and why.
struct Death
{
    End end = End::Crashed; ///< Crashed, TimedOut or Refused
    std::string detail;
};

/// The end of what was written to this file, in one line.
[[nodiscard]] std::string last_words(int log);

/// What a wait status means, with the last words. Killed from outside is Refused, as when the
/// machine is out of memory.
[[nodiscard]] Death death_of(int status, std::string const& last_words);

} // namespace touchstone
