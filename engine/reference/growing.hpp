#pragma once
// growmem and growtable (exec/modules.html#grow-mem, #grow-table), and how much moving
// many things at once costs.

#include "engine/reference/instances.hpp"

#include <cstdint>

namespace touchstone::reference {

/// In fuel: ceil(n / at_once).
[[nodiscard]] constexpr std::uint64_t moving_cost(std::uint64_t n, std::uint64_t at_once)
{
    return n / at_once + (n % at_once != 0 ? 1 : 0);
}

inline constexpr std::uint64_t bytes_at_once = 4'096;
inline constexpr std::uint64_t elements_at_once = 64;

/// Whether `n` bytes or elements from `i` on lie within `size`; nothing overflows.
[[nodiscard]] constexpr bool within(std::uint64_t i, std::uint64_t n, std::uint64_t size)
{
    return n <= size && i <= size - n;
}

/// How many pages of this memory's size the limit is.
[[nodiscard]] std::uint64_t pages_allowed(MemoryType const& type, Limits const& limits);

/// Whether growmem(mem, n) is defined and no limit forbids it.
[[nodiscard]] bool may_grow(MemInst const& mem, std::uint64_t n, Limits const& limits);
/// Grows it; false, and nothing changed, if the machine has no room.
[[nodiscard]] bool grow(MemInst& mem, std::uint64_t n);

[[nodiscard]] bool may_grow(TableInst const& table, std::uint64_t n, Limits const& limits);
[[nodiscard]] bool grow(TableInst& table, std::uint64_t n, Val ref);

} // namespace touchstone::reference
