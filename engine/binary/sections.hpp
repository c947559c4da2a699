#pragma once
// The sections of a module (binary/modules.html#sections): ids, and the order they stand in.

#include <array>
#include <cstdint>

namespace touchstone::binary {

enum class Section : std::uint8_t
{
    Custom,
    Type,
    Import,
    Func,
    Table,
    Memory,
    Global,
    Export,
    Start,
    Elem,
    Code,
    Data,
    DataCount,
    Tag,
};

inline constexpr std::size_t section_count = 14;

/// All but Custom, which may stand anywhere.
inline constexpr auto section_order = std::to_array<Section>({Section::Type, Section::Import,
    Section::Func, Section::Table, Section::Memory, Section::Tag, Section::Global, Section::Export,
    Section::Start, Section::Elem, Section::DataCount, Section::Code, Section::Data});

/// By id: the place in `section_order`, counted from 1.
inline constexpr auto section_rank = [] consteval {
    std::array<std::uint8_t, section_count> rank{};
    for (std::size_t i = 0; i < section_order.size(); ++i)
        rank[static_cast<std::size_t>(section_order[i])] = static_cast<std::uint8_t>(i + 1);
    return rank;
}();

} // namespace touchstone::binary
