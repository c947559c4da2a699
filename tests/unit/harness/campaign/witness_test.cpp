#include "harness/campaign/witness.hpp"

#include "tests/unit/harness/campaign/case_of.hpp"
#include "tests/unit/harness/campaign/panel_of.hpp"
#include "tests/unit/harness/campaign/wrong_engine.hpp"

#include <gtest/gtest.h>

namespace touchstone::campaign {
namespace {

std::optional<Witness> witnessed(Case const& c, Panel const& panel, Reason expected)
{
    auto const e = examined(c, panel);
    EXPECT_EQ(e.outcome, OutcomeKind::Diverge);
    EXPECT_EQ(e.reason, expected) << e.members[1].judgement.judgement.detail;
    return witness(subject_of(c, e, 1), panel, 1, e.members[1].judgement, Limits::for_campaign());
}

Call plain(std::string function)
{
    return {.module = 0, .function = std::move(function), .args = {}};
}

TEST(Witness, ShowsTheWordOfAMemoryThatDiffers)
{
    auto const c = case_of(R"((module (memory 2)
        (func (export "f") (i32.store align=1 (i32.const 0x10004) (i32.const 0x12345678)))
        (func (export "g"))))",
        {plain("f"), plain("g")});
    auto const panel = panel_with(replacing(Opcode::I32Store, Opcode::I32Store8));
    auto const w = witnessed(c, panel, Reason::Memory);
    ASSERT_TRUE(w);
    ASSERT_EQ(w->what.calls.size(), 2U) << "f, and one word";
    EXPECT_EQ(w->what.calls[1].function, "word");
    EXPECT_EQ(w->what.calls[1].args[0].lo, 0x1'0000U);
    EXPECT_EQ(w->reference.calls[1].values[0].lo, 0x1234'5678'0000'0000U);
    // what is left out of the comparison of stores shows in results
    auto const again = examined(w->what, panel);
    EXPECT_EQ(again.outcome, OutcomeKind::Diverge);
}

TEST(Witness, ShowsAGlobalAndATable)
{
    auto const c = case_of(R"((module
        (global $g (mut i32) (i32.const 1)) (global $h (mut i32) (i32.const 2))
        (func (export "f") (global.set $h (i32.const 9)))))",
        {plain("f")});
    auto const panel = panel_with([](Module& m) {
        for (auto& f : m.funcs)
            for (auto& i : f.body.instrs)
                if (i.op == Opcode::GlobalSet)
                    i.x = 0;
    });
    auto const globals = witnessed(c, panel, Reason::Global);
    ASSERT_TRUE(globals);
    EXPECT_EQ(globals->what.calls.size(), 3U) << "f, $g, $h";

    auto const t = case_of(R"((module (table 4 funcref) (elem declare func 0)
        (func (export "f") (table.set (i32.const 2) (ref.func 0)))))",
        {plain("f")});
    auto const dropping = panel_with([](Module& m) {
        for (auto& f : m.funcs)
            for (auto& i : f.body.instrs)
                if (i.op == Opcode::I32Const)
                    i.imm = 1;
    });
    auto const elements = witnessed(t, dropping, Reason::Table);
    ASSERT_TRUE(elements);
    EXPECT_EQ(elements->what.calls.size(), 3U) << "f, elements 1 and 2";
}

TEST(Witness, ShowsThatASegmentWasKept)
{
    auto const c = case_of(R"((module (memory 1) (data "") (data "ab")
        (func (export "f") (data.drop 1)) (func (export "g") (data.drop 0))))",
        {plain("f")});
    auto const panel = panel_with([](Module& m) { m.funcs[0].body.instrs[0].x = 0; });
    auto const w = witnessed(c, panel, Reason::Segment);
    ASSERT_TRUE(w);
    ASSERT_EQ(w->what.calls.size(), 2U) << "f, and the segment that is not empty";
    EXPECT_EQ(w->what.calls[1].function, "touchstone:data:1");
    EXPECT_EQ(w->reference.calls[1].end, End::Trapped);
}

TEST(Witness, ShowsWhatAFailedInstantiationLeaves)
{
    auto const c = case_of(R"((module (memory 1) (table 2 funcref) (func)
        (data (i32.const 8) "a") (data (i32.const 0xffff) "ab")))",
        {});
    auto const panel = panel_with([](Module& m) {
        for (auto& d : m.datas)
            d.bytes[0] = 'b';
    });
    auto const w = witnessed(c, panel, Reason::Memory);
    ASSERT_TRUE(w);
    EXPECT_EQ(w->what.modules[0].name, "touchstone:state");
    EXPECT_EQ(w->reference.instantiations[1].end, End::Trapped);
    ASSERT_EQ(w->what.calls.size(), 1U);
    EXPECT_EQ(w->reference.calls[0].values[0].lo, std::uint64_t{'a'});
    EXPECT_EQ(examined(w->what, panel).outcome, OutcomeKind::Diverge);
}

} // namespace
} // namespace touchstone::campaign
