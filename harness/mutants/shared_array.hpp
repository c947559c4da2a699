#pragma once
// An array that processes share which are forked after it was made.

#include <algorithm>
#include <cstddef>
#include <new>

#include <sys/mman.h>

namespace touchstone::mutants {

/// Its elements are value-initialised, and never destroyed.
template <class T>
class SharedArray
{
public:
    explicit SharedArray(std::size_t n) : bytes_{std::max<std::size_t>(n, 1) * sizeof(T)}
    {
        auto* const at =
            mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (at == MAP_FAILED)
            throw std::bad_alloc{};
        first_ = static_cast<T*>(at);
        for (std::size_t i = 0; i < n; ++i)
            new (first_ + i) T{};
    }
    ~SharedArray() { munmap(first_, bytes_); }
    SharedArray(SharedArray const&) = delete;
    SharedArray& operator=(SharedArray const&) = delete;

    [[nodiscard]] T& operator[](std::size_t i) { return first_[i]; }

private:
    std::size_t bytes_;
    T* first_ = nullptr;
};

} // namespace touchstone::mutants
