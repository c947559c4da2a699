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

TEST(Single, CoversEveryNumericRowLoadAndStore)
{
    std::set<Opcode> seen;
    auto const count = single_count(wasm3);
    for (std::uint64_t i = 0; i < count; ++i)
        seen.merge(opcodes_of(single(i, wasm3)));
    std::size_t rows = 0;
    for (auto const& row : op_table)
        if (is_numeric(row) || is_number_access(row)) {
            ++rows;
            EXPECT_TRUE(seen.contains(opcode_of(row))) << row.text;
        }
    EXPECT_GE(rows, 128U + 23U);
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
    for (auto const features : {wasm1, wasm2, wasm3}) {
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
