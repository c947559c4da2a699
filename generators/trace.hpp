#pragma once
// A case rewritten so that it counts its steps, stops after a given number of them, and keeps a
// running digest of every number it computes: with it the first instruction after which two
// engines differ is found on any engine, by bisection.

#include "cases/case.hpp"

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace touchstone::generators {

/// How numbers are mixed into the digest and steps are stopped: two ways that share no arithmetic,
/// because the engine that does it is under suspicion itself. Only the second has control flow,
/// before which some engines write back all operands.
enum class Mixing : std::uint8_t
{
    Xor, ///< i64.xor, i64.rotl; stops by a division by zero
    Add, ///< i64.add; stops by unreachable
};

/// An instruction of the case as it was, or the entry of a function.
struct Position
{
    static constexpr auto entry = std::numeric_limits<std::uint32_t>::max();

    std::uint32_t module = 0;      ///< of the case as it was
    Index function = 0;            ///< in the module's index space
    std::uint32_t instruction = 0; ///< in the body, or `entry`
    std::uint32_t traced = 0;      ///< where it stands in the traced body
};

/// The first module of a traced case: it holds the state of the trace as exported globals.
inline constexpr std::string_view trace_module = "touchstone:trace";

/// Its globals, in this order.
enum class TraceGlobal : Index
{
    Steps, ///< i32: steps that are left
    At,    ///< i32: the position at which the last step was complete, plus one; 0 before the first
    Log,   ///< i64: the digest of all steps' positions and numbers so far
};
inline constexpr Index trace_globals = 3;

struct Traced
{
    Case what;                       ///< modules are one further up than in the original
    std::vector<Position> positions; ///< function by function, in order

    /// Lets the case run this many steps; after them it traps, and so does each further call.
    void stop_after(std::uint32_t steps);
};

/// Steps are the entries of functions, with the numbers in their locals, and what was executed,
/// with its result. Constants, variables that are read, and control are none: code that engines
/// compile together (an operation and its operands) is left together, or the bug might be gone.
/// Takes a case whose modules are all valid, gives such a case.
[[nodiscard]] Traced trace(Case const& c, Mixing mixing);

} // namespace touchstone::generators
