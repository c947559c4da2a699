#include "engine/fast/memory.hpp"

#include <cstring>
#include <sys/mman.h>
#include <utility>

namespace touchstone::fast {

namespace {

std::uint8_t* map_zeroed(std::uint64_t bytes)
{
    auto* const p = ::mmap(
        nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? nullptr : static_cast<std::uint8_t*>(p);
}

std::uint8_t* grow_map(std::uint8_t* old, std::uint64_t old_bytes, std::uint64_t bytes)
{
    if (old == nullptr)
        return map_zeroed(bytes);
#ifdef __linux__
    auto* const p = ::mremap(old, old_bytes, bytes, MREMAP_MAYMOVE);
    return p == MAP_FAILED ? nullptr : static_cast<std::uint8_t*>(p);
#else
    auto* const p = map_zeroed(bytes);
    if (p != nullptr) {
        std::memcpy(p, old, old_bytes);
        ::munmap(old, old_bytes);
    }
    return p;
#endif
}

} // namespace

Memory::Memory(Memory&& other) noexcept
    : address{other.address},
      base_{std::exchange(other.base_, nullptr)},
      size_{std::exchange(other.size_, 0)},
      type_{other.type_}
{}

Memory::~Memory()
{
    if (base_ != nullptr)
        ::munmap(base_, size_);
}

bool Memory::allocate(MemoryType const& type)
{
    type_ = type;
    return resize(type.limits.min);
}

bool Memory::resize(std::uint64_t pages)
{
    if (pages == this->pages())
        return true;
    if (pages > std::uint64_t{1} << 31) // beyond what any machine maps
        return false;
    auto const bytes = pages * page_size;
    auto* const p = grow_map(base_, size_, bytes);
    if (p == nullptr)
        return false;
    base_ = p;
    size_ = bytes;
    return true;
}

std::uint64_t Memory::max_pages() const
{
    return type_.limits.max.value_or(std::uint64_t{1} << (is_wide() ? 48 : 16));
}

MemoryType Memory::type() const
{
    auto t = type_;
    t.limits.min = pages();
    return t;
}

} // namespace touchstone::fast
