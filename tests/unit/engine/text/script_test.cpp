// Test scripts: commands, arguments, expected results.
#include "engine/text/script.hpp"

#include <gmock/gmock.h>

using namespace touchstone;
using namespace touchstone::script;

static Script parsed(std::string_view text)
{
    auto s = parse_script(text);
    EXPECT_TRUE(s) << text << ": " << (s ? "" : s.error().message);
    return s ? std::move(*s) : Script{};
}

template <class T>
static T only(std::string_view text)
{
    auto s = parsed(text);
    EXPECT_EQ(s.commands.size(), 1U) << text;
    if (s.commands.size() != 1 || !std::holds_alternative<T>(s.commands[0].what)) {
        ADD_FAILURE() << "another command: " << text;
        return {};
    }
    return std::get<T>(s.commands[0].what);
}

TEST(Scripts, MayBeBareFields)
{
    auto const m = only<ModuleCommand>("(func) (memory 0) (func (export \"f\"))");
    EXPECT_EQ(m.module.module.funcs.size(), 2U);
    EXPECT_TRUE(parsed("").commands.empty());
}

TEST(Scripts, HaveModulesInThreeForms)
{
    auto const text = only<ModuleCommand>("(module $m (func $f))");
    EXPECT_EQ(text.module.id, "m");
    EXPECT_EQ(text.module.module.funcs.size(), 1U);
    EXPECT_FALSE(text.is_definition);
    auto const binary = only<ModuleCommand>("(module definition $m binary \"\\00as\" \"m\")");
    EXPECT_TRUE(binary.is_definition);
    EXPECT_EQ(binary.module.form, ScriptModule::Form::Binary);
    EXPECT_EQ(binary.module.source, (std::string{"\0asm", 4}));
    auto const quote = only<ModuleCommand>("(module quote \"(func\" \")\")");
    EXPECT_EQ(quote.module.form, ScriptModule::Form::Quote);
    EXPECT_EQ(quote.module.source, "(func)");
}

TEST(Scripts, HaveInstancesAndRegistrations)
{
    auto const both = only<InstanceCommand>("(module instance $i $m)");
    EXPECT_EQ(both.instance, "i");
    EXPECT_EQ(both.module, "m");
    auto const one = only<InstanceCommand>("(module instance $m)");
    EXPECT_EQ(one.instance, std::nullopt);
    EXPECT_EQ(one.module, "m");
    auto const r = only<RegisterCommand>("(register \"n\" $m)");
    EXPECT_EQ(r.name, "n");
    EXPECT_EQ(r.instance, "m");
}

TEST(Scripts, HaveActions)
{
    auto const call = only<Action>(
        "(invoke $i \"f\" (i32.const -1) (f32.const nan) (v128.const i64x2 1 2) (ref.null extern) "
        "(ref.extern 3) (ref.host 4))");
    EXPECT_EQ(call.instance, "i");
    EXPECT_EQ(call.name, "f");
    ASSERT_EQ(call.args.size(), 6U);
    EXPECT_EQ(call.args[0].lo, 0xFFFF'FFFFU);
    EXPECT_EQ(call.args[1].type, f32);
    EXPECT_EQ(call.args[2].kind, Const::Kind::Vec);
    EXPECT_EQ(call.args[2].hi, 2U);
    EXPECT_EQ(call.args[3].type, externref);
    EXPECT_EQ(call.args[4].kind, Const::Kind::RefExtern);
    EXPECT_EQ(call.args[5].lo, 4U);
    EXPECT_TRUE(only<Action>("(get \"g\")").is_get);
}

TEST(Scripts, HaveAssertions)
{
    auto const trap = only<AssertCommand>("(assert_trap (invoke \"f\") \"unreachable\")");
    EXPECT_EQ(trap.kind, AssertKind::Trap);
    EXPECT_EQ(trap.message, "unreachable");
    EXPECT_TRUE(std::holds_alternative<Action>(trap.subject));
    auto const start = only<AssertCommand>("(assert_trap (module (func)) \"x\")");
    EXPECT_TRUE(std::holds_alternative<ScriptModule>(start.subject));
    auto const link = only<AssertCommand>("(assert_unlinkable (module instance $m) \"x\")");
    EXPECT_EQ(std::get<InstanceCommand>(link.subject).module, "m");
    EXPECT_EQ(only<AssertCommand>("(assert_exception (invoke \"f\"))").kind, AssertKind::Exception);
    EXPECT_EQ(only<AssertCommand>("(assert_malformed_custom (module quote \"\") \"x\")").kind,
        AssertKind::MalformedCustom);
}

TEST(Scripts, HaveResultPatterns)
{
    auto const a = only<AssertCommand>(R"((assert_return (invoke "f")
        (i64.const 1) (f32.const nan:canonical) (v128.const f32x4 1 nan:arithmetic -0 nan:canonical)
        (ref.null) (ref.null any) (ref) (ref.extern) (ref.extern 2) (ref.func)
        (either (i32.const 1) (either (i32.const 2) (i32.const 3)))))");
    using Kind = Pattern::Kind;
    ASSERT_EQ(a.results.size(), 10U);
    EXPECT_EQ(a.results[0].type, i64);
    EXPECT_EQ(a.results[1].nan[0], NanPattern::Canonical);
    EXPECT_EQ(a.results[2].nan[1], NanPattern::Arithmetic);
    EXPECT_EQ(a.results[2].nan[3], NanPattern::Canonical);
    EXPECT_EQ(a.results[2].lo, 0x3F80'0000U);
    EXPECT_EQ(a.results[2].hi, 0x8000'0000U);
    EXPECT_EQ(a.results[2].lane_bits, 32U);
    EXPECT_EQ(a.results[3].kind, Kind::RefNull);
    EXPECT_FALSE(a.results[3].type.is_ref());
    EXPECT_EQ(a.results[4].type, anyref);
    EXPECT_EQ(a.results[5].kind, Kind::RefAny);
    EXPECT_EQ(a.results[6].kind, Kind::RefExtern);
    EXPECT_EQ(a.results[7].kind, Kind::RefExternNum);
    EXPECT_EQ(a.results[8].kind, Kind::RefFunc);
    ASSERT_EQ(a.results[9].either.size(), 2U);
    EXPECT_EQ(a.results[9].either[1].either[1].lo, 3U);
}

TEST(Scripts, HaveThreads)
{
    auto const s =
        parsed("(thread $t (shared (module $m)) (register \"m\" $m) (thread (wait $u))) (wait $t)");
    ASSERT_EQ(s.commands.size(), 2U);
    auto const& t = std::get<ThreadCommand>(s.commands[0].what);
    EXPECT_EQ(t.id, "t");
    EXPECT_THAT(t.shared, testing::ElementsAre("m"));
    ASSERT_EQ(t.commands.size(), 2U);
    EXPECT_EQ(std::get<ThreadCommand>(t.commands[1].what).commands.size(), 1U);
}

TEST(Scripts, KnowTheirLines)
{
    auto const s = parsed("(module)\r\n;; x\n(module)\n\n(module\n) (module)");
    ASSERT_EQ(s.commands.size(), 4U);
    EXPECT_EQ(s.commands[1].line, 3U);
    EXPECT_EQ(s.commands[2].line, 5U);
    EXPECT_EQ(s.commands[3].line, 6U);
}

TEST(Scripts, AreRefusedAsAWhole)
{
    auto const s = parse_script("(module)\n(assert_invalid (module (func $f) (func $f)) \"x\")");
    ASSERT_FALSE(s);
    EXPECT_EQ(s.error().line, 2U);
    EXPECT_THAT(s.error().message, testing::StartsWith("duplicate func"));
    for (auto const* const text :
        {"(assert_trap (module definition) \"x\")", "(assert_return)", "(foo)",
            "(invoke \"f\" (i32.const nan:canonical))", "(assert_return (invoke \"f\") (either))",
            "(assert_return (invoke \"f\") (i32.const nan:canonical))", "(module) )", "(thread"})
        EXPECT_FALSE(parse_script(text)) << text;
}
