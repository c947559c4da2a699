#pragma once
// A case rewritten so that it counts its steps, stops after a given number of them, and keeps a
// running digest of every number it computes: with it the first instruction after which two
// engines differ is found on any engine, by bisection.

#include "cases/case.hpp"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace touchstone::generators {

/// How numbers are mixed into the digest: two ways that share no arithmetic, because the engine
/// that mixes is under suspicion itself.
enum class Mixing : std::uint8_t
{
    Xor, ///< i64.xor, i64.rotl
    Add, ///< i64.add
};

/// Where a step stands.
struct Position
{
    std::uint32_t module = 0;      ///< of the case as it was
    Index function = 0;            ///< in the module's index space
    std::uint32_t instruction = 0; ///< in the body
};

/// The first module of a traced case: it holds the state of the trace as exported globals.
inline constexpr std::string_view trace_module = "touchstone:trace";

/// Its globals, in this order.
enum class TraceGlobal : Index
{
    Steps, ///< i32: steps that are left
    At,    ///< i32: the position of the last step plus one, 0 before the first
    Log,   ///< i64: the digest of all positions and numbers so far
};
inline constexpr Index trace_globals = 3;

struct Traced
{
    Case what; ///< modules are one further up than in the original
    std::vector<Position> positions;

    /// Lets the case run this many steps; each further one traps as unreachable.
    void stop_after(std::uint32_t steps);
};

/// Each instruction but `end`, `else` and `nop` becomes a step. Takes a case whose modules are all
/// valid, gives such a case.
[[nodiscard]] Traced trace(Case const& c, Mixing mixing);

} // namespace touchstone::generators
