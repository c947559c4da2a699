#pragma once
// The bytes that stand for types (binary/types.html), once for decoder and encoder.

#include "engine/syntax/types.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace touchstone::binary {

inline constexpr std::uint8_t empty_block = 0x40;
inline constexpr std::uint8_t rec_group = 0x4E;
inline constexpr std::uint8_t sub_final = 0x4F;
inline constexpr std::uint8_t sub_open = 0x50;
inline constexpr std::uint8_t array_type = 0x5E;
inline constexpr std::uint8_t struct_type = 0x5F;
inline constexpr std::uint8_t func_type = 0x60;
inline constexpr std::uint8_t ref_null = 0x63;
inline constexpr std::uint8_t ref_non_null = 0x64;
inline constexpr std::uint8_t packed_i16 = 0x77;
inline constexpr std::uint8_t packed_i8 = 0x78;

/// By `AbsHeapType`; the bottom type has none.
inline constexpr auto abstract_codes = std::to_array<std::uint8_t>({
    0x6E, // any
    0x6D, // eq
    0x6C, // i31
    0x6B, // struct
    0x6A, // array
    0x71, // none
    0x70, // func
    0x73, // nofunc
    0x6F, // extern
    0x72, // noextern
    0x69, // exn
    0x74, // noexn
});

/// By `ValType::Kind`: the numbers and the vector.
inline constexpr auto number_codes = std::to_array<std::uint8_t>({0x7F, 0x7E, 0x7D, 0x7C, 0x7B});

[[nodiscard]] constexpr std::optional<AbsHeapType> abstract_with_code(std::uint8_t code)
{
    for (std::size_t i = 0; i < abstract_codes.size(); ++i)
        if (abstract_codes[i] == code)
            return static_cast<AbsHeapType>(i);
    return std::nullopt;
}

} // namespace touchstone::binary
