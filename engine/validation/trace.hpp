#pragma once
// What validation saw on its way through each function: the operand stack before each instruction,
// and who made what is on it. For whoever rewrites code and must keep it valid.

#include "engine/validation/validate.hpp"

#include <cstdint>
#include <vector>

namespace touchstone {

/// The stacks of one function share their lower parts: an operand knows the one below it.
struct FuncTrace
{
    static constexpr std::uint32_t none = 0xFFFF'FFFF;

    struct Operand
    {
        ValType type;
        std::uint32_t below = none; ///< which of `operands` lies under it
        std::uint32_t producer = 0; ///< which instruction pushed it; of a block's result its `end`
    };

    /// An instruction.
    struct Step
    {
        std::uint32_t top = none; ///< which of `operands` is on top before it
        std::uint32_t height = 0; ///< how many there are before it
        std::uint32_t floor = 0;  ///< the least there were during it: what lies below is untouched
        bool reachable = true;    ///< before it, as validation sees it
    };

    std::vector<Operand> operands;
    std::vector<Step> steps;  ///< one an instruction
    std::uint32_t top = none; ///< after the last one
};

struct Traced
{
    std::shared_ptr<ValidModule const> module;
    std::vector<FuncTrace> funcs; ///< one a defined function
};

/// Validates, and traces every function.
[[nodiscard]] std::expected<Traced, Error> trace(Module module);

} // namespace touchstone
