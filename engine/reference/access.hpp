#pragma once
// Bytes of a memory as loads and stores see them.

#include "engine/reference/growing.hpp"
#include "engine/reference/machine.hpp"
#include "engine/reference/numerics_integer.hpp"

namespace touchstone::reference {

/// inv_ibytes_, inv_nbytes_, inv_fbytes_ — exec/numerics.html#aux-littleendian: the least
/// significant byte comes first
template <Integer iN>
[[nodiscard]] iN from_bytes(std::uint8_t const* bytes)
{
    std::uint64_t i = 0;
    for (unsigned k = 0; k < sizeof(iN); ++k)
        i |= std::uint64_t{bytes[k]} << (8 * k);
    return static_cast<iN>(i);
}

/// ibytes_, nbytes_, fbytes_ — exec/numerics.html#aux-littleendian
template <Integer iN>
void to_bytes(iN i, std::uint8_t* bytes)
{
    for (unsigned k = 0; k < sizeof(iN); ++k)
        bytes[k] = static_cast<std::uint8_t>(i >> (8 * k));
}

/// z.MEMS[x].BYTES[i + ao.OFFSET : n], or nullptr where it is not all there. Nothing wraps around.
[[nodiscard]] inline std::uint8_t* bytes_at(
    Machine& z, Instr const& in, std::uint64_t i, unsigned n)
{
    auto& bytes = z.mem(in.x).bytes;
    if (!within(in.imm, n, bytes.size()) || i > bytes.size() - n - in.imm)
        return nullptr;
    return bytes.data() + i + in.imm;
}

} // namespace touchstone::reference
