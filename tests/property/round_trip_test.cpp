// Front end there and back: what `encode` writes `decode` reads, and what `print` writes
// `parse_module` reads, for generated modules of every feature.
// TOUCHSTONE_TEST_CASES says how many cases (2,000), TOUCHSTONE_TEST_SEED which.

#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"
#include "engine/text/print.hpp"
#include "engine/validation/validate.hpp"
#include "generators/generate.hpp"
#include "tests/seed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>

namespace touchstone {
namespace {

/// Text says neither groups of no locals nor a data count that no instruction needs.
Module sayable(Module m, Module const& like)
{
    for (auto& f : m.funcs)
        std::erase_if(f.locals, [](Locals const& group) { return group.count == 0; });
    m.has_data_count = like.has_data_count;
    return m;
}

struct Counts
{
    std::uint64_t modules = 0;
    std::array<std::uint64_t, feature_count> by_feature{};
};

void check(std::vector<std::uint8_t> const& bytes, Counts& counts)
{
    auto decoded = decode(bytes);
    ASSERT_TRUE(decoded) << describe(decoded.error());
    ASSERT_EQ(encode(*decoded), bytes);
    auto const text = print(*decoded);
    auto const parsed = parse_module(text);
    ASSERT_TRUE(parsed) << describe(parsed.error()) << '\n' << text;
    ASSERT_EQ(sayable(*parsed, *decoded), sayable(*decoded, *decoded)) << text;
    ASSERT_EQ(print(*parsed), text);
    auto const valid = validate(*std::move(decoded));
    ASSERT_TRUE(valid) << describe(valid.error());
    ++counts.modules;
    for (std::size_t f = 0; f < feature_count; ++f)
        counts.by_feature[f] += (*valid)->features().has(static_cast<Feature>(f)) ? 1 : 0;
}

TEST(RoundTrip, GeneratedModulesSurviveBinaryAndText)
{
    auto const seed = tests::test_seed();
    auto const cases = tests::test_cases(2'000);
    Counts counts;
    for (std::uint64_t i = 0; i < cases; ++i) {
        auto const kind = i % 4 == 0 ? generators::Kind::Single : generators::Kind::Smith;
        // by a prime: the first instructions' boundary values would fill thousands of cases
        auto const index = kind == generators::Kind::Single ? i * 7'919 : i;
        auto const c = generators::generate(kind, seed, index, wasm3);
        for (auto const& m : c.modules) {
            SCOPED_TRACE(testing::Message() << generators::name(kind) << " index " << index);
            ASSERT_NO_FATAL_FAILURE(check(m.bytes, counts));
        }
    }
    std::cout << counts.modules << " modules of " << cases << " cases\n";
    for (std::size_t f = 0; f < feature_count; ++f) {
        if (!wasm3.has(static_cast<Feature>(f)))
            continue;
        std::cout << "  " << feature_names[f] << ' ' << counts.by_feature[f] << '\n';
        EXPECT_GE(counts.by_feature[f], cases / 200) << feature_names[f];
    }
}

} // namespace
} // namespace touchstone
