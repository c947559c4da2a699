#pragma once
// The knobs of `smith`: one row each. Chances are of 256; the comments say what moves when they
// move. tests/property/generators holds the figures that they were set for.

#include <cstdint>

namespace touchstone::generators {

struct Shape
{
    // the case
    std::uint8_t environment = 104; ///< chance of an environment module before the main one
    std::uint32_t least_calls = 3;  ///< calls of exported functions: at least
    std::uint32_t more_calls = 6;   ///< and up to so many more, exclusive

    // the module
    std::uint32_t main_functions = 3; ///< functions beside the leaves: one to so many
    std::uint32_t leaf_functions = 4; ///< functions that call nothing of their own: below this
    std::uint8_t memory = 240;        ///< chance of an own memory where none is imported
    std::uint8_t second_memory = 96;  ///< chance of a further one (multi-memory)
    std::uint8_t table = 200;         ///< chance of an own table where none is imported
    std::uint8_t start = 24;          ///< chance of a start function
    std::uint8_t export_state = 128;  ///< chance that memories, tables and globals are exported
    std::uint8_t deep = 5;            ///< chance of a function that calls itself until none is left
    std::uint8_t segment_outside = 2; ///< chance, a segment, that it does not fit: no instance
    std::uint32_t largest_memory = 4; ///< pages, declared: growth is never expensive
    std::uint32_t largest_table = 32; ///< elements, declared
    std::uint8_t subset_import = 40;  ///< chance that an import asks for less than is given

    // a function
    std::size_t main_instructions = 110; ///< where a function stops growing
    std::size_t leaf_instructions = 45;
    std::uint32_t main_fuel = 400; ///< bound of a function's estimated fuel
    std::uint32_t leaf_fuel = 24;
    std::uint32_t main_iterations = 96; ///< product of the trip counts of nested loops
    std::uint32_t leaf_iterations = 10;
    std::uint32_t nesting = 4;          ///< of statements
    std::uint32_t expression_depth = 4; ///< of operands
    std::uint8_t endless_loop = 2;      ///< chance, a loop, that only data ends it
    std::uint8_t dead_code = 80;        ///< chance, a return or a branch, that code comes behind it

    // risk: a risky operation may trap, all others seldom do
    std::uint8_t any_risk = 104;   ///< chance that a function has a risky operation
    std::uint8_t second_risk = 60; ///< and another one
    std::uint8_t take_risk = 90;   ///< chance, where one fits, that it is taken while any is left
    std::uint8_t risky_address = 110; ///< chance that an address is a place for a risk at all

    // operands
    std::uint8_t same_operand = 28; ///< op(x, x)
    std::uint8_t edge_address = 30; ///< the last valid byte, from constants or from memory.size
    std::uint8_t constant_address = 80;
    std::uint8_t null_reference = 36; ///< where a reference is wanted
    std::uint8_t near_copy = 64;      ///< memory.copy of a hundred bytes by a few bytes
    std::uint8_t vector = 80;         ///< v128 where a type is wanted, in a case that has them

    // objects and typed references, in a case that has them
    std::uint8_t typed_reference = 64;     ///< where any type is wanted
    std::uint8_t known_function_type = 72; ///< a function gets one of the types made for call_ref
    std::uint8_t null_object = 12;         ///< where one may be null
    std::uint8_t object_number = 48;       ///< a number comes out of an object
    std::uint8_t object_statement = 88;
    std::uint8_t call_ref = 110;     ///< a call goes through a reference
    std::uint8_t other_memory = 200; ///< a further memory, where some have 64-bit addresses
    std::uint8_t wide_memory = 150;  ///< a memory has 64-bit addresses
    std::uint8_t wide_table = 64;    ///< a table has: still fewer engines know it

    // exceptions, in a case that has them
    std::uint8_t exception_statement = 52;
    std::uint8_t try_value = 10;
};

inline constexpr Shape shape{};

} // namespace touchstone::generators
