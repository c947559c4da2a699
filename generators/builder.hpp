#pragma once
// Writes instructions into an expression: one call an instruction, immediates where module.hpp
// wants them.

#include "engine/syntax/module.hpp"

#include <cstdint>
#include <initializer_list>
#include <span>

namespace touchstone::generators {

class Code
{
public:
    void op(Opcode o, Index x = 0, Index y = 0)
    {
        expr_.instrs.push_back({.op = o, .x = x, .y = y});
    }
    void constant(ValType::Kind number, std::uint64_t bits)
    {
        auto const o = number == ValType::Kind::I32   ? Opcode::I32Const
                       : number == ValType::Kind::I64 ? Opcode::I64Const
                       : number == ValType::Kind::F32 ? Opcode::F32Const
                                                      : Opcode::F64Const;
        expr_.instrs.push_back({.op = o, .imm = bits});
    }
    /// v128.const, i8x16.shuffle: with sixteen bytes.
    void vector(Opcode o, V128 const& bytes)
    {
        op(o, static_cast<Index>(expr_.vectors.size()));
        expr_.vectors.push_back(bytes);
    }
    /// Of the last instruction.
    void set_lane(unsigned lane) { expr_.instrs.back().lane = static_cast<std::uint8_t>(lane); }
    /// Makes the i32 on the stack an address; a constant becomes one of the other type.
    void to_address(AddrType at)
    {
        if (at == AddrType::I32)
            return;
        if (auto& last = expr_.instrs.back(); last.op == Opcode::I32Const)
            last.op = Opcode::I64Const;
        else
            op(Opcode::I64ExtendI32U);
    }
    /// Makes a size or an address an i32.
    void from_address(AddrType at)
    {
        if (at == AddrType::I64)
            op(Opcode::I32WrapI64);
    }
    void i32_const(std::uint32_t v) { constant(ValType::Kind::I32, v); }
    void memory(Opcode o, Index memory, std::uint64_t offset, unsigned align)
    {
        expr_.instrs.push_back(
            {.op = o, .align = static_cast<std::uint8_t>(align), .x = memory, .imm = offset});
    }
    /// block, loop or if.
    void block(Opcode o, BlockType type)
    {
        Instr i{.op = o};
        i.set_block_type(type);
        expr_.instrs.push_back(i);
    }
    void ref_null(HeapType heap) { heap_type(Opcode::RefNull, heap); }
    /// ref.null, ref.test, ref.cast.
    void heap_type(Opcode o, HeapType heap)
    {
        Instr i{.op = o};
        i.set_heap_type(heap);
        expr_.instrs.push_back(i);
    }
    void br_table(std::span<Index const> labels)
    {
        auto const first = static_cast<Index>(expr_.labels.size());
        expr_.labels.insert(expr_.labels.end(), labels.begin(), labels.end());
        op(Opcode::BrTable, first, static_cast<Index>(labels.size()));
    }
    void select(ValType type)
    {
        op(Opcode::SelectT, static_cast<Index>(expr_.types.size()), 1);
        expr_.types.push_back(type);
    }
    void try_table(BlockType type, std::vector<Catch> const& clauses)
    {
        Instr i{.op = Opcode::TryTable,
            .x = static_cast<Index>(expr_.catches.size()),
            .y = static_cast<Index>(clauses.size())};
        i.set_block_type(type);
        expr_.instrs.push_back(i);
        expr_.catches.insert(expr_.catches.end(), clauses.begin(), clauses.end());
    }
    /// br_on_cast, br_on_cast_fail.
    void br_cast(Opcode o, Index label, ValType from, ValType to)
    {
        op(o, label, static_cast<Index>(expr_.types.size()));
        expr_.types.push_back(from);
        expr_.types.push_back(to);
    }
    void end() { op(Opcode::End); }

    [[nodiscard]] std::size_t size() const { return expr_.instrs.size(); }
    [[nodiscard]] Instr const& last() const { return expr_.instrs.back(); }
    [[nodiscard]] Expr take() { return std::move(expr_); }

private:
    Expr expr_;
};

/// A constant expression: one instruction and its end.
[[nodiscard]] inline Expr constant_expr(ValType::Kind number, std::uint64_t bits)
{
    Code c;
    c.constant(number, bits);
    c.end();
    return c.take();
}

[[nodiscard]] inline Expr ref_func_expr(Index function)
{
    Code c;
    c.op(Opcode::RefFunc, function);
    c.end();
    return c.take();
}

[[nodiscard]] inline Expr ref_null_expr(HeapType heap)
{
    Code c;
    c.ref_null(heap);
    c.end();
    return c.take();
}

/// The type index of a function type, added to the module if it is not there yet.
[[nodiscard]] Index type_index(Module& m, FuncType const& type);

} // namespace touchstone::generators
