#pragma once
// The shapes of handlers that compute a value: the body of each is one expression.
//
// Included by the files that define handlers, and by nothing else.

#include "engine/fast/dispatch.hpp"
#include "engine/fast/faults.hpp"
#include "engine/fast/machine.hpp"
#include "engine/fast/operands.hpp"

#include <concepts>

namespace touchstone::fast {

/// Of a handler with a second operand: does that stand in the code?
template <class Second>
inline constexpr bool is_constant = std::same_as<Second, InCode>;

} // namespace touchstone::fast

/// `a` -> result
#define UNARY(name, type, ...)                                                                     \
    HANDLER(name)                                                                                  \
    {                                                                                              \
        auto const a = first<type>(pc, fp);                                                        \
        set_result(pc, fp, __VA_ARGS__);                                                           \
        NEXT(2);                                                                                   \
    }

/// `a`, `b` -> result
#define BINARY(name, type, ...)                                                                    \
    template <class Second>                                                                        \
    HANDLER(name)                                                                                  \
    {                                                                                              \
        auto const a = first<type>(pc, fp);                                                        \
        auto const b = Second::template second<type>(pc, fp);                                      \
        set_result(pc, fp, __VA_ARGS__);                                                           \
        NEXT(3);                                                                                   \
    }

/// Rows of a group's table.
#define UNARY_ROW(op, name) {Opcode::op, &name, nullptr}
#define BINARY_ROW(op, name) {Opcode::op, &name<InSlot>, &name<InCode>}
