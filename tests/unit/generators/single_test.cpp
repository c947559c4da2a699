#include "generators/single.hpp"

#include "engine/binary/decode.hpp"
#include "engine/validation/validate.hpp"
#include "generators/generate.hpp"
#include "generators/operations.hpp"

#include <gmock/gmock.h>

#include <set>

namespace touchstone::generators {
namespace {

std::set<Opcode> opcodes_of(Case const& c)
{
    std::set<Opcode> ops;
    for (auto const& m : c.modules) {
        auto const module = decode(m.bytes);
        for (auto const& f : module.value().funcs)
            for (auto const& i : f.body.instrs)
                ops.insert(i.op);
    }
    return ops;
}

TEST(Single, CoversEveryNumericAndVectorRowLoadAndStore)
{
    std::set<Opcode> seen;
    auto const count = single_count(wasm3);
    for (std::uint64_t i = 0; i < count; ++i)
        seen.merge(opcodes_of(single(i, wasm3)));
    std::size_t rows = 0;
    for (auto const& row : op_table)
        if (is_numeric(row) || is_number_access(row) || is_vector(row) || is_vector_access(row)) {
            ++rows;
            EXPECT_TRUE(seen.contains(opcode_of(row))) << row.text;
        }
    EXPECT_GE(rows, 128U + 23U + 255U);
}

TEST(Single, MeetsEveryInstructionBeforeItTakesOneTwice)
{
    std::set<Opcode> seen;
    std::size_t rows = 0;
    for (auto const& row : op_table)
        rows += single_cases_of(row) != 0 ? 1U : 0U;
    for (std::uint64_t i = 0; i < 2 * rows; ++i) // every second one is written as text
        seen.merge(opcodes_of(single(i, wasm3)));
    for (auto const& row : op_table)
        EXPECT_TRUE(single_cases_of(row) == 0 || seen.contains(opcode_of(row))) << row.text;
}

TEST(Single, IsValidWithinItsFeatures)
{
    for (auto const features : {wasm1, wasm2, wasm2 | FeatureSet{Feature::RelaxedSimd}, wasm3}) {
        auto const count = single_count(features);
        for (std::uint64_t i = 0; i < count; ++i) {
            auto module = decode(single(i, features).modules.at(0).bytes);
            ASSERT_TRUE(module) << i << describe(module.error());
            auto const valid = validate(std::move(*module));
            ASSERT_TRUE(valid) << i << describe(valid.error());
            EXPECT_TRUE(features.contains((*valid)->features())) << i;
        }
    }
}

TEST(Single, CallsFunctionsThatAreThereWithTheirParameters)
{
    auto const count = single_count(wasm2);
    for (std::uint64_t i = 0; i < count; i += 7) {
        auto const c = single(i, wasm2);
        auto const module = decode(c.modules.at(0).bytes).value();
        EXPECT_FALSE(c.calls.empty());
        for (auto const& call : c.calls) {
            auto const e = std::ranges::find(module.exports, call.function, &Export::name);
            ASSERT_NE(e, module.exports.end()) << call.function;
            auto const& type = module.types[module.funcs[e->index].type].comp.func;
            ASSERT_EQ(type.params.size(), call.args.size()) << i << call.function;
            for (std::size_t a = 0; a < call.args.size(); ++a)
                EXPECT_EQ(type.params[a].kind, call.args[a].kind);
        }
    }
}

/// The operands of all calls of a vector row's cases, lane by lane: "0:a,b" for a pair.
std::set<std::vector<std::uint64_t>> lane_tuples(Opcode op, LaneShape shape)
{
    std::set<std::vector<std::uint64_t>> seen;
    auto const mask = ~std::uint64_t{0} >> (64 - shape.bits);
    for (std::uint32_t chunk = 0; chunk < single_cases_of(info(op)); ++chunk)
        for (auto const& call : single_vector(op, chunk).calls)
            for (unsigned k = 0; call.function != "same" && k < shape.count(); ++k) {
                std::vector<std::uint64_t> tuple;
                for (auto const& v : call.args) {
                    auto const at = k * shape.bits;
                    tuple.push_back((at < 64 ? v.lo >> at : v.hi >> (at - 64)) & mask);
                }
                seen.insert(tuple);
            }
    return seen;
}

TEST(SingleVector, PairsEachLaneValueWithEachOther)
{
    EXPECT_GE(lane_tuples(Opcode::I8x16AddSatS, {8, false}).size(), 400U);
    EXPECT_GE(lane_tuples(Opcode::I16x8Q15mulrSatS, {16, false}).size(), 400U);
    EXPECT_GE(lane_tuples(Opcode::F64x2Min, {64, true}).size(), 400U);
    EXPECT_GE(lane_tuples(Opcode::F32x4Nearest, {32, true}).size(), 60U);
}

TEST(SingleVector, TakesEveryLane)
{
    std::set<unsigned> lanes;
    for (std::uint32_t chunk = 0; chunk < single_cases_of(info(Opcode::I8x16ReplaceLane));
        ++chunk) {
        auto const m =
            decode(single_vector(Opcode::I8x16ReplaceLane, chunk).modules.at(0).bytes).value();
        for (auto const& f : m.funcs)
            for (auto const& i : f.body.instrs)
                if (i.op == Opcode::I8x16ReplaceLane)
                    lanes.insert(i.lane);
    }
    EXPECT_EQ(lanes.size(), 16U);
}

TEST(Single, StartsOverAfterTheLast)
{
    auto const count = single_count(wasm2);
    EXPECT_EQ(single(3, wasm2), single(count + 3, wasm2));
    EXPECT_NE(single(3, wasm2), single(4, wasm2));
}

TEST(Single, HasNothingWithoutFeatures)
{
    EXPECT_EQ(single_count(FeatureSet{}), 0U);
    EXPECT_TRUE(single(5, FeatureSet{}).modules.empty());
}

} // namespace
} // namespace touchstone::generators
