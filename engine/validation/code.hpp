#pragma once
// Validation of instruction sequences by the algorithm of the specification's appendix: an operand
// stack of types and a stack of control frames.
//
// Letters are the specification's: C context, t value type, x y indices, l label, ht heap type, rt
// reference type.

#include "engine/validation/context.hpp"
#include "engine/validation/locals.hpp"
#include "engine/validation/operand_stack.hpp"
#include "engine/validation/trace.hpp"

#include <span>
#include <vector>

namespace touchstone {

/// Validates function bodies and constant expressions of one module, one after another.
class CodeValidator
{
public:
    explicit CodeValidator(Context const& c) : c_{c} {}

    /// A defined function, `index` in the index space. Throws `Refused` with the place. `trace`, if
    /// any, is written.
    FuncFacts function(Func const& f, Index index, FuncTrace* trace = nullptr);
    /// A constant expression of type `t`. Throws `Refused` with the place.
    void constant(Expr const& e, ValType t);

private:
    /// A block that is open, or the function itself at the bottom.
    struct Frame
    {
        FuncType const* type = nullptr; ///< of a block whose type is a type index
        ValType value;                  ///< else: its result, if it has one
        std::uint32_t height = 0;       ///< operands below it
        std::uint32_t locals_height = 0;
        std::uint32_t br_table = 0; ///< the last br_table that was checked against its label
        Opcode op = Opcode::Block;
        bool has_value = false;
        bool unreachable = false; ///< the stack below its operands has any types one likes

        [[nodiscard]] std::span<ValType const> params() const
        {
            return type != nullptr ? std::span{type->params} : std::span<ValType const>{};
        }
        [[nodiscard]] std::span<ValType const> results() const
        {
            if (type != nullptr)
                return type->results;
            return {&value, has_value ? 1U : 0U};
        }
        [[nodiscard]] std::span<ValType const> label() const
        {
            return op == Opcode::Loop ? params() : results();
        }
    };

    // code.cpp: sequences
    void begin(Frame const& bottom);
    void walk(Expr const& e);
    void traced(Instr const& i);
    template <class Body>
    void placed(std::optional<Index> function, Body body);

    // dispatch.cpp
    void instruction(Instr const& i);
    void aggregate(Instr const& i);

    // operands.cpp
    void push(ValType t) { operands_.push(t); }
    void push_ref(bool nullable, HeapType ht) { push(ValType::ref(nullable, ht)); }
    ValType pop_any();
    ValType pop_ref();
    void pop(ValType t)
    {
        if (operands_.held() != 0 && operands_.top().kind == t.kind && !t.is_ref()) [[likely]]
            operands_.drop(1);
        else
            pop(std::span{&t, 1});
    }
    void pop(std::span<ValType const> ts);
    void pop_ref(bool nullable, HeapType ht) { pop(ValType::ref(nullable, ht)); }
    void pop_many(ValType t, std::uint32_t n);
    std::size_t check_top(std::span<ValType const> ts) const;
    void replace_top(std::span<ValType const> ts);
    [[noreturn]] void mismatch(std::span<ValType const> required) const;

    // rules_control.cpp
    [[nodiscard]] Frame blocktype_ok(Instr const& i) const;
    void enter(Frame frame);
    Frame leave();
    void set_unreachable();
    [[nodiscard]] std::span<ValType const> label(Index l) const;
    [[nodiscard]] std::span<ValType const> label_before_ref(Index l, ValType& rt) const;
    void block(Instr const& i);
    void if_(Instr const& i);
    void else_();
    void end();
    void br(Instr const& i);
    void br_if(Instr const& i);
    void br_table(Instr const& i);
    void br_on_null(Instr const& i);
    void br_on_non_null(Instr const& i);
    void br_on_cast(Instr const& i);
    void br_on_cast_fail(Instr const& i);
    void return_();

    // rules_call.cpp
    void apply(FuncType const& t);
    void tail_apply(FuncType const& t);
    FuncType const& callee_in_table(Instr const& i);
    void call(Instr const& i);
    void call_ref(Instr const& i);
    void call_indirect(Instr const& i);
    void return_call(Instr const& i);
    void return_call_ref(Instr const& i);
    void return_call_indirect(Instr const& i);

    // rules_exception.cpp
    void throw_(Instr const& i);
    void throw_ref();
    void try_table(Instr const& i);
    void catch_ok(Catch const& c);

    // rules_legacy.cpp
    void legacy(Instr const& i);
    void next_part(Opcode op, std::span<ValType const> operands);
    void delegate(Instr const& i);
    void rethrow(Instr const& i);

    // rules_parametric.cpp
    void select();
    void select_t(Instr const& i);
    void local_get(Instr const& i);
    void local_set(Instr const& i);
    void local_tee(Instr const& i);
    void global_get(Instr const& i);
    void global_set(Instr const& i);

    // rules_simple.cpp
    void simple(Instr const& i);
    [[nodiscard]] AddrType immediates_ok(Instr const& i) const;
    void apply_slowly(OpType const& t, AddrType at);

    // rules_memory.cpp
    [[nodiscard]] AddrType memarg(Instr const& i) const;
    void memory_copy(Instr const& i);

    // rules_table.cpp
    void table_get(Instr const& i);
    void table_set(Instr const& i);
    void table_size(Instr const& i);
    void table_grow(Instr const& i);
    void table_fill(Instr const& i);
    void table_copy(Instr const& i);
    void table_init(Instr const& i);

    // rules_reference.cpp
    void ref_null(Instr const& i);
    void ref_func(Instr const& i);
    void ref_is_null();
    void ref_as_non_null();
    void ref_eq();
    void ref_test(Instr const& i, bool nullable);
    void ref_cast(Instr const& i, bool nullable);
    void ref_i31();
    void i31_get();
    void extern_convert_any();
    void any_convert_extern();

    // rules_struct.cpp
    void struct_new(Instr const& i);
    void struct_new_default(Instr const& i);
    void struct_get(Instr const& i, bool extends);
    void struct_set(Instr const& i);

    // rules_array.cpp
    void array_new(Instr const& i);
    void array_new_default(Instr const& i);
    void array_new_fixed(Instr const& i);
    void array_new_data(Instr const& i);
    void array_new_elem(Instr const& i);
    void array_get(Instr const& i, bool extends);
    void array_set(Instr const& i);
    void array_len();
    void array_fill(Instr const& i);
    void array_copy(Instr const& i);
    void array_init_data(Instr const& i);
    void array_init_elem(Instr const& i);

    Context const& c_;
    Expr const* expr_ = nullptr;
    Instr const* current_ = nullptr;
    FuncTrace* trace_ = nullptr;
    OperandStack operands_;
    std::vector<Frame> frames_;
    LocalSpace locals_;
    std::uint32_t br_tables_ = 0; ///< how many were seen in this expression
};

/// Instr_const/..., where `i` is an instruction of a constant expression.
void instr_const(Context const& c, Instr const& i);

/// The SpecTec name of an instruction's rule.
[[nodiscard]] std::string rule_of(Opcode op);

} // namespace touchstone
