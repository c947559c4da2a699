#pragma once
// The table's numeric instructions, loads and stores as generators choose among them: by swarm
// group, by result, by what makes them trap.

#include "engine/syntax/opcode.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace touchstone::generators {

/// What a case may use: each is on or off for a whole case (swarm testing), so that rare
/// instructions do not drown among all others.
enum class Group : std::uint8_t
{
    I64,
    F32,
    F64,
    Bits,       ///< and or xor, shifts, rotations, counts
    Divide,     ///< integer division and remainder
    Convert,    ///< between number types, without traps
    Truncate,   ///< float to integer, with traps
    Saturate,   ///< float to integer, without
    SignExtend, ///< within an integer type
    Memory,     ///< loads, stores, size, growth
    Bulk,       ///< memory.fill and its kin, passive data
    Table,      ///< table instructions, passive elements
    References, ///< reference-typed locals, globals, parameters
    Calls,      ///< direct calls
    Indirect,   ///< calls through tables
    TailCalls,
    Recursion,
    MultiValue, ///< several results, blocks with parameters
    Globals,
    Branches, ///< br_if, br_table, early returns
    MultiMemory,
    Simd,           ///< vectors, and everything on them
    RelaxedSimd,    ///< of it what engines may answer differently
    Modern,         ///< what follows at all: many engines lack it
    Gc,             ///< structs, arrays, i31, casts
    TypedFunctions, ///< call_ref and what leads there
    Exceptions,
    Memory64, ///< 64-bit addresses of memories and tables
};

inline constexpr std::size_t group_count = 28;

/// A set of groups.
class Groups
{
public:
    constexpr Groups() = default;
    constexpr explicit Groups(std::uint32_t bits) : bits_{bits} {}
    constexpr void add(Group g) { bits_ |= 1U << static_cast<unsigned>(g); }
    constexpr void remove(Group g) { bits_ &= ~(1U << static_cast<unsigned>(g)); }
    [[nodiscard]] constexpr bool has(Group g) const
    {
        return (bits_ >> static_cast<unsigned>(g) & 1) != 0;
    }
    [[nodiscard]] constexpr bool contains(Groups other) const
    {
        return (other.bits_ & ~bits_) == 0;
    }

private:
    std::uint32_t bits_ = 0;
};

/// Why a numeric instruction may trap.
enum class Hazard : std::uint8_t
{
    None,
    Divide,
    Truncate,
};

/// A row of numbers only: no immediates, no vectors, no addresses.
[[nodiscard]] constexpr bool is_numeric(OpInfo const& row)
{
    auto const number = [](OpOperand o) { return o <= OpOperand::F64; };
    return wasm3.has(row.since) && !row.type.own_rule() && row.immediates == Immediates::None &&
           !row.type.params().empty() && !row.type.results().empty() &&
           std::ranges::all_of(row.type.params(), number) &&
           std::ranges::all_of(row.type.results(), number);
}

/// A load or store of a number.
[[nodiscard]] constexpr bool is_number_access(OpInfo const& row)
{
    auto const vector = [](OpOperand o) { return o == OpOperand::V128; };
    return wasm3.has(row.since) && row.immediates == Immediates::Memarg &&
           std::ranges::none_of(row.type.params(), vector) &&
           std::ranges::none_of(row.type.results(), vector);
}

/// The value type of a number or vector operand.
[[nodiscard]] constexpr ValType::Kind number_kind(OpOperand o)
{
    return static_cast<ValType::Kind>(o);
}
static_assert(number_kind(OpOperand::V128) == ValType::Kind::V128 &&
              number_kind(OpOperand::I32) == ValType::Kind::I32);

/// What follows the dot: "div_s" of "i32.div_s".
[[nodiscard]] constexpr std::string_view verb(OpInfo const& row)
{
    return row.text.substr(row.text.find('.') + 1);
}

/// A result that is a truth value: comparisons and tests.
[[nodiscard]] constexpr bool is_comparison(OpInfo const& row)
{
    auto const v = verb(row);
    return is_numeric(row) &&
           (v == "eqz" || v == "eq" || v == "ne" || v.starts_with("lt") || v.starts_with("gt") ||
               v.starts_with("le") || v.starts_with("ge"));
}

[[nodiscard]] constexpr Hazard hazard_of(OpInfo const& row)
{
    auto const v = verb(row);
    if (v.starts_with("div_") || v.starts_with("rem_"))
        return Hazard::Divide; // the float one is "div"
    if (v.starts_with("trunc_f"))
        return Hazard::Truncate;
    return Hazard::None;
}

/// The groups that a numeric or vector row, load or store needs.
[[nodiscard]] Groups groups_of(OpInfo const& row);

/// The instructions that one case chooses among.
struct Palette
{
    std::array<std::vector<Opcode>, 5> numeric; ///< by result, without comparisons
    std::vector<Opcode> comparisons;
    std::array<std::vector<Opcode>, 5> loads;  ///< by result
    std::array<std::vector<Opcode>, 5> stores; ///< by operand
};

[[nodiscard]] Palette palette_of(Groups groups, FeatureSet features);

} // namespace touchstone::generators
