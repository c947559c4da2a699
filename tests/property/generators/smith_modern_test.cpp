// What only a quarter of the cases use: each of its instructions runs, on objects that are there.

#include "engine/binary/decode.hpp"
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
    return f == Feature::Gc || f == Feature::FunctionReferences || f == Feature::Exceptions;
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
    EXPECT_GE(t.threw, 100U);
    EXPECT_LE(t.share(t.threw), 0.05);
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
    for (auto const t : {Trap::NullReference, Trap::NullStructureReference,
             Trap::NullArrayReference, Trap::NullFunctionReference, Trap::OutOfBoundsArrayAccess,
             Trap::CastFailure, Trap::NullExceptionReference})
        EXPECT_GT(trapped(t), 0U) << message(t);
}

/// What is of 64-bit addresses, or between such and others.
struct Wide
{
    std::uint64_t memories = 0;
    std::uint64_t tables = 0;
    std::uint64_t mixed_copies = 0;
    std::uint64_t far_offsets = 0;
};

void count(Module const& m, Wide& wide)
{
    std::vector<AddrType> memories;
    for (auto const& i : m.imports)
        if (i.type.kind == ExternKind::Memory)
            memories.push_back(i.type.memory.limits.addr);
    for (auto const& memory : m.memories)
        memories.push_back(memory.type.limits.addr);
    for (auto const at : memories)
        wide.memories += at == AddrType::I64 ? 1 : 0;
    for (auto const& t : m.tables)
        wide.tables += t.type.limits.addr == AddrType::I64 ? 1 : 0;
    for (auto const& f : m.funcs)
        for (auto const& i : f.body.instrs) {
            auto const is_access = info(i.op).immediates == Immediates::Memarg;
            wide.far_offsets += is_access && i.imm >> 32 != 0 ? 1 : 0;
            if (i.op == Opcode::MemoryCopy)
                wide.mixed_copies += memories.at(i.x) != memories.at(i.y) ? 1 : 0;
        }
}

TEST(SmithModern, AddressesMemoriesAndTablesBy64Bits)
{
    Wide wide;
    for (std::uint64_t i = 0; i < 8'000; ++i) {
        auto const c = generate(Kind::Smith, 79, i, wasm3);
        for (auto const& m : c.modules)
            count(decode(m.bytes).value(), wide);
    }
    EXPECT_GE(wide.memories, 200U);
    EXPECT_GE(wide.tables, 100U);
    EXPECT_GE(wide.mixed_copies, 8U);
    EXPECT_GE(wide.far_offsets, 10U);
}

} // namespace
} // namespace touchstone::generators
