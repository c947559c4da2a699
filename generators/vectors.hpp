#pragma once
// Vector instructions and v128 values as generators choose among them.

#include "engine/embedding/value.hpp"
#include "engine/syntax/module.hpp"
#include "engine/syntax/opcode.hpp"
#include "generators/entropy.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace touchstone::generators {

/// How a vector is looked at: "i16x8" is 16 bits wide and no float.
struct LaneShape
{
    unsigned bits = 8;
    bool is_float = false;
    [[nodiscard]] constexpr unsigned count() const { return bits == 0 ? 0 : 128 / bits; }
    friend constexpr bool operator==(LaneShape, LaneShape) = default;
};

/// A row on vectors that touches no memory, constants apart.
[[nodiscard]] constexpr bool is_vector(OpInfo const& row)
{
    auto const vector = [](OpOperand o) { return o == OpOperand::V128; };
    auto const i = row.immediates;
    return (i == Immediates::None || i == Immediates::Lane || i == Immediates::Lanes16) &&
           (std::ranges::any_of(row.type.params(), vector) ||
               std::ranges::any_of(row.type.results(), vector));
}

/// A load or store of a vector or a lane.
[[nodiscard]] constexpr bool is_vector_access(OpInfo const& row)
{
    auto const vector = [](OpOperand o) { return o == OpOperand::V128; };
    return row.immediates == Immediates::MemargLane ||
           (row.immediates == Immediates::Memarg &&
               (std::ranges::any_of(row.type.params(), vector) ||
                   std::ranges::any_of(row.type.results(), vector)));
}

/// The shape that a row reads its operands in: the last one that its text names; bytes if none.
[[nodiscard]] constexpr LaneShape shape_of(std::string_view text)
{
    LaneShape found;
    for (std::size_t x = 2; x + 1 < text.size(); ++x) {
        auto const is_digit = [&](std::size_t k) { return text[k] >= '0' && text[k] <= '9'; };
        if (text[x] != 'x' || !is_digit(x - 1) || !is_digit(x + 1))
            continue;
        auto k = x;
        unsigned bits = 0;
        for (unsigned place = 1; k > 0 && is_digit(k - 1); --k, place *= 10)
            bits += place * static_cast<unsigned>(text[k - 1] - '0');
        if (k > 0 && (text[k - 1] == 'i' || text[k - 1] == 'f'))
            found = {bits == 7 ? 8 : bits, text[k - 1] == 'f'}; // i7x16 lies in bytes
    }
    return found;
}
static_assert(shape_of("i32x4.trunc_sat_f64x2_s_zero") == LaneShape{64, true});
static_assert(shape_of("i16x8.relaxed_dot_i8x16_i7x16_s") == LaneShape{8, false});
static_assert(shape_of("v128.and") == LaneShape{8, false});

/// How many lanes the immediate of a row chooses among; 0 where it has none.
[[nodiscard]] constexpr unsigned lane_choices(Opcode op)
{
    switch (info(op).immediates) {
    case Immediates::Lane: return shape_of(info(op).text).count();
    case Immediates::Lanes16: return 32;
    case Immediates::MemargLane: return 128 / access_bits(op);
    default: return 0;
    }
}

/// Does the row compute floats whose NaN bits are the engine's choice (exec/numerics.html#aux-nans)
/// in lanes of its first shape?
[[nodiscard]] constexpr bool makes_nan_lanes(OpInfo const& row)
{
    if (!row.text.starts_with("f32x4.") && !row.text.starts_with("f64x2."))
        return false;
    auto const v = row.text.substr(row.text.find('.') + 1);
    constexpr auto makers = std::to_array<std::string_view>({"sqrt", "ceil", "floor", "trunc",
        "nearest", "add", "sub", "mul", "div", "min", "max", "demote", "promote", "relaxed_"});
    return std::ranges::any_of(makers, [v](auto const m) { return v.starts_with(m); });
}

/// All boundary values of a lane.
[[nodiscard]] std::span<std::uint64_t const> boundary_lanes(LaneShape shape);

/// The lanes of a vector from the least significant on, from as many numbers.
[[nodiscard]] Value vector_of(LaneShape shape, std::span<std::uint64_t const> lanes);

/// A v128: lanes of some shape, mostly boundary values, sometimes all alike.
[[nodiscard]] Value boundary_vector(Entropy& in);

/// A value of this type as `boundary_biased` gives it, or `boundary_vector`.
[[nodiscard]] Value boundary_value(Entropy& in, ValType::Kind kind);

/// As an instruction keeps it.
[[nodiscard]] V128 vector_bytes(Value const& v);

} // namespace touchstone::generators
