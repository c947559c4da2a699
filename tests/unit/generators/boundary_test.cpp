#include "generators/boundary.hpp"

#include <gmock/gmock.h>

#include <set>

namespace touchstone::generators {
namespace {

using testing::Contains;

constexpr auto kinds = {
    ValType::Kind::I32, ValType::Kind::I64, ValType::Kind::F32, ValType::Kind::F64};

TEST(Boundary, ValuesFitTheirTypeAndStandOnce)
{
    for (auto const kind : kinds) {
        auto const values = boundary_values(kind);
        std::set<std::uint64_t> const distinct{values.begin(), values.end()};
        EXPECT_EQ(distinct.size(), values.size());
        if (kind == ValType::Kind::I32 || kind == ValType::Kind::F32) {
            EXPECT_LE(*distinct.rbegin(), 0xFFFF'FFFFU);
        }
        EXPECT_EQ(values[0], 0U); // divisors leave the first one out
        EXPECT_EQ(boundary_pair_values(kind).size(), 20U);
    }
}

TEST(Boundary, HasTheValuesThatConversionsTurnAt)
{
    auto const f32 = boundary_values(ValType::Kind::F32);
    for (auto const f : {2147483648.0F, 2147483520.0F, -2147483648.0F, 4294967296.0F,
             9223372036854775808.0F, 18446744073709551616.0F, -1.0F, -0.99999994F, 0.5F, 2.5F})
        EXPECT_THAT(f32, Contains(Value::from_f32(f).lo)) << f;
    auto const f64 = boundary_values(ValType::Kind::F64);
    for (auto const f : {2147483647.0, 2147483648.0, -2147483648.0, -2147483649.0, 4294967295.0,
             4294967296.0, 9223372036854775808.0, 18446744073709551616.0, 1.5, 2.5})
        EXPECT_THAT(f64, Contains(Value::from_f64(f).lo)) << f;
}

TEST(Boundary, BiasedValuesFitTheirType)
{
    auto const bytes = entropy_from(1, 1, 50'000);
    Entropy in{bytes};
    while (!in.exhausted()) {
        EXPECT_LE(boundary_biased(in, ValType::Kind::I32), 0xFFFF'FFFFU);
        EXPECT_LE(boundary_biased(in, ValType::Kind::F32), 0xFFFF'FFFFU);
    }
}

} // namespace
} // namespace touchstone::generators
