#pragma once
// The compiler's state: code so far, what the operand stack holds, and the open blocks.

#include "engine/fast/handlers.hpp"
#include "engine/fast/operand_stack.hpp"
#include "engine/fast/runtime.hpp"

#include <initializer_list>
#include <memory>
#include <span>
#include <vector>

namespace touchstone::fast {

/// Runs over a function's instructions once. An operand is a slot of its own (its home), or a
/// local or a constant that nothing has copied yet; operands below an open block are at home.
class Compiler
{
public:
    explicit Compiler(Function const& f);
    [[nodiscard]] std::unique_ptr<Code> run();

private:
    static constexpr std::uint32_t none = ~std::uint32_t{0};

    struct Local
    {
        std::uint32_t slot = 0;
        bool is_wide = false;
    };
    [[nodiscard]] static std::vector<Local> locals_of(Function const& f);

    /// An open block. Words that want its end as target form a chain through themselves.
    struct Block
    {
        Opcode op = Opcode::Block;
        BlockType type;
        std::uint32_t height = 0; ///< operands below its parameters
        std::uint32_t params = 0;
        std::uint32_t results = 0;
        std::uint32_t begin = 0;      ///< of a loop: first word
        std::uint32_t to_end = none;  ///< last word of the chain
        std::uint32_t to_else = none; ///< of an if: the word of its own branch
    };

    // compile.cpp
    void instruction(Instr const& i);
    void compute(Instr const& i, OpHandlers const& h);
    void access(Instr const& i, OpHandlers const& h);
    /// Of a load or store; with the memory's word, if it has one.
    void emit_access(Instr const& i, OpHandlers const& h, std::initializer_list<Word> operands);
    void drop();
    void select();
    void local_set(Index x);

    // compile_bulk.cpp
    void whole_memory(Instr const& i);
    void whole_table(Instr const& i);

    // compile_vector.cpp
    void vector_constant(Instr const& i);
    void compute_vector(Instr const& i, OpHandlers const& h);
    void access_vector(Instr const& i, OpHandlers const& h);

    // compile_control.cpp
    void open(Instr const& i);
    void alternative();
    void close();
    void skip(Instr const& i);
    void branch(std::uint32_t depth);
    void branch_if(std::uint32_t depth);
    void branch_table(Instr const& i);
    void return_results();
    void call(Instr const& i, bool tail);
    void call_indirect(Instr const& i, bool tail);
    [[nodiscard]] Block& target(std::uint32_t depth);
    [[nodiscard]] std::span<ValType const> param_types(Block const& b) const;
    [[nodiscard]] std::span<ValType const> result_types(Block const& b) const;
    [[nodiscard]] bool needs_moves(Block const& to);
    void move_results(Block const& to);
    void jump_words(Block& to, std::uint32_t at);
    void bind_end(Block const& b);
    void end_of_life() { live_ = false; }

    // Code
    void emit(Handler handler, std::initializer_list<Word> operands);
    /// The same, of an instruction whose first operand word has the result in its upper half.
    void emit_result(Handler handler, std::initializer_list<Word> operands, bool is_wide = false);
    /// One that has been appended already, from the word that names its result.
    void result_at(std::uint32_t word, bool is_wide);
    [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(words_.size()); }

    // Operands
    [[nodiscard]] std::uint32_t home(std::uint32_t operand) const
    {
        return stack_.slot_of(operand);
    }
    [[nodiscard]] std::uint32_t next_home() const { return home(stack_.size()); }
    [[nodiscard]] std::uint32_t slots_from(std::uint32_t operand) const
    {
        return next_home() - home(operand);
    }
    /// Pops; where the operand is, or was made to be.
    [[nodiscard]] std::uint32_t pop();
    void push_results(std::span<ValType const> types);
    void push_local(Index x) { stack_.push_local(x, locals_[x].is_wide); }
    void copy(std::uint32_t from, std::uint32_t to, bool is_wide);
    /// Brings all operands from this one on home.
    void settle(std::uint32_t from);
    void settle_all() { settle(stack_.first_unsettled()); }
    void place(Operand const& o, std::uint32_t slot);

    Function const& function_;
    Instance const& instance_;
    ValidModule const& module_;
    Expr const& body_;
    std::vector<Local> locals_; ///< parameters first
    std::unique_ptr<Code> code_;
    std::vector<Word>& words_;
    OperandStack stack_;
    std::vector<Block> blocks_;
    std::uint32_t last_result_ = none; ///< the word that names the slot of the last result
    std::uint32_t offset_ = 0;         ///< of the instruction being compiled
    std::uint64_t skipped_ = 0;        ///< blocks opened in dead code
    bool live_ = true;
};

} // namespace touchstone::fast
