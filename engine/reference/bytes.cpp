#include "engine/reference/bytes.hpp"

#include <sys/mman.h>

#ifndef __linux__
#include <cstring>
#endif

namespace touchstone::reference {

namespace {

std::uint8_t* map(std::uint64_t size)
{
    void* const p = mmap(nullptr, static_cast<std::size_t>(size), PROT_READ | PROT_WRITE,
        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? nullptr : static_cast<std::uint8_t*>(p);
}

std::uint8_t* remap(std::uint8_t* old, std::uint64_t old_size, std::uint64_t size)
{
#ifdef __linux__
    void* const p = mremap(
        old, static_cast<std::size_t>(old_size), static_cast<std::size_t>(size), MREMAP_MAYMOVE);
    return p == MAP_FAILED ? nullptr : static_cast<std::uint8_t*>(p);
#else
    auto* const p = map(size);
    if (p != nullptr) {
        std::memcpy(p, old, static_cast<std::size_t>(old_size));
        munmap(old, static_cast<std::size_t>(old_size));
    }
    return p;
#endif
}

} // namespace

std::optional<Bytes> Bytes::make(std::uint64_t size)
{
    Bytes b;
    if (!b.grow(size))
        return std::nullopt;
    return b;
}

Bytes::~Bytes()
{
    if (data_ != nullptr)
        munmap(data_, static_cast<std::size_t>(size_));
}

bool Bytes::grow(std::uint64_t size)
{
    if (size == size_)
        return true;
    auto* const p = data_ == nullptr ? map(size) : remap(data_, size_, size);
    if (p == nullptr)
        return false;
    data_ = p;
    size_ = size;
    return true;
}

} // namespace touchstone::reference
