#pragma once
// The handlers by name, for the compiler: those of the instruction table by opcode, the rest
// declared here.

#include "engine/fast/dispatch.hpp"
#include "engine/syntax/opcode.hpp"

#include <span>

namespace touchstone::fast {

/// The handlers of one instruction that computes or accesses memory.
struct OpHandlers
{
    Opcode op = Opcode::Unreachable;
    Handler plain = nullptr;
    /// Two operands: the second is in the code. Loads and stores: a memory that is not the first.
    Handler variant = nullptr;
    Handler wide = nullptr; ///< loads and stores: a memory with 64-bit addresses
};

[[nodiscard]] std::span<OpHandlers const> i32_handlers();
[[nodiscard]] std::span<OpHandlers const> i64_handlers();
[[nodiscard]] std::span<OpHandlers const> f32_handlers();
[[nodiscard]] std::span<OpHandlers const> f64_handlers();
[[nodiscard]] std::span<OpHandlers const> conversion_handlers();
[[nodiscard]] std::span<OpHandlers const> access_handlers();
[[nodiscard]] std::span<OpHandlers const> vector_integer_handlers();
[[nodiscard]] std::span<OpHandlers const> vector_float_handlers();
[[nodiscard]] std::span<OpHandlers const> vector_convert_handlers();
[[nodiscard]] std::span<OpHandlers const> vector_lane_handlers();
[[nodiscard]] std::span<OpHandlers const> vector_access_handlers();

/// The row for an instruction of those groups, or nullptr.
[[nodiscard]] OpHandlers const* handlers_of(Opcode op);

// Words are listed after the handler; `a`, `b` stand for slots, of a vector's two the
// first, `->` for `a | b << 32`.

HANDLER(set_constant);  // -> result, bits
HANDLER(copy_slot);     // a -> result
HANDLER(copy_slots);    // from | to << 32, how many; upwards or onto themselves
HANDLER(select_slot);   // a -> result, b | condition << 32
HANDLER(set_vector);    // -> result, two words
HANDLER(copy_vector);   // a -> result
HANDLER(select_vector); // a -> result, b | condition << 32

HANDLER(unreachable);
HANDLER(unsupported);    // feature
HANDLER(branch);         // distance from this word
HANDLER(branch_loop);    // the same; spends fuel
HANDLER(branch_if);      // distance, condition
HANDLER(branch_if_loop); // the same; spends fuel if taken
HANDLER(branch_unless);  // distance, condition
HANDLER(branch_table);   // index, how many, as many distances and the default one
HANDLER(return_none);
HANDLER(return_one);    // a
HANDLER(return_vector); // a
HANDLER(return_many);   // from, how many
HANDLER(leave);         // the end of an invocation

HANDLER(call_function);        // callee, slot of the first argument
HANDLER(call_host);            // the same
HANDLER(call_indirect);        // type, table, index | slot of the first argument << 32
HANDLER(return_call_function); // callee, slot of the first argument
HANDLER(return_call_host);     // the same
HANDLER(return_call_indirect); // type, table, index | slot of the first argument << 32

HANDLER(global_get);        // -> result, global's value
HANDLER(global_set);        // a, global's value
HANDLER(global_get_vector); // -> result, global's value
HANDLER(global_set_vector); // a, global's value

HANDLER(ref_is_null); // a -> result

HANDLER(table_get);  // index -> result, table
HANDLER(table_set);  // index | a << 32, table
HANDLER(table_size); // -> result, table
HANDLER(table_grow); // init -> result, how many, table
HANDLER(table_fill); // to | value << 32, how many, table
HANDLER(table_copy); // to | from << 32, how many, destination, source
HANDLER(table_init); // to | from << 32, how many, table, segment
HANDLER(elem_drop);  // segment

HANDLER(memory_size); // -> result, memory
HANDLER(memory_grow); // pages -> result, memory
HANDLER(memory_fill); // to | value << 32, how many, memory
HANDLER(memory_copy); // to | from << 32, how many, destination, source
HANDLER(memory_init); // to | from << 32, how many, memory, segment
HANDLER(data_drop);   // segment

} // namespace touchstone::fast
