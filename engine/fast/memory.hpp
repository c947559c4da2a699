#pragma once
// A linear memory of the fast engine: zero pages that the system gives when touched, and growth
// that does not copy.

#include "engine/syntax/types.hpp"

#include <cstdint>

namespace touchstone::fast {

class Memory
{
public:
    Memory() = default;
    Memory(Memory const&) = delete;
    Memory& operator=(Memory const&) = delete;
    Memory(Memory&& other) noexcept;
    Memory& operator=(Memory&&) = delete;
    ~Memory();

    /// Makes it of the type's minimal size; false if the machine has not that much.
    [[nodiscard]] bool allocate(MemoryType const& type);
    /// In pages, upwards only; false if the machine has not that much, and nothing has changed.
    [[nodiscard]] bool resize(std::uint64_t pages);

    [[nodiscard]] std::uint8_t* base() const { return base_; }
    [[nodiscard]] std::uint64_t size() const { return size_; } ///< in bytes
    [[nodiscard]] std::uint64_t pages() const { return size_ / page_size; }
    /// Pages that may be there at most, by its type or, without a maximum, by its addresses.
    [[nodiscard]] std::uint64_t max_pages() const;
    [[nodiscard]] bool is_wide() const { return type_.limits.addr == AddrType::I64; }
    /// As declared, with the current size as minimum.
    [[nodiscard]] MemoryType type() const;

    std::uint32_t address = 0;

private:
    std::uint8_t* base_ = nullptr;
    std::uint64_t size_ = 0;
    MemoryType type_;
};

} // namespace touchstone::fast
