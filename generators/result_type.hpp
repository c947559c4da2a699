#pragma once
// The number or vector type that an instruction of a valid function leaves on the stack, where that
// can be told without the operands.

#include "engine/syntax/module.hpp"

#include <optional>
#include <vector>

namespace touchstone::generators {

/// Is asked for every instruction of one function, in order.
class ResultTypes
{
public:
    ResultTypes(Module const& m, Func const& f);

    /// The type of the one number or vector on top of the stack that the instruction has put there;
    /// nothing for other results, for several, and for `select` without a type.
    [[nodiscard]] std::optional<ValType::Kind> number_result(Instr const& i);

private:
    [[nodiscard]] std::optional<ValType::Kind> of_block_end();
    [[nodiscard]] std::optional<ValType::Kind> of_table(Instr const& i) const;

    Module const& module_;
    Expr const& body_;
    std::vector<std::optional<ValType::Kind>> blocks_; ///< results of those that are open
    std::vector<ValType> params_;
    std::vector<std::uint64_t> group_ends_; ///< of the locals' groups, as local indices
    std::vector<ValType> group_types_;
    std::vector<ValType> globals_;
    std::vector<AddrType> memories_;
    std::vector<AddrType> tables_;
};

} // namespace touchstone::generators
