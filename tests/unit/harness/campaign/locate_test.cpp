#include "harness/campaign/locate.hpp"

#include "generators/generate.hpp"
#include "generators/trace.hpp"
#include "tests/unit/harness/campaign/case_of.hpp"
#include "tests/unit/harness/campaign/wrong_engine.hpp"

#include <gtest/gtest.h>

namespace touchstone::campaign {
namespace {

std::optional<Location> located(Case const& c, Panel const& panel)
{
    return locate(c, panel, 1, Limits::for_campaign());
}

Call plain(std::string function)
{
    return {.module = 0, .function = std::move(function), .args = {}};
}

/// Steps of $f: loop, local.get, i32.const, i32.add, local.tee, i32.const, i32.lt_u, br_if; at the
/// 32nd round, shl by 33.
constexpr auto shifting = R"((module
    (global $g (mut i32) (i32.const 0))
    (func $f (export "f") (result i32) (local $i i32)
        (loop
            (global.set $g (i32.add (global.get $g) (i32.shl (i32.const 1) (local.get $i))))
            (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1)))
                (i32.const 40))))
        (i32.mul (global.get $g) (i32.const 3)))))";

TEST(Locate, FindsTheFirstWrongResultInALoop)
{
    auto const c = case_of(shifting, {plain("f"), plain("f")});
    // 1 << 0 is right with shr_u too: the second round is the first wrong one
    auto const l = located(c, panel_with(replacing(Opcode::I32Shl, Opcode::I32ShrU)));
    ASSERT_TRUE(l);
    EXPECT_EQ(l->text, "i32.shl");
    EXPECT_EQ(l->effect, "result");
    EXPECT_EQ(l->function, 0U);
}

TEST(Locate, SuspectsTheArithmeticOfItsOwnTrace)
{
    auto const c = case_of(R"((module (func (export "f") (result i64)
        (i64.rotl (i64.xor (i64.const 6) (i64.const 3)) (i64.const 5)))
        (func (export "g") (result i64) (i64.add (i64.const 6) (i64.const 3)))))",
        {plain("f"), plain("g")});
    EXPECT_EQ(located(c, panel_with(replacing(Opcode::I64Xor, Opcode::I64Or)))->text, "i64.xor");
    EXPECT_EQ(
        located(c, panel_with(replacing(Opcode::I64Rotl, Opcode::I64Rotr)))->text, "i64.rotl");
    EXPECT_EQ(located(c, panel_with(replacing(Opcode::I64Add, Opcode::I64Sub)))->text, "i64.add");
}

TEST(Locate, NamesAMissingTrapAWrongStoreAndAWrongBranch)
{
    auto const c = case_of(R"((module (memory 1)
        (func (export "trap") (result i32) (i32.div_s (i32.const 1) (i32.const 0)))
        (func (export "store") (i32.store align=1 (i32.const 8) (i32.const 0x12345)))
        (func (export "branch") (result i32)
            (block (br_if 0 (i32.const 1)) (return (i32.const 1))) (i32.const 2))))",
        {plain("trap"), plain("store"), plain("branch")});
    auto const trap = located(c, panel_with(replacing(Opcode::I32DivS, Opcode::I32Add)));
    ASSERT_TRUE(trap);
    EXPECT_EQ(trap->text, "i32.div_s");
    auto const store = located(c, panel_with(replacing(Opcode::I32Store, Opcode::I32Store16)));
    ASSERT_TRUE(store);
    EXPECT_EQ(store->text, "i32.store");
    EXPECT_EQ(store->effect, "memory");
    auto const branch = located(c, panel_with([](Module& m) {
        for (auto& f : m.funcs)
            for (std::size_t i = 1; i < f.body.instrs.size(); ++i)
                if (f.body.instrs[i].op == Opcode::BrIf)
                    f.body.instrs[i] = {.op = Opcode::Drop};
    }));
    ASSERT_TRUE(branch);
    EXPECT_EQ(branch->text, "br_if");
    EXPECT_EQ(branch->effect, "branch");
}

TEST(Locate, HasNothingToSayWhereNothingDiffers)
{
    EXPECT_FALSE(located(case_of(shifting, {plain("f")}), panel_with([](Module&) {})));
}

/// A trace that changed what a case does would send people to the wrong instruction.
TEST(Locate, TracesDoNotChangeWhatGeneratedCasesDo)
{
    auto const engines =
        make_panel(std::vector<std::string>{"reference", "fast"}, Isolation::ForeignOnly).value();
    std::size_t found = 0;
    for (std::uint64_t i = 0; i < 60; ++i) {
        auto const c =
            generators::generate(generators::Kind::Smith, 11, i, engines.members[0].info.features);
        auto traced =
            generators::trace(c, i % 2 == 0 ? generators::Mixing::Add : generators::Mixing::Xor);
        traced.stop_after(1U << 30);
        auto const as_it_was = examine(c, engines, Limits::for_campaign(), [](std::size_t) {});
        auto const with_trace =
            examine(traced.what, engines, Limits::for_campaign(), [](std::size_t) {});
        ASSERT_TRUE(with_trace.valid) << i;
        ASSERT_NE(with_trace.outcome, OutcomeKind::Diverge) << i;
        auto const& before = as_it_was.members[0].observation.calls;
        auto const& after = with_trace.members[0].observation.calls;
        ASSERT_EQ(before.size(), after.size());
        for (std::size_t call = 0; call < before.size(); ++call) {
            if (before[call].end == End::Exhausted || after[call].end == End::Exhausted)
                break; // frames are larger with a trace
            ASSERT_EQ(before[call].end, after[call].end) << i << ", call " << call;
            ASSERT_EQ(before[call].traps, after[call].traps) << i << ", call " << call;
            ASSERT_EQ(before[call].fuel, after[call].fuel) << i << ", call " << call;
            ++found;
        }
    }
    EXPECT_GT(found, 100U);
}

} // namespace
} // namespace touchstone::campaign
