#pragma once
// The one table of instructions as compile-time data: text, opcode, immediates, type, feature of
// each.

#include "engine/syntax/features.hpp"
#include "engine/syntax/types.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace touchstone {

/// An instruction of the table; its value is the row.
enum class Opcode : std::uint16_t
{
#define INSTR(name, text, code, immediates, type, since) name,
#include "engine/syntax/instructions.inc"
#undef INSTR
};

/// What follows an opcode, and in which members of `Instr` it is kept (module.hpp).
enum class Immediates : std::uint8_t
{
    None,
    Block,        // block type
    TryTable,     // block type, catch clauses
    Label,        // label index
    Labels,       // label indices, the default last
    Func,         // function index
    Type,         // type index
    TypeTable,    // type index, table index (text: table first)
    Tag,          // tag index
    SelectTypes,  // value types
    Local,        // local index
    Global,       // global index
    Table,        // table index
    TableTable,   // destination table, source table
    ElemTable,    // element segment, table (text: table first)
    Elem,         // element segment
    Memory,       // memory index
    MemoryMemory, // destination memory, source memory
    DataMemory,   // data segment, memory (text: memory first)
    Data,         // data segment
    Memarg,       // alignment, memory index, offset
    MemargLane,   // alignment, memory index, offset, lane
    Lane,         // lane
    Lanes16,      // sixteen lanes
    I32,
    I64,
    F32,
    F64,
    V128,
    HeapType,
    BrCast,    // label index, two reference types
    TypeField, // type index, field index
    TypeCount, // type index, number of elements
    TypeData,  // type index, data segment
    TypeElem,  // type index, element segment
    TypeType,  // destination type, source type
    Zero,      // a byte that is 0
};

/// One operand or result in the table: a number or vector type, or the address type of the memory.
enum class OpOperand : std::uint8_t
{
    I32,
    I64,
    F32,
    F64,
    V128,
    Addr,
};

/// The type cell of a row, parsed by the compiler.
class OpType
{
public:
    /// "..." : the instruction has a validation rule of its own.
    [[nodiscard]] constexpr bool own_rule() const { return own_rule_; }
    [[nodiscard]] constexpr std::span<OpOperand const> params() const
    {
        return {cells_.data(), params_};
    }
    [[nodiscard]] constexpr std::span<OpOperand const> results() const
    {
        return {cells_.data() + params_, results_};
    }

private:
    friend consteval OpType parse_type(char const* at);
    std::array<OpOperand, 6> cells_{};
    std::uint8_t params_ = 0;
    std::uint8_t results_ = 0;
    bool own_rule_ = false;
};

/// One word of a type cell; moves `at` behind it.
consteval OpOperand parse_operand(char const*& at)
{
    auto const* const word = at;
    auto const is_number = word[0] == 'i' || word[0] == 'f';
    auto const ends = [&](int length) {
        at = word + length;
        return *at == ' ' || *at == '\0';
    };
    if (is_number && word[1] == '3' && word[2] == '2' && ends(3))
        return word[0] == 'i' ? OpOperand::I32 : OpOperand::F32;
    if (is_number && word[1] == '6' && word[2] == '4' && ends(3))
        return word[0] == 'i' ? OpOperand::I64 : OpOperand::F64;
    if (word[0] == 'a' && word[1] == 't' && ends(2))
        return OpOperand::Addr;
    if (word[0] == 'v' && word[1] == '1' && word[2] == '2' && word[3] == '8' && ends(4))
        return OpOperand::V128;
    throw "unknown word in a type cell";
}

/// Parses "i32 at -> f64" or "...". A typo in the table does not build. Character by character:
/// every file of the project evaluates this for every row.
consteval OpType parse_type(char const* at)
{
    OpType t;
    if (at[0] == '.' && at[1] == '.' && at[2] == '.' && at[3] == '\0') {
        t.own_rule_ = true;
        return t;
    }
    bool after_arrow = false;
    while (*at != '\0') {
        if (*at == ' ') {
            ++at;
        } else if (at[0] == '-' && at[1] == '>') {
            if (after_arrow)
                throw "two arrows in a type cell";
            after_arrow = true;
            at += 2;
        } else {
            t.cells_.at(static_cast<std::size_t>(t.params_ + t.results_)) = parse_operand(at);
            ++(after_arrow ? t.results_ : t.params_);
        }
    }
    if (!after_arrow)
        throw "a type cell needs an arrow";
    return t;
}

struct OpInfo
{
    std::string_view name; ///< the enumerator
    std::string_view text; ///< two rows may share one: select, ref.test, ref.cast
    std::uint32_t code;    ///< prefix << 16 | opcode
    Immediates immediates;
    OpType type;
    Feature since;
};

inline constexpr auto op_table = std::to_array<OpInfo>({
#define INSTR(name, text, code, immediates, type, since)                                           \
    {std::string_view{#name, sizeof #name - 1}, std::string_view{text, sizeof text - 1}, code,     \
        Immediates::immediates, parse_type(type), Feature::since},
#include "engine/syntax/instructions.inc"
#undef INSTR
});

static_assert(std::ranges::adjacent_find(op_table, std::ranges::greater_equal{}, &OpInfo::code) ==
                  op_table.end(),
    "instructions.inc must be in opcode order, without duplicates");

[[nodiscard]] constexpr OpInfo const& info(Opcode op)
{
    return op_table[static_cast<std::size_t>(op)];
}

/// A load or store, with or without lane: it has a memarg.
[[nodiscard]] constexpr bool accesses_memory(Opcode op)
{
    auto const i = info(op).immediates;
    return i == Immediates::Memarg || i == Immediates::MemargLane;
}

/// Of the threads proposal, the fence apart: its alignment must be the natural one.
[[nodiscard]] constexpr bool is_atomic(Opcode op)
{
    return info(op).since == Feature::Threads;
}

namespace detail {

/// "i64.load32_s" is 32 wide, "v128.load8x8_u" 64, "v128.load16_lane" 16, "f64.store" 64,
/// "i32.atomic.rmw8.add_u" 8, "memory.atomic.notify" 32.
consteval std::uint8_t access_bits_of(std::string_view text)
{
    if (text.starts_with("memory."))
        return text.ends_with("64") ? 64 : 32;
    auto const dot = text.find('.');
    auto const type = text.substr(0, dot);
    auto rest = text.substr(dot + 1);
    if (constexpr std::string_view atomic = "atomic."; rest.starts_with(atomic))
        rest.remove_prefix(atomic.size());
    auto const verb = rest.starts_with("load")  ? std::string_view{"load"}
                      : rest.starts_with("rmw") ? std::string_view{"rmw"}
                                                : "store";
    if (!rest.starts_with(verb))
        throw "a memarg on what is no load and no store";
    rest.remove_prefix(verb.size());
    auto number = [&rest] {
        unsigned n = 0;
        while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9') {
            n = n * 10 + static_cast<unsigned>(rest.front() - '0');
            rest.remove_prefix(1);
        }
        return n;
    };
    auto bits = number();
    if (bits != 0 && rest.starts_with('x')) {
        rest.remove_prefix(1);
        bits *= number();
    }
    if (bits == 0)
        bits = type == "v128" ? 128 : type.ends_with("64") ? 64 : 32;
    return static_cast<std::uint8_t>(bits);
}

inline constexpr auto access_bits_table = [] consteval {
    std::array<std::uint8_t, op_table.size()> bits{};
    for (std::size_t i = 0; i < op_table.size(); ++i)
        if (op_table[i].immediates == Immediates::Memarg ||
            op_table[i].immediates == Immediates::MemargLane)
            bits[i] = access_bits_of(op_table[i].text);
    return bits;
}();

} // namespace detail

/// The bits of memory that a load, store or atomic instruction touches: 8 to 128; 0 for others.
[[nodiscard]] constexpr unsigned access_bits(Opcode op)
{
    return detail::access_bits_table[static_cast<std::size_t>(op)];
}

/// The row with this code (prefix << 16 | opcode), or nullptr.
[[nodiscard]] constexpr OpInfo const* find_code(std::uint32_t code)
{
    auto const* const at = std::ranges::lower_bound(op_table, code, {}, &OpInfo::code);
    return at != op_table.end() && at->code == code ? at : nullptr;
}

[[nodiscard]] constexpr Opcode opcode_of(OpInfo const& row)
{
    return static_cast<Opcode>(&row - op_table.data());
}

} // namespace touchstone
