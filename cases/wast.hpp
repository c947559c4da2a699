#pragma once
// A case as a test script that any .wast runner can execute.

#include "cases/case.hpp"
#include "engine/embedding/outcome.hpp"

#include <expected>
#include <string>
#include <vector>

namespace touchstone {

/// What a step of a case is asserted to do.
struct Expected
{
    enum class End : std::uint8_t
    {
        Returned,
        Trapped,
        Threw,
        Exhausted, ///< assert_exhaustion
        Malformed,
        Invalid,
        Unlinkable,
        Nothing, ///< no assertion: the step is a comment
    };
    End end = End::Nothing;
    std::vector<Value> values; ///< of Returned
    std::string message;       ///< of the others: what the script expects as text
};

/// The script: each module (as text if the front end can print it, else as binary), registered
/// under its name, and each call with its expectation. `modules` and `calls` are as long as the
/// case's, or shorter: what comes after is left out.
[[nodiscard]] std::string print_wast(
    Case const& c, std::vector<Expected> const& modules, std::vector<Expected> const& calls);

/// A value as a constant of a script: "(i32.const 7)", "(f32.const nan:0x400001)", "(ref.null
/// extern)".
[[nodiscard]] std::string print_const(Value const& v);

} // namespace touchstone
