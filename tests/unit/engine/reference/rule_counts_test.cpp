// Which rules the reference says that it applied: exactly those of a small program.

#include "engine/reference/store.hpp"
#include "engine/text/parse.hpp"
#include "tests/unit/engine/reference/rule_counting.hpp"

#include <gtest/gtest.h>

#include <array>

namespace touchstone::tests {
namespace {

using reference::RuleName;

struct Row
{
    char const* name;
    char const* fields;  ///< of the module, which exports "f" without parameters
    char const* applied; ///< "rule" or "rule*count" by spaces, in the order of the table
};

class Rules : public testing::TestWithParam<Row>
{};

// What a step stands in and that a reduction has steps is not in these lists.
constexpr auto rows = std::to_array<Row>({
    {"unreachable", R"((func (export "f") unreachable))",
        "unreachable call_ref-func trap-label trap-frame"},
    {"nop", R"((func (export "f") nop (drop (i32.const 1))))",
        "nop drop label-vals call_ref-func frame-vals"},
    {"select_true",
        R"((func (export "f") (result i32) (select (i32.const 1) (i32.const 2) (i32.const 3))))",
        "select-true label-vals call_ref-func frame-vals"},
    {"select_false",
        R"((func (export "f") (result i32) (select (i32.const 1) (i32.const 2) (i32.const 0))))",
        "select-false label-vals call_ref-func frame-vals"},
    {"if_true", R"((func (export "f") (if (i32.const 1) (then nop) (else))))",
        "nop if-true label-vals*2 call_ref-func frame-vals"},
    {"if_false", R"((func (export "f") (if (i32.const 0) (then nop) (else))))",
        "if-false label-vals*2 call_ref-func frame-vals"},
    {"br_out_of_two", R"((func (export "f") (block (block (br 1)) nop)))",
        "block*2 label-vals br-label-zero br-label-succ call_ref-func frame-vals"},
    {"br_if", R"((func (export "f") (block (br_if 0 (i32.const 0)) (br_if 0 (i32.const 1)) nop)))",
        "block label-vals br-label-zero br_if-true br_if-false call_ref-func frame-vals"},
    {"loop_twice", R"((func (export "f") (local i32)
        (loop (br_if 0 (local.tee 0 (i32.eqz (local.get 0)))))))",
        "loop*2 label-vals*2 br-label-zero br_if-true br_if-false call_ref-func frame-vals "
        "local.get*2 local.tee*2 testop*2"},
    {"br_table_lt", R"((func (export "f") (block (block (br_table 1 0 (i32.const 0))) nop)))",
        "block*2 label-vals br-label-zero br-label-succ br_table-lt call_ref-func frame-vals"},
    {"br_table_ge", R"((func (export "f") (block (block (br_table 1 0 (i32.const 1))) nop)))",
        "nop block*2 label-vals*2 br-label-zero br_table-ge call_ref-func frame-vals"},
    {"return_through_labels", R"((func (export "f") (block (loop return))))",
        "block loop call_ref-func return-frame return-label*3"},
    {"call_indirect", R"((type $t (func)) (table funcref (elem $g)) (func $g)
        (func (export "f") (call_indirect (type $t) (i32.const 0))))",
        "label-vals*2 call_ref-func*2 call_indirect frame-vals*2 table.get-val table.init-zero "
        "table.init-succ elem.drop ref.func ref.cast-succeed Eval_expr*2"},
    {"call_indirect_oob", R"((type $t (func)) (table 1 funcref)
        (func (export "f") (call_indirect (type $t) (i32.const 1))))",
        "call_ref-func call_indirect trap-label trap-frame table.get-oob"},
    {"call_indirect_null", R"((type $t (func)) (table 1 funcref)
        (func (export "f") (block (call_indirect (type $t) (i32.const 0)) nop)))",
        "block call_ref-null call_ref-func call_indirect trap-instrs trap-label*2 trap-frame "
        "table.get-val"},
    {"return_call_indirect_null", R"((type $t (func)) (table 1 funcref)
        (func (export "f") (return_call_indirect (type $t) (i32.const 0))))",
        "call_ref-func return_call_ref-frame-null return_call_indirect trap-label trap-frame "
        "table.get-val"},
    {"return_call", R"((func $g) (func (export "f") (block (return_call $g))))",
        "block label-vals call_ref-func*2 return_call return_call_ref-label*2 "
        "return_call_ref-frame-addr frame-vals"},
    {"trap_through_frames", R"((func $g (block unreachable)) (func (export "f") (call $g) nop))",
        "unreachable block call call_ref-func*2 trap-instrs trap-label*3 trap-frame*2"},
    {"catch", R"((tag $e) (tag $d) (func (export "f")
        (block $b (try_table (catch $d $b) (catch $e $b) (throw $e) nop))))",
        "block label-vals call_ref-func frame-vals throw throw_ref-instrs throw_ref-label "
        "throw_ref-handler-catch throw_ref-handler-next try_table"},
    {"catch_all_ref_from_a_callee", R"((tag $e) (func $g (throw $e)) (func (export "f")
        (drop (block $b (result exnref) (try_table (catch_all_ref $b) (call $g)) unreachable))))",
        "drop block label-vals call call_ref-func*2 frame-vals throw throw_ref-label*2 "
        "throw_ref-frame "
        "throw_ref-handler-catch_all_ref try_table"},
    {"handlers_are_passed", R"((tag $e) (func (export "f")
        (block $b (try_table (catch $e $b) (block (br 2))))))",
        "block*2 label-vals br-label-zero br-label-succ*2 br-handler call_ref-func frame-vals "
        "try_table"},
    {"try_table_ends", R"((tag $e) (func (export "f") (block $b (try_table (catch $e $b) nop))))",
        "nop block label-vals*3 call_ref-func frame-vals try_table handler-vals"},
    {"return_through_a_handler", R"((tag $e) (func (export "f")
        (block $b (try_table (catch $e $b) return))))",
        "block call_ref-func return-frame return-label*3 return-handler try_table"},
    {"throw_nothing", R"((func (export "f") (throw_ref (ref.null exn))))",
        "call_ref-func throw_ref-null trap-label trap-frame ref.null"},
    {"division", R"((func (export "f") (drop (i32.div_u (i32.const 1) (i32.const 1)))
        (drop (i32.div_u (i32.const 1) (i32.const 0)))))",
        "drop call_ref-func trap-instrs trap-label trap-frame binop-val binop-trap"},
    {"truncation", R"((func (export "f") (drop (i32.trunc_f32_s (f32.const 1)))
        (drop (i32.trunc_f32_s (f32.const nan)))))",
        "drop call_ref-func trap-instrs trap-label trap-frame cvtop-val cvtop-trap"},
    {"numbers_of_each_kind", R"((func (export "f") (drop (f32.neg (f32.const 1)))
        (drop (f32.sqrt (f32.const 1))) (drop (f64.promote_f32 (f32.const 1)))
        (drop (i32.eq (i32.const 1) (i32.const 1)))))",
        "drop*4 label-vals call_ref-func frame-vals unop-val*2 relop cvtop-val"},
    {"whole_and_packed", R"((memory 1) (func (export "f") (i32.store (i32.const 0) (i32.const 1))
        (i32.store8 (i32.const 0) (i32.const 1)) (drop (i32.load (i32.const 0)))
        (drop (i64.load32_u (i32.const 0))) (drop (i64.load32_s (i32.const 65533)))))",
        "drop*2 call_ref-func trap-instrs trap-label trap-frame load-num-val load-pack-oob "
        "load-pack-val "
        "store-num-val store-pack-val"},
    {"lane_load_oob", R"((memory 1) (func (export "f")
        (drop (v128.load8_lane 0 (i32.const 65536) (v128.const i64x2 0 0)))))",
        "call_ref-func trap-instrs trap-label trap-frame vload_lane-oob"},
    {"lane_store_oob", R"((memory 1) (func (export "f")
        (v128.store8_lane 0 (i32.const 65536) (v128.const i64x2 0 0))))",
        "call_ref-func trap-label trap-frame vstore_lane-oob"},
    {"memory_fill", R"((memory 1) (func (export "f")
        (memory.fill (i32.const 0) (i32.const 1) (i32.const 5))))",
        "label-vals call_ref-func frame-vals memory.fill-zero memory.fill-succ*5"},
    {"memory_copy", R"((memory 1) (func (export "f")
        (memory.copy (i32.const 1) (i32.const 2) (i32.const 3))
        (memory.copy (i32.const 2) (i32.const 1) (i32.const 4))))",
        "label-vals call_ref-func frame-vals memory.copy-zero*2 memory.copy-le*3 memory.copy-gt*4"},
    {"references", R"((func (export "f")
        (drop (ref.eq (ref.null eq) (ref.null eq)))
        (drop (ref.eq (ref.i31 (i32.const 1)) (ref.i31 (i32.const 1))))
        (drop (ref.eq (ref.i31 (i32.const 1)) (ref.null eq)))
        (drop (ref.is_null (ref.null eq))) (drop (ref.is_null (ref.i31 (i32.const 1))))
        (drop (ref.test i31ref (ref.i31 (i32.const 1)))) (drop (ref.test (ref struct) (ref.null any)))))",
        "Ref_ok/null Ref_ok/i31 Ref_ok/sub*2 drop*7 label-vals call_ref-func frame-vals ref.null*5 "
        "ref.i31*5 ref.is_null-true ref.is_null-false ref.eq-null ref.eq-true ref.eq-false "
        "ref.test-true "
        "ref.test-false"},
    {"casting_branches", R"((func (export "f")
        (drop (block $b (result i31ref) (drop (br_on_cast $b anyref i31ref (ref.i31 (i32.const 1))))
            (ref.null i31)))
        (drop (block $b (result anyref) (br_on_cast_fail $b anyref i31ref (ref.i31 (i32.const 1)))))))",
        "Ref_ok/i31*2 Ref_ok/sub*2 drop*2 block*2 label-vals*2 br-label-zero br_on_cast-succeed "
        "br_on_cast_fail-succeed call_ref-func frame-vals ref.i31*2"},
    {"vectors",
        R"((func (export "f") (drop (i32x4.add (v128.const i64x2 0 0) (v128.const i64x2 0 0)))
        (drop (f32x4.demote_f64x2_zero (v128.const i64x2 0 0))) (drop (f32x4.sqrt (v128.const i64x2 0 0)))
        (drop (i8x16.swizzle (v128.const i64x2 0 0) (v128.const i64x2 0 0)))
        (drop (i16x8.extadd_pairwise_i8x16_s (v128.const i64x2 0 0)))))",
        "drop*5 label-vals call_ref-func frame-vals vunop-val vbinop-val vswizzlop vextunop "
        "vcvtop"},
    {"table_grow_fail", R"((table 0 0 funcref) (func (export "f")
        (drop (table.grow (ref.null func) (i32.const 1)))))",
        "drop label-vals call_ref-func frame-vals table.grow-fail ref.null"},
    {"memory_grow", R"((memory 0 1) (func (export "f")
        (drop (memory.grow (i32.const 1))) (drop (memory.grow (i32.const 1)))))",
        "drop*2 label-vals call_ref-func frame-vals memory.grow-succeed memory.grow-fail"},
});

TEST_P(Rules, AreCountedAsTheyAreApplied)
{
    reference::RuleCounts counts;
    run_counted(GetParam().fields, counts);
    EXPECT_EQ(applied_in(counts), GetParam().applied);
}

INSTANTIATE_TEST_SUITE_P(Program, Rules, testing::ValuesIn(rows),
    [](auto const& row) { return std::string{row.param.name}; });

/// Only what comes from outside is asked whether it is an exception.
TEST(RuleCounts, HaveTheTypeOfAnException)
{
    reference::RuleCounts counts;
    auto const store = reference::make_store(Limits::for_spec(), {.rules = &counts});
    auto const made = store->module_instantiate(
        valid_module(
            R"((tag $e) (func (export "f") (throw $e)) (func (export "g") (param exnref)))"),
        {});
    ASSERT_TRUE(made.instance);
    auto const f = store->instance_export(*made.instance, "f");
    auto const g = store->instance_export(*made.instance, "g");
    ASSERT_TRUE(f && g);
    auto const thrown = store->func_invoke(FuncAddr{f->address}, {});
    ASSERT_EQ(thrown.end, Outcome::End::Threw);
    EXPECT_EQ(counts[RuleName::RefOkExn], 0U);
    auto const o = store->func_invoke(FuncAddr{g->address}, std::array{thrown.exception});
    EXPECT_EQ(o.end, Outcome::End::Returned);
    EXPECT_EQ(counts[RuleName::RefOkExn], 1U);
    EXPECT_EQ(counts[RuleName::ValOkRef], 1U);
}

TEST(RuleCounts, OfAllStepsAreOfTheRelationsThatLiftThem)
{
    reference::RuleCounts counts;
    run_counted(R"((func (export "f") (local i32) nop (local.set 0 (local.get 0))))", counts);
    EXPECT_EQ(counts[RuleName::StepPure], 3U);   // nop, label-vals, frame-vals
    EXPECT_EQ(counts[RuleName::StepRead], 2U);   // call_ref-func, local.get
    EXPECT_EQ(counts[RuleName::StepsTrans], 6U); // and local.set
    EXPECT_EQ(counts[RuleName::StepsRefl], 1U);
    EXPECT_EQ(counts[RuleName::CtxtFrame], 4U);
    EXPECT_EQ(counts[RuleName::CtxtLabel], 4U);
    EXPECT_EQ(counts[RuleName::CtxtInstrs], 2U); // not the last one, nor its end
    EXPECT_EQ(counts[RuleName::CtxtHandler], 0U);
}

TEST(RuleCounts, SayWhatInstructionsRan)
{
    reference::RuleCounts counts;
    run_counted(R"((func (export "f") nop nop (drop (i32.const 1))))", counts);
    auto const count = [&](Opcode op) { return counts.instructions[static_cast<std::size_t>(op)]; };
    EXPECT_EQ(count(Opcode::Nop), 2U);
    EXPECT_EQ(count(Opcode::I32Const), 1U);
    EXPECT_EQ(count(Opcode::Unreachable), 0U);
}

TEST(RuleCounts, AreSettledWhenTheCallFromOutsideEnds)
{
    reference::RuleCounts counts;
    int settled = 0;
    auto const store = reference::make_store(
        Limits::for_spec(), {.rules = &counts, .settled = [&settled] { ++settled; }});
    call_f(*store, R"((func (export "f") nop))");
    EXPECT_EQ(settled, 2); // the instantiation, the call
}

} // namespace
} // namespace touchstone::tests
