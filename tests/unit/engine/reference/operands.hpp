#pragma once
// Operands for numeric tests: every boundary class, and random bits from a seed that is printed.

#include "engine/reference/floats.hpp"
#include "tests/seed.hpp"

#include <cstdint>
#include <random>
#include <vector>

namespace touchstone::tests {

/// One or more of each class: zeros, subnormals, powers of two around every interesting place,
/// whole numbers and halves, the ranges of the integer types, the greatest, infinities, NaNs.
template <reference::Float F>
[[nodiscard]] std::vector<F> boundary_floats()
{
    using Bits = F::Bits;
    std::vector<Bits> magnitudes{0, 1, 2, 3, F::mantissa_mask >> 1, F::mantissa_mask - 1,
        F::mantissa_mask, F::mantissa_mask + 1, F::mantissa_mask + 2, F::infinity - 2,
        F::infinity - 1, F::infinity, F::infinity + 1, F::canonical_nan().bits - 1,
        F::canonical_nan().bits, F::canonical_nan().bits + 1, F::infinity | F::mantissa_mask};
    for (auto const exponent :
        {-F::bias + 1, -F::bias + 2, -F::M - 2, -F::M - 1, -F::M, -2, -1, 0, 1, 2, 7, 8, 15, 16, 30,
            31, 32, 33, F::M - 1, F::M, F::M + 1, F::M + 2, 62, 63, 64, 65, F::bias - 1, F::bias}) {
        if (exponent > F::bias || exponent <= -F::bias)
            continue;
        auto const power = static_cast<Bits>(exponent + F::bias) << F::M;
        for (Bits const mantissa : {Bits{0}, Bits{1}, Bits{1} << (F::M - 1),
                 (Bits{1} << (F::M - 1)) + 1, (Bits{1} << (F::M - 1)) - 1, F::mantissa_mask,
                 F::mantissa_mask - 1, static_cast<Bits>(Bits{1} << (F::M / 2))})
            magnitudes.push_back(power | mantissa);
    }
    std::vector<F> all;
    for (auto const m : magnitudes) {
        all.push_back({m});
        all.push_back({m | F::sign_bit});
    }
    return all;
}

/// Random numbers: any bits, or close to another one, where cancellation and ties live.
template <reference::Float F>
class RandomFloats
{
public:
    using Bits = F::Bits;

    explicit RandomFloats(std::uint64_t seed) : random_{seed} {}

    [[nodiscard]] F any()
    {
        switch (random_() % 4) {
        case 0:
        { // few bits set: exact results and ties
            auto const keep = ~Bits{0} << (random_() % F::M);
            return {static_cast<Bits>(random_()) & keep};
        }
        case 1:
        { // of moderate size
            auto const exponent = F::bias - 40 + static_cast<int>(random_() % 80);
            return {(static_cast<Bits>(random_()) & (F::sign_bit | F::mantissa_mask)) |
                    static_cast<Bits>(exponent) << F::M};
        }
        default: return {static_cast<Bits>(random_())};
        }
    }
    [[nodiscard]] F near(F z)
    {
        switch (random_() % 4) {
        case 0: return {z.bits ^ F::sign_bit ^ static_cast<Bits>(random_() % 4)};
        case 1: return {z.bits + (static_cast<Bits>(random_() % 64) << F::M)};
        default: return any();
        }
    }
    [[nodiscard]] std::uint64_t bits() { return random_() >> (random_() % 64); }

private:
    std::mt19937_64 random_;
};

} // namespace touchstone::tests
