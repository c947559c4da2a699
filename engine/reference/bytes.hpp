#pragma once
// The bytes of a memory: zero at first, real only once touched, growing without being copied.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

namespace touchstone::reference {

/// Pages from the operating system. A memory of 4 GiB costs what is written to it.
class Bytes
{
public:
    /// Nothing if the operating system refuses.
    [[nodiscard]] static std::optional<Bytes> make(std::uint64_t size);

    Bytes() = default;
    Bytes(Bytes&& other) noexcept
        : data_{std::exchange(other.data_, nullptr)}, size_{std::exchange(other.size_, 0)}
    {}
    Bytes& operator=(Bytes&& other) noexcept
    {
        std::swap(data_, other.data_);
        std::swap(size_, other.size_);
        return *this;
    }
    ~Bytes();

    /// To a size that is not below the present one; false, and nothing changed, if the operating
    /// system refuses.
    [[nodiscard]] bool grow(std::uint64_t size);

    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] std::uint8_t* data() { return data_; }
    [[nodiscard]] std::span<std::uint8_t const> all() const
    {
        return {data_, static_cast<std::size_t>(size_)};
    }

private:
    std::uint8_t* data_ = nullptr;
    std::uint64_t size_ = 0;
};

} // namespace touchstone::reference
