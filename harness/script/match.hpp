#pragma once
// Values against the patterns of a test script, and both as text.

#include "engine/embedding/value.hpp"
#include "engine/text/script.hpp"
#include "oracles/observation.hpp"

#include <span>
#include <string>
#include <string_view>

namespace touchstone::script {

/// Numbers bit by bit, NaNs by class, references by kind (and by number, if the host made them).
[[nodiscard]] bool matches(Pattern const& pattern, Value const& value);

/// Pairwise, and as many.
[[nodiscard]] bool matches(std::span<Pattern const> patterns, std::span<Value const> values);

/// Is one of these traps what the script calls `text`? Either wording may go on where the other
/// ends: "uninitialized element 2".
[[nodiscard]] bool trap_matches(TrapSet traps, std::string_view text);

/// Did it run out of what the script names? Any limit is "call stack exhausted", as other texts of
/// scripts are; "stack values exhausted", and the like, is that limit where the engine tells, and
/// fuel is "out of fuel" alone.
[[nodiscard]] bool exhaustion_matches(CallObservation const& seen, std::string_view text);

/// Does an engine's message say what the script expects? A place and the stage's name may come
/// first: "byte 0x8: malformed: unexpected end".
[[nodiscard]] bool message_matches(std::string_view message, std::string_view text);

[[nodiscard]] Value to_value(Const const& c);

/// "i32:7", "f32:nan:0x400001", "v128:0x...", "ref.extern:3", "ref.null".
[[nodiscard]] std::string show(Value const& value);
[[nodiscard]] std::string show(std::span<Value const> values);
[[nodiscard]] std::string show(Pattern const& pattern);
[[nodiscard]] std::string show(std::span<Pattern const> patterns);

/// How a step ended, in one line: "returned i32:7", "trapped: integer overflow".
[[nodiscard]] std::string show(CallObservation const& seen);

} // namespace touchstone::script
