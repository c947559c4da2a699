// What `single` has as text: it parses, is valid within its features, and leaves no instruction
// out.

#include "generators/single_text.hpp"

#include "engine/binary/decode.hpp"
#include "engine/validation/validate.hpp"
#include "generators/single.hpp"

#include <gtest/gtest.h>

#include <set>

namespace touchstone::generators {
namespace {

std::shared_ptr<ValidModule const> valid_module(Trial const& t)
{
    auto const c = trial_case(t, 0);
    if (c.modules.empty()) {
        ADD_FAILURE() << info(t.op).text << ": does not parse: " << t.function;
        return nullptr;
    }
    auto module = decode(c.modules[0].bytes);
    EXPECT_TRUE(module) << t.function;
    auto valid = validate(std::move(*module));
    EXPECT_TRUE(valid) << t.function << describe(valid.error());
    return valid ? *valid : nullptr;
}

TEST(SingleText, IsValidAndHasItsInstruction)
{
    for (auto const& t : trials(wasm3)) {
        auto const valid = valid_module(t);
        ASSERT_NE(valid, nullptr);
        bool found = false;
        for (auto const& f : valid->module().funcs)
            for (auto const& i : f.body.instrs)
                found = found || i.op == t.op;
        EXPECT_TRUE(found) << info(t.op).text << t.function;
        EXPECT_TRUE(wasm3.contains(valid->features())) << t.function;
    }
}

TEST(SingleText, TakesOnlyTheFeaturesAskedFor)
{
    for (auto const extra :
        {Feature::FunctionReferences, Feature::Exceptions, Feature::Memory64, Feature::Gc}) {
        auto features = wasm2 | FeatureSet{Feature::MultiMemory, extra};
        if (extra == Feature::Gc)
            features.add(Feature::FunctionReferences);
        EXPECT_FALSE(trials(features).empty()) << name(extra);
        for (auto const& t : trials(features)) {
            auto const valid = valid_module(t);
            ASSERT_NE(valid, nullptr);
            EXPECT_TRUE(features.contains(valid->features())) << t.function;
        }
    }
    EXPECT_TRUE(trials(wasm2).empty());
}

TEST(SingleText, LeavesNothingOut)
{
    std::set<Opcode> tried;
    for (auto const& t : trials(wasm3))
        tried.insert(t.op);
    for (auto const& row : op_table) {
        bool const is_ours = row.since == Feature::Gc || row.since == Feature::Exceptions ||
                             row.since == Feature::FunctionReferences ||
                             row.text == "return_call_ref";
        EXPECT_TRUE(!is_ours || tried.contains(opcode_of(row))) << row.text;
    }
}

TEST(SingleText, HasEveryCombinationOnce)
{
    for (auto const& t : trials(wasm3)) {
        std::size_t wanted = 1;
        for (auto const& o : t.operands)
            wanted *= o.size();
        std::set<std::vector<std::uint64_t>> seen;
        for (std::uint32_t k = 0; k < trial_cases(t); ++k) {
            auto const c = trial_case(t, k);
            for (auto const& call : c.calls) {
                std::vector<std::uint64_t> args;
                for (auto const& v : call.args)
                    args.push_back(v.lo);
                seen.insert(std::move(args));
            }
        }
        EXPECT_EQ(seen.size(), wanted) << t.function;
    }
}

} // namespace
} // namespace touchstone::generators
