#pragma once
// Writes the body of one function: typed, ending soon, and doing something on the way.

#include "generators/smith_module.hpp"
#include "generators/vectors.hpp"

#include <functional>
#include <optional>

namespace touchstone::generators {

/// What a function may spend.
struct Budget
{
    std::size_t instructions = 0;
    std::uint32_t fuel = 0;
    std::uint32_t iterations = 1;
    bool may_call = true;  ///< functions of this module before it, and through tables
    bool may_trap = true;  ///< risky operations
    bool recurses = false; ///< calls itself, with parameter 0 counting down
    bool throws = false;   ///< for a quarter of its first arguments
    bool bare = false;     ///< no memory, table or global: in an environment's own functions
};

/// How often a recursive function calls itself, at most.
inline constexpr std::uint32_t recursions = 7;

class FunctionWriter
{
public:
    FunctionWriter(Entropy& in, ModulePlan& plan, Index function, Budget budget);

    /// Writes locals and body, and notes the function's fuel in the plan.
    void write();

private:
    struct Label
    {
        ResultType types;
        bool may_branch = true; ///< not to a loop whose counter has not moved
    };

    // smith_function.cpp: frame
    void plan_locals();
    void sink_locals();
    void results();
    [[nodiscard]] bool wants_more() const { return !in_.exhausted() && code_.size() < limit_; }
    [[nodiscard]] bool risk();
    [[nodiscard]] bool affords(std::uint32_t fuel) const;
    void spend(std::uint32_t fuel) { fuel_ += work_ * fuel; }
    [[nodiscard]] std::uint32_t weighted(std::span<std::uint8_t const> weights);
    [[nodiscard]] std::optional<Index> local(ValType t, bool to_assign);
    [[nodiscard]] std::optional<Index> global(ValType t, bool to_assign);
    [[nodiscard]] Index counter();
    [[nodiscard]] Opcode combine(ValType::Kind number);

    // smith_expression.cpp
    void expression(ValType t, std::uint32_t depth);
    void leaf(ValType t);
    void constant(ValType t);
    void reference(ValType t, std::uint32_t depth);
    void numeric(Opcode op, std::uint32_t depth);
    void divisor(ValType::Kind number, std::uint32_t depth);
    void truncatable(Opcode op, std::uint32_t depth);
    void condition(std::uint32_t depth);
    void small(std::uint32_t below, std::uint32_t depth);
    void block_value(ValType t, std::uint32_t depth);
    void conditional_value(ValType t, std::uint32_t depth);
    void loop_value(ValType t, std::uint32_t depth);
    void switch_value(ValType t, std::uint32_t depth);

    // smith_statement.cpp
    void statements(std::uint32_t most, std::uint32_t nesting);
    void statement(std::uint32_t nesting);
    void assign(ValType t);
    void set_global();
    void keep(ValType t);
    void keep_all(ResultType const& types);
    void conditional(std::uint32_t nesting);
    void counted_loop(std::uint32_t nesting);
    void while_loop(Index c, std::uint32_t nesting);
    [[nodiscard]] std::uint32_t trips();
    void step(Index c, Opcode op);
    void endless_loop(std::uint32_t nesting);
    void block(std::uint32_t nesting);
    void switch_statement(std::uint32_t nesting);
    void branch_out();
    void trap_perhaps();
    void leave_early();
    void leave(Opcode op, Index x = 0);
    void discard();
    void recurse();
    void open(Opcode op, ResultType params, ResultType results, bool may_branch);
    void close();

    // smith_call.cpp
    [[nodiscard]] bool may_call(Index function) const;
    [[nodiscard]] std::optional<Index> callee(ResultType const* results);
    bool call(ResultType const* results, bool tail);
    bool call_indirect(ResultType const* results, bool tail);
    void call_statement();
    bool call_value(ValType t, std::uint32_t depth);
    void tail_call();
    void arguments(ResultType const& types);

    // smith_reference.cpp: what makes a typed reference
    void prime_references();
    void typed_reference(ValType t, std::uint32_t depth);
    void fresh(ValType t, std::uint32_t depth);
    void fresh_any(std::uint32_t depth);
    void fresh_function(ValType t);
    [[nodiscard]] bool existing(ValType t);
    [[nodiscard]] std::optional<Index> matching_local(ValType t);
    [[nodiscard]] std::optional<Index> matching_global(ValType t);
    bool element_of_table(ValType t, std::uint32_t depth);
    bool part_of_object(ValType t, std::uint32_t depth);
    template <class Push>
    void never_null(ValType t, Push push);
    bool call_ref(ResultType const* results, bool tail);

    // smith_cast.cpp: what tells references apart
    [[nodiscard]] ValType wider(ValType t);
    [[nodiscard]] ValType target_of_cast();
    void cast_value(ValType t, std::uint32_t depth);
    void cast_branch(ValType t, bool on_fail, std::uint32_t depth);
    void tested_cast(ValType t, std::uint32_t depth);
    [[nodiscard]] bool reference_number(std::uint32_t depth);
    void cast_statement(std::uint32_t nesting);

    // smith_object.cpp: structs
    struct Part
    {
        Index type;
        Index field; ///< 0 for the elements of an array
    };

    /// One of those that fit, of all structs and arrays.
    [[nodiscard]] std::optional<Part> some_part(
        std::function<bool(CompType const&, FieldType const&)> const& fits);
    void new_object(Index type, std::uint32_t depth);
    void new_struct(Index type, std::uint32_t depth);
    void field_value(StorageType const& s, std::uint32_t depth);
    [[nodiscard]] bool object_number(ValType t, std::uint32_t depth);
    void object_operand(Index type, std::uint32_t depth);
    void get_field(Index type, Index field, std::uint32_t depth);
    void object_statement(std::uint32_t nesting);
    void set_field(std::uint32_t depth);

    // smith_array.cpp
    void new_array(Index type, std::uint32_t depth);
    /// One that nobody drops and whose content fits such an array.
    [[nodiscard]] std::optional<Index> segment_for(Index type) const;
    bool new_array_of_segment(Index type);
    [[nodiscard]] std::optional<Index> solid_local(Index type);
    void array_place(Index type, std::uint32_t depth);
    void array_statement();
    void array_bulk(Index type);
    void array_copy(Index type);
    void array_init(Index type);
    void array_range(Index type, std::uint32_t& length);

    // smith_exception.cpp
    void throw_exception();
    void throw_perhaps();
    void throw_by_argument();
    [[nodiscard]] ResultType caught(Catch const& clause) const;
    [[nodiscard]] std::vector<Catch> clauses();
    void open_try(ResultType results, std::vector<Catch> const& list);
    void close_try();
    void handle(Catch const& clause);
    void try_statement(std::uint32_t nesting);
    void try_value(ValType t, std::uint32_t depth);
    void fresh_exception();
    void exception_statement(std::uint32_t nesting);

    // smith_vector.cpp
    void operation(Opcode op);
    void access(Opcode op, Index memory, std::uint64_t offset, std::uint32_t alignments);

    // smith_memory.cpp
    [[nodiscard]] std::uint64_t address(Index memory, std::uint32_t width, std::uint32_t depth);
    [[nodiscard]] std::uint64_t near_address(
        Index memory, std::uint32_t width, std::uint32_t depth);
    [[nodiscard]] std::uint64_t far_address(std::uint32_t width);
    bool load(ValType t, std::uint32_t depth);
    void fill_memory(Index memory);
    void copy_memory(Index memory);
    void store(std::uint32_t depth);
    void bulk_memory();
    void memory_length(std::uint32_t safe);
    void grow_memory();

    // smith_table.cpp
    [[nodiscard]] std::optional<Index> table_of(ValType element);
    void table_index(Index table, std::uint32_t depth);
    void near_index(Index table, std::uint32_t depth);
    void table_statement();
    void table_length(std::uint32_t safe);

    Entropy& in_;
    ModulePlan& plan_;
    Index function_;
    Budget budget_;
    Code code_;
    std::vector<ValType> locals_;  ///< parameters first
    std::vector<bool> assignable_; ///< not counters
    std::vector<Label> labels_;    ///< innermost last
    std::vector<Index> counters_;  ///< of the loops around, innermost last
    std::vector<Index> free_counters_;
    std::size_t limit_ = 0;
    std::uint32_t work_ = 1; ///< product of the trip counts around
    std::uint32_t fuel_ = 1; ///< estimated upper bound so far
    std::uint32_t risks_ = 0;
    std::uint32_t guards_ = 0; ///< try_tables around
    Index primed_ = 0;         ///< locals before it that may not be null have a value
};

} // namespace touchstone::generators
