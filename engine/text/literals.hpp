#pragma once
// Constants as instructions and scripts write them: i32.const 7, v128.const i8x16 0 1 2 ...

#include "engine/syntax/types.hpp"
#include "engine/text/cursor.hpp"

#include <optional>
#include <vector>

namespace touchstone::text {

/// The bits of the number that follows i32.const, i64.const, f32.const or f64.const.
[[nodiscard]] std::uint64_t number_literal(Cursor& in, Opcode op);

/// Shape of a v128.
struct Shape
{
    unsigned lane_bits;
    unsigned lanes;
    bool is_float;
};
[[nodiscard]] std::optional<Shape> shape_named(Word word);

/// What follows v128.const.
[[nodiscard]] V128 vector_literal(Cursor& in);
[[nodiscard]] Shape expect_shape(Cursor& in);
/// The bits of one lane.
[[nodiscard]] std::uint64_t lane_literal(Cursor const& in, Shape shape, Token const& token);
void set_lane(V128& vector, Shape shape, std::size_t lane, std::uint64_t bits);

/// All numbers from here on.
[[nodiscard]] std::vector<Token> number_tokens(Cursor& in);
[[nodiscard]] bool is_number(Token const& token);

} // namespace touchstone::text
