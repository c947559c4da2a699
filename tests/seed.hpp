#pragma once
// The seed of tests that draw at random, and how often they draw.

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

namespace touchstone::tests {

/// From TOUCHSTONE_TEST_SEED, or one of our own; printed, so that a failure replays.
inline std::uint64_t test_seed()
{
    static auto const seed = [] {
        auto const* const text = std::getenv("TOUCHSTONE_TEST_SEED");
        auto const value = text != nullptr ? std::stoull(text) : 20'261'123ULL;
        std::cout << "TOUCHSTONE_TEST_SEED=" << value << '\n';
        return value;
    }();
    return seed;
}

/// From TOUCHSTONE_TEST_CASES, for a longer run; else what is usual in that test.
inline std::uint64_t test_cases(std::uint64_t usual)
{
    auto const* const text = std::getenv("TOUCHSTONE_TEST_CASES");
    return text != nullptr ? std::stoull(text) : usual;
}

} // namespace touchstone::tests
