#pragma once
// Which memory a load or a store is of: the first, or one that its last word names; and with
// addresses of how many bits.

#include "engine/fast/machine.hpp"
#include "engine/fast/operands.hpp"

#include <algorithm>

namespace touchstone::fast {

/// Both are of 32 bits each, so that their sum in 64 cannot wrap.
[[nodiscard]] inline std::uint64_t narrow_address(Word const* pc, Slot const* fp)
{
    return first<std::uint32_t>(pc, fp) + pc[2];
}

/// The first memory: its place and size are at hand. The instruction has so many words.
template <unsigned Words>
struct First
{
    static constexpr unsigned words = Words;
    static std::uint64_t address(Word const* pc, Slot const* fp) { return narrow_address(pc, fp); }
    static std::uint8_t* base(Word const*, std::uint8_t* memory) { return memory; }
    static std::uint64_t size(Word const*, std::uint64_t memory_size) { return memory_size; }
};

/// Any other one, behind so many words.
template <unsigned Words>
struct Other
{
    static constexpr unsigned words = Words + 1;
    static std::uint64_t address(Word const* pc, Slot const* fp) { return narrow_address(pc, fp); }
    static std::uint8_t* base(Word const* pc, std::uint8_t*)
    {
        return pointer<Memory>(pc[Words])->base();
    }
    static std::uint64_t size(Word const* pc, std::uint64_t)
    {
        return pointer<Memory>(pc[Words])->size();
    }
};

/// One with 64-bit addresses, behind so many words. What is beyond all memories is 2^63, to which
/// the bytes of an access can be added.
template <unsigned Words>
struct Wide : Other<Words>
{
    static std::uint64_t address(Word const* pc, Slot const* fp)
    {
        constexpr auto beyond = std::uint64_t{1} << 63;
        auto const at = fp[low(pc[1])];
        return at < beyond && pc[2] < beyond ? std::min(at + pc[2], beyond) : beyond;
    }
};

} // namespace touchstone::fast
