// Generated programs must do real work: these bounds fail when a change makes them trap at once,
// run dry or lose instructions. The figures they leave room for stand in docs/generators.md.

#include "generators/generate.hpp"
#include "generators/operations.hpp"
#include "tests/property/generators/measure.hpp"

#include <gmock/gmock.h>

namespace touchstone::generators {
namespace {

using measure::Totals;
using measure::totals_of;

constexpr auto without_vectors = [] {
    auto f = wasm2;
    f.remove(Feature::Simd);
    return f;
}();

Totals totals(Kind kind, FeatureSet features, std::uint64_t count)
{
    return totals_of([=](std::uint64_t i) { return generate(kind, 77, i, features); }, count);
}

/// The value that so many of a thousand do not exceed.
std::uint64_t quantile(std::vector<std::uint64_t> const& sorted, std::size_t per_mille)
{
    return sorted.at(sorted.size() * per_mille / 1'000);
}

class SmithQuality : public testing::TestWithParam<FeatureSet>
{};

TEST_P(SmithQuality, DoesRealWork)
{
    auto const t = totals(Kind::Smith, GetParam(), 3'000);
    EXPECT_EQ(t.invalid, 0U);
    EXPECT_GE(t.instantiated * 100, t.cases * 96);
    EXPECT_GE(t.calls, t.cases * 4);

    EXPECT_GE(t.share(t.returned), 0.60);
    EXPECT_LE(t.share(t.returned), 0.88);
    EXPECT_GE(t.share(t.trapped), 0.10);
    EXPECT_LE(t.share(t.trapped), 0.30);
    EXPECT_LE(t.share(t.out_of_fuel), 0.03);
    EXPECT_GE(t.out_of_fuel, 1U);
    EXPECT_LE(t.share(t.exhausted), 0.01);

    EXPECT_GE(quantile(t.instructions, 500), 150U);
    EXPECT_GE(quantile(t.instructions, 100), 10U);
    EXPECT_LE(t.share(t.short_calls()), 0.10);
    EXPECT_GE(quantile(t.opcodes, 500), 25U);
}

TEST_P(SmithQuality, MeetsEveryKindOfTrap)
{
    auto const t = totals(Kind::Smith, GetParam(), 3'000);
    for (auto const trap : {Trap::Unreachable, Trap::IntegerDivideByZero, Trap::IntegerOverflow,
             Trap::InvalidConversionToInteger, Trap::OutOfBoundsMemoryAccess,
             Trap::UndefinedElement, Trap::UninitializedElement, Trap::IndirectCallTypeMismatch})
        EXPECT_GT(t.traps[static_cast<std::size_t>(trap)], 0U) << message(trap);
    if (GetParam().has(Feature::ReferenceTypes)) {
        EXPECT_GT(t.traps[static_cast<std::size_t>(Trap::OutOfBoundsTableAccess)], 0U);
    }
    // no kind drowns the others
    for (std::size_t trap = 0; trap < trap_count; ++trap)
        EXPECT_LE(t.share(t.traps[trap]), 0.14) << trap_messages[trap];
}

INSTANTIATE_TEST_SUITE_P(Features, SmithQuality, testing::Values(wasm1, without_vectors),
    [](auto const& instance) { return instance.param == wasm1 ? "Wasm1" : "Wasm2"; });

/// What smith does not write on purpose, or not yet.
bool is_out_of_scope(OpInfo const& row)
{
    auto const op = opcode_of(row);
    return op == Opcode::Nop || op == Opcode::ReturnCallRef; // the latter wants typed references
}

TEST(SmithCoverage, ExecutesEveryInstructionOfItsFeatures)
{
    auto features = without_vectors;
    features.add(Feature::TailCall);
    features.add(Feature::MultiMemory);
    auto const t = totals(Kind::Smith, features, 4'000);
    for (auto const& row : op_table) {
        if (!features.has(row.since) || is_out_of_scope(row))
            continue;
        auto const op = opcode_of(row);
        // statistics leave out what only gives structure
        if (op == Opcode::Block || op == Opcode::Loop || op == Opcode::Else || op == Opcode::End)
            continue;
        EXPECT_GE(t.by_opcode[static_cast<std::size_t>(op)], 5U) << row.text;
    }
}

/// A quarter of the cases use vectors, a sixteenth relaxed ones: enough for each of the rows.
TEST(SmithCoverage, ExecutesEveryVectorInstruction)
{
    auto const t = totals(Kind::Smith, wasm2 | FeatureSet{Feature::RelaxedSimd}, 12'000);
    EXPECT_EQ(t.invalid, 0U);
    EXPECT_GE(t.instantiated * 100, t.cases * 96);
    for (auto const& row : op_table) {
        if (row.since == Feature::Simd || row.since == Feature::RelaxedSimd) {
            EXPECT_GE(t.by_opcode[static_cast<std::size_t>(opcode_of(row))], 5U) << row.text;
        }
    }
}

TEST(SingleOutcomes, MostlyReturnAndAlwaysInstantiate)
{
    constexpr auto features = wasm2 | FeatureSet{Feature::RelaxedSimd};
    auto const t = totals(Kind::Single, features, single_count(features));
    EXPECT_EQ(t.invalid, 0U);
    EXPECT_EQ(t.instantiated, t.cases);
    EXPECT_EQ(t.returned + t.trapped, t.calls);
    EXPECT_GE(t.share(t.returned), 0.85);
}

} // namespace
} // namespace touchstone::generators
