#pragma once
// Which memory a load or a store is of: the first, or one that its last word names.

#include "engine/fast/machine.hpp"

namespace touchstone::fast {

/// The first memory: its place and size are at hand. The instruction has so many words.
template <unsigned Words>
struct First
{
    static constexpr unsigned words = Words;
    static std::uint8_t* base(Word const*, std::uint8_t* memory) { return memory; }
    static std::uint64_t size(Word const*, std::uint64_t memory_size) { return memory_size; }
};

/// Any other one, behind so many words.
template <unsigned Words>
struct Other
{
    static constexpr unsigned words = Words + 1;
    static std::uint8_t* base(Word const* pc, std::uint8_t*)
    {
        return pointer<Memory>(pc[Words])->base();
    }
    static std::uint64_t size(Word const* pc, std::uint64_t)
    {
        return pointer<Memory>(pc[Words])->size();
    }
};

} // namespace touchstone::fast
