// What only a quarter of the cases use: each of its instructions runs, on objects that are there.

#include "generators/generate.hpp"
#include "tests/property/generators/measure.hpp"

#include <gmock/gmock.h>

#include <initializer_list>

namespace touchstone::generators {
namespace {

using measure::Totals;
using measure::totals_of;

constexpr auto scalar3 = [] {
    auto f = wasm3;
    f.remove(Feature::Simd);
    f.remove(Feature::RelaxedSimd);
    return f;
}();

Totals const& totals()
{
    static auto const t =
        totals_of([](std::uint64_t i) { return generate(Kind::Smith, 78, i, scalar3); }, 6'000);
    return t;
}

std::uint64_t executed(Opcode op)
{
    return totals().by_opcode[static_cast<std::size_t>(op)];
}

std::uint64_t trapped(Trap t)
{
    return totals().traps[static_cast<std::size_t>(t)];
}

bool is_modern(Feature f)
{
    return f == Feature::Gc || f == Feature::FunctionReferences;
}

TEST(SmithModern, ExecutesEveryInstruction)
{
    for (auto const& row : op_table)
        if (is_modern(row.since)) {
            EXPECT_GE(executed(opcode_of(row)), 20U) << row.text;
        }
}

TEST(SmithModern, DoesRealWork)
{
    auto const& t = totals();
    EXPECT_EQ(t.invalid, 0U);
    EXPECT_GE(t.instantiated * 100, t.cases * 95);
    EXPECT_GE(t.share(t.returned), 0.60);
    EXPECT_LE(t.share(t.out_of_fuel + t.exhausted), 0.04);
    EXPECT_LE(t.share(t.short_calls()), 0.12);
}

/// Four in five references that something is done with are there.
TEST(SmithModern, ReferencesAreSeldomNull)
{
    std::uint64_t uses = 0;
    for (auto const op : {Opcode::StructGet, Opcode::StructGetS, Opcode::StructGetU,
             Opcode::StructSet, Opcode::ArrayGet, Opcode::ArrayGetS, Opcode::ArrayGetU,
             Opcode::ArraySet, Opcode::ArrayLen, Opcode::ArrayFill, Opcode::ArrayCopy,
             Opcode::ArrayInitData, Opcode::ArrayInitElem, Opcode::I31GetS, Opcode::I31GetU,
             Opcode::CallRef, Opcode::ReturnCallRef, Opcode::RefAsNonNull})
        uses += executed(op);
    auto const nulls = trapped(Trap::NullReference) + trapped(Trap::NullFunctionReference) +
                       trapped(Trap::NullStructureReference) + trapped(Trap::NullArrayReference) +
                       trapped(Trap::NullI31Reference);
    EXPECT_GT(nulls, 20U);
    EXPECT_LE(nulls * 5, uses);
}

TEST(SmithModern, MeetsItsTraps)
{
    for (auto const t :
        {Trap::NullReference, Trap::NullStructureReference, Trap::NullArrayReference,
            Trap::NullFunctionReference, Trap::OutOfBoundsArrayAccess, Trap::CastFailure})
        EXPECT_GT(trapped(t), 0U) << message(t);
}

} // namespace
} // namespace touchstone::generators
