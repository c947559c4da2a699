#include "engine/binary/decode.hpp"
#include "engine/validation/validate.hpp"
#include "generators/entropy.hpp"
#include "generators/generate.hpp"

#include <gmock/gmock.h>

namespace touchstone::generators {
namespace {

void expect_valid(Case const& c, FeatureSet features, std::uint64_t index)
{
    for (auto const& m : c.modules) {
        auto module = decode(m.bytes);
        ASSERT_TRUE(module) << index << " " << m.name << " " << describe(module.error());
        auto const valid = validate(std::move(*module));
        ASSERT_TRUE(valid) << index << " " << m.name << " " << describe(valid.error());
        EXPECT_TRUE(features.contains((*valid)->features())) << index << " " << m.name;
    }
}

void expect_callable(Case const& c, std::uint64_t index)
{
    EXPECT_GE(c.calls.size(), 3U);
    for (auto const& call : c.calls) {
        auto const module = decode(c.modules.at(call.module).bytes).value();
        auto const e = std::ranges::find(module.exports, call.function, &Export::name);
        ASSERT_NE(e, module.exports.end()) << index << call.function;
        auto const defined = e->index - count_imports(module, ExternKind::Func);
        auto const& type = module.types[module.funcs.at(defined).type].comp.func;
        ASSERT_EQ(type.params.size(), call.args.size()) << index;
        for (std::size_t a = 0; a < call.args.size(); ++a)
            EXPECT_EQ(type.params[a].kind, call.args[a].kind) << index;
    }
}

TEST(Smith, IsValidAndWithinItsFeatures)
{
    for (auto const features : {wasm1, wasm2, wasm3})
        for (std::uint64_t i = 0; i < 2'000; ++i) {
            auto const c = generate(Kind::Smith, 11, i, features);
            expect_valid(c, features, i);
            expect_callable(c, i);
        }
}

TEST(Smith, IsValidForEveryAmountOfEntropy)
{
    auto const bytes = entropy_from(3, 3, 1'500);
    for (std::size_t n = 0; n < bytes.size(); n += n < 200 ? 1 : 13)
        expect_valid(smith(std::span{bytes}.first(n), wasm3), wasm3, n);
}

TEST(Smith, IsValidForMonotonousEntropy)
{
    for (unsigned b = 0; b < 256; ++b) {
        std::vector<std::uint8_t> const bytes(3'000, static_cast<std::uint8_t>(b));
        expect_valid(smith(bytes, wasm3), wasm3, b);
    }
}

TEST(Smith, StaysWithinTheLimitsOfACampaign)
{
    for (std::uint64_t i = 0; i < 500; ++i) {
        auto const c = generate(Kind::Smith, 5, i, wasm3);
        for (auto const& m : c.modules) {
            auto const module = decode(m.bytes).value();
            EXPECT_LE(m.bytes.size(), 5'000U);
            for (auto const& memory : module.memories)
                EXPECT_LE(memory.type.limits.max.value(), 4U);
            for (auto const& table : module.tables)
                EXPECT_LE(table.type.limits.max.value(), 32U);
        }
    }
}

TEST(Generate, SaysHowToGetACaseAgain)
{
    EXPECT_EQ(generate(Kind::Smith, 7, 12, wasm2).origin, "smith/5 seed 7 index 12");
    EXPECT_EQ(generate(Kind::Mixed, 7, 16, wasm2).origin, "mixed/5 seed 7 index 16");
    EXPECT_EQ(kind_named("single"), Kind::Single);
    EXPECT_EQ(kind_named("Single"), std::nullopt);
    EXPECT_EQ(name(Kind::Mixed), "mixed");
}

TEST(Generate, MixesOneSingleInto64)
{
    auto const as = [](Kind kind, std::uint64_t index) {
        auto c = generate(kind, 9, index, wasm2);
        c.origin.clear();
        return c;
    };
    EXPECT_EQ(as(Kind::Mixed, 128), as(Kind::Single, 2));
    EXPECT_EQ(as(Kind::Mixed, 129), as(Kind::Smith, 129));
    EXPECT_NE(as(Kind::Smith, 33), as(Kind::Smith, 34));
}

} // namespace
} // namespace touchstone::generators
