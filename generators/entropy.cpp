#include "generators/entropy.hpp"

namespace touchstone::generators {

namespace {

// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
constexpr std::uint64_t golden = 0x9E37'79B9'7F4A'7C15;

constexpr std::uint64_t mix(std::uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9;
    z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EB;
    return z ^ (z >> 31);
}

} // namespace

std::uint8_t Entropy::byte()
{
    return at_ < bytes_.size() ? bytes_[at_++] : std::uint8_t{0};
}

std::uint32_t Entropy::u32()
{
    std::uint32_t v = 0;
    for (unsigned shift = 0; shift < 32; shift += 8)
        v |= std::uint32_t{byte()} << shift;
    return v;
}

std::uint64_t Entropy::u64()
{
    std::uint64_t v = 0;
    for (unsigned shift = 0; shift < 64; shift += 8)
        v |= std::uint64_t{byte()} << shift;
    return v;
}

std::uint32_t Entropy::below(std::uint32_t n)
{
    return (n <= 256 ? byte() : u32()) % n;
}

bool Entropy::chance(std::uint8_t n)
{
    // The complement, so that running out of bytes answers no.
    return byte() >= 256U - n;
}

std::vector<std::uint8_t> entropy_from(std::uint64_t seed, std::uint64_t index, std::size_t count)
{
    auto state = mix(seed + golden) ^ mix(mix(index + golden) + golden);
    std::vector<std::uint8_t> bytes;
    bytes.reserve(count + 7);
    while (bytes.size() < count) {
        state += golden;
        auto const word = mix(state);
        for (unsigned shift = 0; shift < 64; shift += 8)
            bytes.push_back(static_cast<std::uint8_t>(word >> shift));
    }
    bytes.resize(count);
    return bytes;
}

} // namespace touchstone::generators
