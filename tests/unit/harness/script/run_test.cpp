#include "harness/script/run.hpp"

#include "tests/unit/harness/script/fake_session.hpp"

#include <gmock/gmock.h>

namespace touchstone::script {

using testing::HasSubstr;

class RunScript : public testing::Test
{
protected:
    std::vector<DirectiveResult> run(std::string_view text, RunOptions const& options = {})
    {
        auto const script = parse_script(text);
        if (!script) {
            ADD_FAILURE() << describe(script.error());
            return {};
        }
        return script::run(*script, session, info, options);
    }

    /// Of the last directive.
    DirectiveResult last(std::string_view text, RunOptions const& options = {})
    {
        auto const all = run(text, options);
        return all.empty() ? DirectiveResult{} : all.back();
    }

    FakeSession session;
    OracleInfo info{
        .name = "fake", .features = FakeSession::supported_features(), .has_text = true};
};

static constexpr auto module_f = R"((module (func (export "f"))) )";

TEST_F(RunScript, RightAnswerPasses)
{
    session.answers["f"] = returned({Value::from_i32(7)});
    auto const all = run(std::string{module_f} + R"((assert_return (invoke "f") (i32.const 7)))");
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].verdict, Verdict::Done);
    EXPECT_TRUE(all[0].made_instance);
    EXPECT_EQ(all[1].verdict, Verdict::Passed);
}

TEST_F(RunScript, WrongAnswerFailsWithLineAndBothValues)
{
    session.answers["f"] = returned({Value::from_i32(8)});
    auto const r =
        last(std::string{module_f} + "\n\n" + R"((assert_return (invoke "f") (i32.const 7)))");
    EXPECT_EQ(r.verdict, Verdict::Failed);
    EXPECT_EQ(r.line, 3U);
    EXPECT_EQ(r.directive, "assert_return");
    EXPECT_EQ(r.expected, "returned i32:7");
    EXPECT_EQ(r.got, "returned i32:8");
}

TEST_F(RunScript, WrongEndsFail)
{
    session.answers["returns"] = returned({});
    session.answers["traps"] = trapped(Trap::Unreachable);
    session.answers["throws"] = ended(End::Threw);
    session.answers["exhausts"] = ended(End::Exhausted);
    auto const verdict = [&](std::string const& assertion) {
        return last(module_f + assertion).verdict;
    };
    EXPECT_EQ(verdict(R"((assert_trap (invoke "traps") "unreachable"))"), Verdict::Passed);
    EXPECT_EQ(verdict(R"((assert_trap (invoke "traps") "integer overflow"))"), Verdict::Failed);
    EXPECT_EQ(verdict(R"((assert_trap (invoke "returns") "unreachable"))"), Verdict::Failed);
    EXPECT_EQ(verdict(R"((assert_trap (invoke "throws") "unreachable"))"), Verdict::Failed);
    EXPECT_EQ(verdict(R"((assert_return (invoke "traps")))"), Verdict::Failed);
    EXPECT_EQ(verdict(R"((assert_exception (invoke "throws")))"), Verdict::Passed);
    EXPECT_EQ(verdict(R"((assert_exception (invoke "traps")))"), Verdict::Failed);
    EXPECT_EQ(verdict(R"((assert_exhaustion (invoke "exhausts") "call stack exhausted"))"),
        Verdict::Passed);
    EXPECT_EQ(
        verdict(R"((assert_exhaustion (invoke "traps") "call stack exhausted"))"), Verdict::Failed);
    EXPECT_EQ(verdict(R"((assert_return (invoke "no such function")))"), Verdict::Failed);
    EXPECT_EQ(verdict(R"((invoke "traps"))"), Verdict::Failed);
    EXPECT_EQ(verdict(R"((invoke "returns"))"), Verdict::Done);
}

TEST_F(RunScript, PatternsOfResults)
{
    session.answers["nan"] = returned({{.kind = ValType::Kind::F32, .lo = 0x7FC0'0001}});
    auto const verdict = [&](std::string const& result) {
        return last(module_f + (R"((assert_return (invoke "nan") )" + result + ")")).verdict;
    };
    EXPECT_EQ(verdict("(f32.const nan:canonical)"), Verdict::Failed);
    EXPECT_EQ(verdict("(f32.const nan:arithmetic)"), Verdict::Passed);
    EXPECT_EQ(verdict("(f32.const nan:0x400001)"), Verdict::Passed);
    EXPECT_EQ(verdict("(f32.const nan)"), Verdict::Failed);
    EXPECT_EQ(verdict("(either (f32.const 1) (f32.const nan:arithmetic))"), Verdict::Passed);
    EXPECT_EQ(verdict("(either (f32.const 1) (f32.const 2))"), Verdict::Failed);
}

TEST_F(RunScript, WhatDependsOnAMissingFeatureIsUnsupported)
{
    session.answers["f"] = returned({});
    auto const all = run(R"(
        (module $big (memory i64 1) (func (export "f")))
        (assert_return (invoke "f"))
        (assert_return (invoke $big "f") (i32.const 1))
        (assert_trap (invoke $big "f") "unreachable")
        (register "big" $big)
        (module $importer (import "big" "f" (func)))
        (assert_return (invoke $importer "g"))
        (assert_unlinkable (module (import "big" "g" (func))) "unknown import")
        (module (func (export "f")))
        (assert_return (invoke "f"))
        (register "big")
        (module (import "big" "f" (func)))
        (module definition $d (memory i64 1))
        (module instance $i $d)
        (invoke $i "f"))");
    ASSERT_EQ(all.size(), 15U);
    for (auto const i : {0U, 1U, 2U, 3U, 4U, 5U, 6U, 7U, 12U, 13U, 14U}) {
        EXPECT_EQ(all[i].verdict, Verdict::Unsupported) << i;
        EXPECT_EQ(all[i].feature, "memory64") << i;
    }
    EXPECT_EQ(all[8].verdict, Verdict::Done);
    EXPECT_EQ(all[9].verdict, Verdict::Passed);
    EXPECT_EQ(all[11].verdict, Verdict::Done);
}

TEST_F(RunScript, AFailedModuleIsNotForgotten)
{
    session.answers["f"] = returned({});
    auto const all = run(R"(
        (module (func (export "f")))
        (module (import "nowhere" "f" (func)))
        (assert_return (invoke "f")))");
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[1].verdict, Verdict::Failed);
    EXPECT_THAT(all[1].got, HasSubstr("unknown import"));
    EXPECT_EQ(all[2].verdict, Verdict::Failed);
    EXPECT_TRUE(session.asked.empty());
}

TEST_F(RunScript, MalformedAndInvalidAreNotInterchangeable)
{
    auto const verdict = [&](std::string_view text) { return last(text).verdict; };
    EXPECT_EQ(verdict(R"((assert_malformed (module quote "(func") "unexpected token"))"),
        Verdict::Passed);
    EXPECT_EQ(verdict(R"~((assert_malformed (module quote "(func)") "unexpected token"))~"),
        Verdict::Failed);
    EXPECT_EQ(verdict(R"((assert_malformed (module binary "\00asm") "unexpected end"))"),
        Verdict::Passed);
    EXPECT_EQ(
        verdict(R"((assert_invalid (module binary "\00asm") "unexpected end"))"), Verdict::Failed);
    EXPECT_EQ(verdict(R"((assert_invalid (module (func (result i32))) "type mismatch"))"),
        Verdict::Passed);
    EXPECT_EQ(verdict(R"((assert_invalid (module (func)) "type mismatch"))"), Verdict::Failed);
    EXPECT_EQ(
        verdict(R"~((assert_malformed (module quote "(func (result i32))") "type mismatch"))~"),
        Verdict::Failed);
}

TEST_F(RunScript, MessagesCountWhenAsked)
{
    auto const text = R"((assert_invalid (module (func (result i32))) "unknown local"))";
    EXPECT_EQ(last(text).verdict, Verdict::Passed);
    EXPECT_EQ(last(text, {.strict_messages = true}).verdict, Verdict::Failed);
    EXPECT_EQ(last(R"((assert_invalid (module (func (result i32))) "type mismatch"))",
                  {.strict_messages = true})
                  .verdict,
        Verdict::Passed);
}

TEST_F(RunScript, Linking)
{
    EXPECT_EQ(
        last(R"((assert_unlinkable (module (import "a" "b" (func))) "unknown import"))").verdict,
        Verdict::Passed);
    EXPECT_EQ(
        last(R"((assert_unlinkable (module (func)) "unknown import"))").verdict, Verdict::Failed);
    EXPECT_EQ(
        last(R"((module $m (func)) (register "a" $m) (module (import "a" "b" (func))))").verdict,
        Verdict::Done);
    EXPECT_EQ(last(R"((module (import "spectest" "print" (func))))").verdict, Verdict::Done);
    EXPECT_EQ(last(R"((register "a" $nobody))").verdict, Verdict::Failed);
}

TEST_F(RunScript, TrapsOfModules)
{
    auto const text = R"((assert_trap (module (func unreachable) (start 0)) "unreachable"))";
    session.instantiation = trapped(Trap::Unreachable);
    EXPECT_EQ(last(text).verdict, Verdict::Passed);
    session.instantiation = ended(End::Threw);
    EXPECT_EQ(last(text).verdict, Verdict::Passed);
    session.instantiation = trapped(Trap::IntegerOverflow);
    EXPECT_EQ(last(text).verdict, Verdict::Failed);
    session.instantiation = ended(End::Returned);
    EXPECT_EQ(last(text).verdict, Verdict::Failed);
}

TEST_F(RunScript, NamesOfInstances)
{
    session.answers["f"] = returned({});
    // spectest is instance 0
    run(R"(
        (module $a (func (export "f")))
        (module definition $d (func (export "f")))
        (module instance $b $d)
        (module instance $c $d)
        (invoke $a "f") (invoke $b "f") (invoke $c "f") (invoke "f"))");
    EXPECT_THAT(session.asked, testing::ElementsAre(1, 2, 3, 3));
}

TEST_F(RunScript, CrashesAndLimitsOfEngines)
{
    session.answers["crashes"] = ended(End::Crashed);
    session.answers["refuses"] = ended(End::Refused);
    EXPECT_EQ(last(std::string{module_f} + R"((assert_return (invoke "crashes")))").verdict,
        Verdict::Crashed);
    EXPECT_EQ(last(std::string{module_f} + R"((assert_return (invoke "refuses")))").verdict,
        Verdict::NotApplicable);
    info.has_text = false;
    EXPECT_EQ(last(R"((assert_malformed (module quote "(func") "unexpected token"))").verdict,
        Verdict::NotApplicable);
}

TEST_F(RunScript, ThreadsAreUnsupported)
{
    auto const all = run(R"((thread $t (module (func))) (wait $t))");
    ASSERT_EQ(all.size(), 3U) << "those inside count, too";
    for (auto const& r : all) {
        EXPECT_EQ(r.verdict, Verdict::Unsupported);
        EXPECT_EQ(r.feature, "threads");
    }
}

} // namespace touchstone::script
