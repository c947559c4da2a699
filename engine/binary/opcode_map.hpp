#pragma once
// From opcode bytes to rows of the instruction table: direct arrays, built by the compiler.

#include "engine/syntax/opcode.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace touchstone::binary {

/// What a decoder must know of an opcode before it reads on.
struct OpEntry
{
    enum class Role : std::uint8_t
    {
        Plain,
        Opens,    ///< block, loop, try_table
        OpensIf,  ///< if: the one that may have an else
        OpensTry, ///< try: the one that may have catches
        Else,
        Catch,    ///< catch
        CatchAll, ///< catch_all
        End,
        Delegate, ///< ends a try
        Prefix,
        Proposed, ///< its role is another where its proposal is among the features
        Illegal,
    };

    Opcode op = Opcode::Unreachable;
    Immediates immediates = Immediates::None;
    Role role = Role::Illegal;
};

inline constexpr std::uint32_t first_prefix = 0xFB;
inline constexpr std::size_t prefix_count = 0x100 - first_prefix;
inline constexpr std::size_t prefixed_size = 0x200;

namespace detail {

constexpr OpEntry::Role role_of(OpInfo const& row)
{
    using enum OpEntry::Role;
    switch (opcode_of(row)) {
    case Opcode::If: return OpensIf;
    case Opcode::Try: return OpensTry;
    case Opcode::Else: return Else;
    case Opcode::Catch: return Catch;
    case Opcode::CatchAll: return CatchAll;
    case Opcode::End: return End;
    case Opcode::Delegate: return Delegate;
    default: break;
    }
    auto const i = row.immediates;
    return i == Immediates::Block || i == Immediates::TryTable ? Opens : Plain;
}

consteval OpEntry entry_of(OpInfo const& row)
{
    return {opcode_of(row), row.immediates,
        wasm3.has(row.since) ? role_of(row) : OpEntry::Role::Proposed};
}

} // namespace detail

/// By first byte.
inline constexpr auto op_bytes = [] consteval {
    std::array<OpEntry, 0x100> map{};
    for (auto const& row : op_table) {
        if (row.code <= 0xFF)
            map[row.code] = detail::entry_of(row);
        else if (row.code >> 16 >= first_prefix)
            map[row.code >> 16].role = OpEntry::Role::Prefix;
        else
            throw "a prefix outside of the map";
    }
    return map;
}();

/// By prefix - `first_prefix`, then by the number that follows.
inline constexpr auto prefixed_ops = [] consteval {
    std::array<std::array<OpEntry, prefixed_size>, prefix_count> map{};
    for (auto const& row : op_table)
        if (row.code > 0xFF)
            map[(row.code >> 16) - first_prefix].at(row.code & 0xFFFF) = detail::entry_of(row);
    return map;
}();

} // namespace touchstone::binary
