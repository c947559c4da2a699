#pragma once
// How handlers read operands and write results: where they stand in the words, and as which type.

#include "engine/fast/code.hpp"

#include <bit>
#include <concepts>
#include <type_traits>

namespace touchstone::fast {

template <class T>
[[nodiscard]] T from_slot(Slot s)
{
    if constexpr (std::same_as<T, float>)
        return std::bit_cast<float>(low(s));
    else if constexpr (std::same_as<T, double>)
        return std::bit_cast<double>(s);
    else
        return static_cast<T>(s);
}

template <class T>
[[nodiscard]] Slot to_slot(T v)
{
    if constexpr (std::same_as<T, float>)
        return std::bit_cast<std::uint32_t>(v);
    else if constexpr (std::same_as<T, double>)
        return std::bit_cast<std::uint64_t>(v);
    else
        return static_cast<std::make_unsigned_t<T>>(v);
}
[[nodiscard]] inline Slot to_slot(bool v)
{
    return v ? 1 : 0;
}

/// Addresses, indices and counts: of 32 or of 64 bits, as 32 are zero-extended.
[[nodiscard]] constexpr bool within(std::uint64_t at, std::uint64_t count, std::uint64_t size)
{
    return count <= size && at <= size - count;
}

/// The first operand, of an instruction with one result.
template <class T>
[[nodiscard]] T first(Word const* pc, Slot const* fp)
{
    return from_slot<T>(fp[low(pc[1])]);
}
template <class T>
void set_result(Word const* pc, Slot* fp, T v)
{
    fp[high(pc[1])] = to_slot(v);
}

/// The second operand, in a slot or in the code.
struct InSlot
{
    template <class T>
    [[nodiscard]] static T second(Word const* pc, Slot const* fp)
    {
        return from_slot<T>(fp[pc[2]]);
    }
};
struct InCode
{
    template <class T>
    [[nodiscard]] static T second(Word const* pc, Slot const*)
    {
        return from_slot<T>(pc[2]);
    }
};

} // namespace touchstone::fast
