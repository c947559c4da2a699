#include "harness/campaign/signature.hpp"
#include "tests/unit/harness/campaign/case_of.hpp"
#include "tests/unit/harness/campaign/panel_of.hpp"

#include <gtest/gtest.h>

namespace touchstone::campaign {
namespace {

constexpr auto adder = R"((module (memory 1)
    (func (export "add") (param i32 i32) (result i32)
        (i32.store (i32.const 0) (local.get 0))
        (i32.add (local.get 0) (local.get 1)))
    (func (export "trap") unreachable)
    (func (export "spin") (loop (br 0)))
    (func (export "nan") (param f32) (result i32)
        (i32.reinterpret_f32 (f32.div (local.get 0) (local.get 0))))))";

Call add(std::uint32_t a, std::uint32_t b)
{
    return {.module = 0, .function = "add", .args = {Value::from_i32(a), Value::from_i32(b)}};
}

Call plain(std::string function)
{
    return {.module = 0, .function = std::move(function), .args = {}};
}

TEST(Examine, EnginesThatAgreeAgree)
{
    auto const e = examined(case_of(adder, {add(1, 2), plain("trap")}), panel_of([](auto&) {}));
    EXPECT_EQ(e.outcome, OutcomeKind::Agree);
    EXPECT_TRUE(e.valid);
    EXPECT_TRUE(e.instantiated);
    EXPECT_TRUE(e.members[1].to_end);
    EXPECT_TRUE(e.members[1].store_to_end);
    EXPECT_FALSE(e.members[1].cut);
}

/// A case that nobody but the reference can run is not worth generating.
TEST(Examine, GeneratesWhatSomebodyElseHas)
{
    auto panel = panel_of([](auto&) {});
    panel.members[1].info.features = wasm2;
    EXPECT_EQ(generated_features(panel), wasm2);
    panel.members.push_back(panel.members[1]);
    panel.members[2].info.features = wasm1 | FeatureSet{Feature::Gc};
    EXPECT_EQ(generated_features(panel), wasm2 | FeatureSet{Feature::Gc});
    panel.members[0].info.features = wasm1;
    EXPECT_EQ(generated_features(panel), wasm1);
    panel.members.resize(1);
    EXPECT_EQ(generated_features(panel), wasm1);
}

TEST(Examine, FindsAWrongResult)
{
    auto const c = case_of(adder, {add(1, 2), add(3, 4)});
    auto const panel = panel_of([](Observation& o) { o.calls[1].values[0].lo ^= 1; });
    auto const e = examined(c, panel);
    EXPECT_EQ(e.outcome, OutcomeKind::Diverge);
    EXPECT_EQ(e.reason, Reason::Values);
    EXPECT_EQ(e.members[1].judgement.step, 1U);
    auto const s = signature_of(c, e, panel);
    EXPECT_EQ(s.kind, "values");
    EXPECT_EQ(s.classes, "i32");
    EXPECT_EQ(s.oracles, "reference/wrong");
    EXPECT_EQ(s.suspect, "?") << "two engines cannot tell who is wrong";
}

TEST(Examine, FindsAMissingTrapAndNamesTheInstruction)
{
    auto const c = case_of(adder, {plain("trap")});
    auto const panel = panel_of([](Observation& o) { o.calls[0].end = End::Returned; });
    auto const e = examined(c, panel);
    ASSERT_EQ(e.outcome, OutcomeKind::Diverge);
    auto const s = signature_of(c, e, panel);
    EXPECT_EQ(s.instruction, "unreachable");
    EXPECT_EQ(s.classes, "trapped:unreachable|returned");
}

/// Only the reason, so that one laxity is one bucket whatever the place.
TEST(Examine, NamesTheReasonOfARefusalOnce)
{
    std::vector<std::uint8_t> const longer_than_said{
        0, 'a', 's', 'm', 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 10, 4, 1, 1, 0, 0x0B};
    Case const c{.origin = "", .modules = {{"", longer_than_said}}, .calls = {}};
    auto const panel = panel_of([](Observation& o) { o.instantiations[0].end = End::Returned; });
    auto const s = signature_of(c, examined(c, panel), panel);
    EXPECT_EQ(s.classes, "malformed:section size mismatch|returned");
}

TEST(Examine, FindsAWrongStoreAfterATrap)
{
    auto const c = case_of(adder, {add(1, 2), plain("trap")});
    auto const e = examined(c,
        panel_of([](Observation& o) { o.calls[1].store->instances[0]->memories[0]->digest ^= 1; }));
    EXPECT_EQ(e.outcome, OutcomeKind::Diverge);
    EXPECT_EQ(e.reason, Reason::Memory);
}

TEST(Examine, OurEnginesMustSpendTheSameFuel)
{
    auto const c = case_of(adder, {add(1, 2)});
    auto const wrong = [](Observation& o) { ++*o.calls[0].fuel; };
    EXPECT_EQ(examined(c, panel_of(wrong)).reason, Reason::Fuel);
    EXPECT_EQ(examined(c, panel_of(wrong, false)).outcome, OutcomeKind::Agree);
}

TEST(Examine, AnEngineWithoutFuelIsNotShownWhatRanOut)
{
    auto const c = case_of(adder, {add(1, 2), plain("spin"), add(3, 4)});
    auto const e = examined(c, panel_of([](Observation&) {}, false));
    EXPECT_EQ(e.outcome, OutcomeKind::OutOfFuel);
    EXPECT_TRUE(e.members[1].cut);
    EXPECT_EQ(e.members[1].observation.calls.size(), 1U);
    EXPECT_TRUE(e.members[1].to_end);
}

TEST(Examine, NanBitsThatFlowedOnAreDecidedByTheCanonicalisedVariant)
{
    auto const c =
        case_of(adder, {Call{.module = 0, .function = "nan", .args = {Value::from_f32(0.0F)}}});
    // an engine whose own NaN is negative; in the variant it computes what everybody does
    auto runs = std::make_shared<int>(0);
    auto const e = examined(c, panel_of(
                                   [runs](Observation& o) {
                                       if ((*runs)++ == 0)
                                           o.calls[0].values[0].lo |= 0x8000'0000;
                                   },
                                   false));
    EXPECT_EQ(*runs, 2);
    EXPECT_TRUE(e.members[1].variant);
    EXPECT_EQ(e.outcome, OutcomeKind::Agree);
}

TEST(Examine, NanBitsExcuseNothingInTheVariant)
{
    auto const c =
        case_of(adder, {Call{.module = 0, .function = "nan", .args = {Value::from_f32(0.0F)}}});
    auto const e =
        examined(c, panel_of([](Observation& o) { o.calls[0].values[0].lo ^= 2; }, false));
    EXPECT_TRUE(e.members[1].variant);
    EXPECT_EQ(e.outcome, OutcomeKind::Diverge);
    EXPECT_EQ(e.reason, Reason::Values);
}

TEST(Examine, ANanExcusesNothingThatComesAfterIt)
{
    auto const c = case_of(
        adder, {Call{.module = 0, .function = "nan", .args = {Value::from_f32(0.0F)}}, add(1, 2)});
    auto const e =
        examined(c, panel_of([](Observation& o) { o.calls[1].values[0].lo ^= 1; }, false));
    EXPECT_EQ(e.outcome, OutcomeKind::Diverge);
    EXPECT_EQ(e.members[1].judgement.step, 1U);
}

TEST(Examine, WhereNobodyWasComparedNobodyAgrees)
{
    auto const c = case_of(adder, {add(1, 2)});
    auto panel = panel_of([](Observation&) {});
    panel.members[1].info.features = {};
    auto const lacking = examined(c, panel);
    EXPECT_EQ(lacking.outcome, OutcomeKind::Inconclusive);
    EXPECT_EQ(lacking.reason, Reason::Unsupported);
    EXPECT_FALSE(lacking.compared);
    panel.members.resize(1);
    EXPECT_EQ(examined(c, panel).reason, Reason::NothingSeen);
}

TEST(Examine, WhoDeclinesAModuleWasNotAsked)
{
    auto const c = case_of(adder, {add(1, 2)});
    auto panel = panel_of([](Observation& o) { o.instantiations[0].end = End::Unsupported; });
    auto const alone = examined(c, panel);
    EXPECT_FALSE(alone.members[1].asked);
    EXPECT_TRUE(alone.members[1].declined);
    EXPECT_EQ(alone.reason, Reason::Unsupported);
    panel.members.push_back(panel.members[0]);
    auto const beside = examined(c, panel);
    EXPECT_EQ(beside.outcome, OutcomeKind::Agree);
    EXPECT_TRUE(beside.members[2].asked);
}

TEST(Examine, ARejectedCaseIsAnOutcomeOfItsOwn)
{
    auto c = case_of(adder, {});
    c.modules[0].bytes.resize(c.modules[0].bytes.size() / 2);
    auto const e = examined(c, panel_of([](Observation&) {}));
    EXPECT_EQ(e.outcome, OutcomeKind::Rejected);
    EXPECT_FALSE(e.valid);
}

} // namespace
} // namespace touchstone::campaign
