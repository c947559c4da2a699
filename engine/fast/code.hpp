#pragma once
// The code that the fast engine runs: words, the slots they name, and where each came from.

#include <cstdint>
#include <vector>

namespace touchstone::fast {

/// One cell of a frame: parameters first, then locals, then operands. Numbers keep their bits
/// zero-extended; references are as refs.hpp packs them.
using Slot = std::uint64_t;

/// One cell of code: a handler's address, then its operands. The first operand word of an
/// instruction that computes is `source | result << 32`, both slot numbers.
using Word = std::uint64_t;

[[nodiscard]] constexpr Word pair_word(std::uint32_t low, std::uint32_t high)
{
    return Word{low} | Word{high} << 32;
}
[[nodiscard]] constexpr std::uint32_t low(Word w)
{
    return static_cast<std::uint32_t>(w);
}
[[nodiscard]] constexpr std::uint32_t high(Word w)
{
    return static_cast<std::uint32_t>(w >> 32);
}

/// Pointers travel in words; what they point at outlives the code.
template <class T>
[[nodiscard]] Word pointer_word(T* p)
{
    return reinterpret_cast<Word>(p);
}
template <class T>
[[nodiscard]] T* pointer(Word w)
{
    return reinterpret_cast<T*>(w);
}

/// From which byte offset of the module the code from this word on was made.
struct Origin
{
    std::uint32_t word = 0;
    std::uint32_t offset = 0;
};

/// The compiled body of one function of one instance.
struct Code
{
    std::vector<Word> words;
    std::vector<Origin> origins; ///< ascending
};

} // namespace touchstone::fast
