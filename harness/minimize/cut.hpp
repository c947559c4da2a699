#pragma once
// Replacing instructions of a function so that what stays is valid: what a sequence takes from the
// stack and leaves there, and constants of those types.

#include "harness/minimize/problem.hpp"

#include <optional>
#include <vector>

namespace touchstone::minimize {

/// Whole instructions and blocks beside each other in one block: [begin, end).
struct Range
{
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    [[nodiscard]] bool empty() const { return begin == end; }
    [[nodiscard]] std::uint32_t size() const { return end - begin; }
};

/// From `from` on, about n instructions: blocks that begin are taken whole, and it ends where the
/// block around it does. Empty at an `else` or `end`.
[[nodiscard]] Range whole(CodeView const& code, std::uint32_t from, std::uint32_t n);

/// The instruction, or the block that it begins or ends.
[[nodiscard]] Range unit_at(CodeView const& code, std::uint32_t at);

/// The types that a range takes from the stack and leaves there.
struct Effect
{
    std::vector<ValType> takes;
    std::vector<ValType> leaves;
    /// What follows cannot be reached; `leaves` is then what the block around it must end with.
    bool ends = false;
};

/// Absent for a range that is not reachable, or has dead code behind it.
[[nodiscard]] std::optional<Effect> effect_of(CodeView const& code, Range r);

/// The operands on the stack before an instruction, down to a height; the top is the last.
[[nodiscard]] std::vector<ValType> operands_before(
    CodeView const& code, std::uint32_t at, std::uint32_t down_to);

/// What the block around this position, or the function, must leave.
[[nodiscard]] std::vector<ValType> results_around(CodeView const& code, std::uint32_t at);

/// Where the operands of a unit are made: one range each, beside each other, directly before it.
/// Absent where one of them is not made by code of its own.
[[nodiscard]] std::optional<std::vector<Range>> operand_ranges(CodeView const& code, Range unit);

/// Appends the n-th plain constant of this type: the 0th is zero or null. False if there is none.
[[nodiscard]] bool push_constant(
    Expr& pools, std::vector<Instr>& out, ValType type, unsigned n = 0);

/// How many constants `push_constant` has for a type.
[[nodiscard]] unsigned constants_of(ValType type);

/// Drops and constants with the same effect; operands that lie below the first difference stay.
[[nodiscard]] std::optional<std::vector<Instr>> stand_in(Expr& pools, Effect const& effect);

/// Changes of a function's code, collected and made at once.
class CodeEdit
{
public:
    explicit CodeEdit(CodeView const& code) : code_{code}, func_{*code.func} {}

    /// For `push_constant` and others that add to them.
    [[nodiscard]] Expr& pools() { return func_.body; }
    /// For changes of anything but the instructions.
    [[nodiscard]] Func& func() { return func_; }
    /// In any order; what lies within another range is done with when that is replaced.
    void replace(Range r, std::vector<Instr> with) { changes_.push_back({r, std::move(with)}); }
    void erase(Range r) { replace(r, {}); }
    /// Its stand-in. False if it has none.
    [[nodiscard]] bool cut(Range r);

    [[nodiscard]] Func take();

private:
    struct Change
    {
        Range range;
        std::vector<Instr> with;
    };

    CodeView code_;
    Func func_;
    std::vector<Change> changes_;
};

} // namespace touchstone::minimize
