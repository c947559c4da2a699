#pragma once
// The only source of choice of every generator: bytes, read from the front; never the machine or
// the library.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace touchstone::generators {

/// Reads choices from bytes. When they run out every answer is zero, and generators are written so
/// that zero ends soon and is still useful.
class Entropy
{
public:
    explicit Entropy(std::span<std::uint8_t const> bytes) : bytes_{bytes} {}

    [[nodiscard]] std::uint8_t byte();
    [[nodiscard]] std::uint32_t u32();
    [[nodiscard]] std::uint64_t u64();
    /// In [0, n); n at least 1. Reads one byte up to 256, else four.
    [[nodiscard]] std::uint32_t below(std::uint32_t n);
    /// True with probability about `n` in 256.
    [[nodiscard]] bool chance(std::uint8_t n);
    [[nodiscard]] bool exhausted() const { return at_ >= bytes_.size(); }
    [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }

private:
    std::span<std::uint8_t const> bytes_;
    std::size_t at_ = 0;
};

/// `count` bytes from a seed and an index, the same on every machine (SplitMix64 over both).
[[nodiscard]] std::vector<std::uint8_t> entropy_from(
    std::uint64_t seed, std::uint64_t index, std::size_t count);

} // namespace touchstone::generators
