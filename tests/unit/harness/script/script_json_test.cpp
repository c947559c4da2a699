#include "harness/script/script_json.hpp"

#include "harness/script/match.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace touchstone::script {

namespace {

using testing::HasSubstr;

/// Files by name: "a.wasm" is there, everything else is not.
std::expected<std::string, std::string> read(std::string const& name)
{
    if (name == "a.wasm" || name == "a.wat")
        return "bytes of " + name;
    return std::unexpected{std::string{"No such file or directory"}};
}

std::expected<Script, std::string> parse(std::string const& commands)
{
    return parse_script_json(
        R"({"source_filename": "a.wast", "commands": [)" + commands + "]}", read);
}

AssertCommand assertion(std::string const& value)
{
    auto const script = parse(
        R"({"type": "assert_return", "line": 3, "action": {"type": "invoke", "field": "f", "args": []},
            "expected": [)" +
        value + "]}");
    EXPECT_TRUE(script.has_value()) << value << ": " << script.error();
    return script ? std::get<AssertCommand>(script->commands.at(0).what) : AssertCommand{};
}

std::string shown(std::string const& value)
{
    auto const a = assertion(value);
    return a.results.size() == 1 ? show(a.results[0]) : fmt::format("{}", a.results.size());
}

} // namespace

TEST(ScriptJson, Modules)
{
    auto const s = parse(R"({"type": "module", "line": 1, "name": "$m", "filename": "a.wasm"},
        {"type": "module_definition", "line": 2, "filename": "a.wat", "module_type": "text"},
        {"type": "module_instance", "line": 3, "instance": "$i", "module": "$m"},
        {"type": "register", "line": 4, "name": "$i", "as": "lib"},
        {"type": "assert_uninstantiable", "line": 5, "filename": "a.wasm", "text": "unreachable"})");
    ASSERT_TRUE(s) << s.error();
    ASSERT_EQ(s->commands.size(), 5U);
    auto const& module = std::get<ModuleCommand>(s->commands[0].what);
    EXPECT_EQ(module.module.form, ScriptModule::Form::Binary);
    EXPECT_EQ(module.module.source, "bytes of a.wasm");
    EXPECT_EQ(module.module.id, "m");
    auto const& definition = std::get<ModuleCommand>(s->commands[1].what);
    EXPECT_TRUE(definition.is_definition);
    EXPECT_EQ(definition.module.form, ScriptModule::Form::Quote);
    EXPECT_EQ(std::get<InstanceCommand>(s->commands[2].what).instance, "i");
    EXPECT_EQ(std::get<RegisterCommand>(s->commands[3].what).name, "lib");
    auto const& trap = std::get<AssertCommand>(s->commands[4].what);
    EXPECT_EQ(trap.kind, AssertKind::Trap);
    EXPECT_TRUE(std::holds_alternative<ScriptModule>(trap.subject));
    EXPECT_EQ(s->commands[4].line, 5U);
}

TEST(ScriptJson, Numbers)
{
    EXPECT_EQ(shown(R"({"type": "i32", "value": "4294967295"})"), "i32:-1");
    EXPECT_EQ(shown(R"({"type": "i32", "value": "-1"})"), "i32:-1");
    EXPECT_EQ(shown(R"({"type": "i64", "value": "18446744073709551615"})"), "i64:-1");
    auto const one = assertion(R"({"type": "f32", "value": "1065353216"})");
    EXPECT_TRUE(matches(one.results, std::vector{Value::from_f32(1.0F)}));
    EXPECT_FALSE(matches(one.results, std::vector{Value::from_f32(2.0F)}));
    EXPECT_EQ(assertion(R"({"type": "f64", "value": "nan:canonical"})").results[0].nan[0],
        NanPattern::Canonical);
}

TEST(ScriptJson, Vectors)
{
    auto const a = assertion(R"({"type": "v128", "lane_type": "i16",
        "value": ["1", "2", "3", "4", "65535", "-2", "7", "8"]})");
    EXPECT_EQ(a.results[0].lo, 0x0004'0003'0002'0001U);
    EXPECT_EQ(a.results[0].hi, 0x0008'0007'FFFE'FFFFU);
    auto const f = assertion(
        R"({"type": "v128", "lane_type": "f64", "value": ["nan:arithmetic", "4607182418800017408"]})");
    EXPECT_EQ(f.results[0].nan[0], NanPattern::Arithmetic);
    EXPECT_EQ(f.results[0].hi, 0x3FF0'0000'0000'0000U);
}

TEST(ScriptJson, References)
{
    EXPECT_EQ(shown(R"({"type": "externref", "value": "null"})"), "ref.null");
    EXPECT_EQ(assertion(R"({"type": "externref", "value": "3"})").results[0].kind,
        Pattern::Kind::RefExternNum);
    EXPECT_EQ(assertion(R"({"type": "i31ref"})").results[0].kind, Pattern::Kind::RefI31);
    EXPECT_EQ(assertion(R"({"type": "funcref"})").results[0].kind, Pattern::Kind::RefFunc);
    auto const either = assertion(
        R"({"type": "either", "values": [{"type": "i32", "value": "1"}, {"type": "i32", "value": "2"}]})");
    EXPECT_TRUE(matches(either.results, std::vector{Value::from_i32(2)}));
    EXPECT_FALSE(matches(either.results, std::vector{Value::from_i32(3)}));
}

TEST(ScriptJson, EitherAsWast2jsonHasIt)
{
    auto const s =
        parse(R"({"type": "assert_return", "line": 1, "action": {"type": "get", "field": "g"},
        "either": [{"type": "i32", "value": "1"}, {"type": "i32", "value": "2"}]})");
    ASSERT_TRUE(s) << s.error();
    auto const& a = std::get<AssertCommand>(s->commands.at(0).what);
    EXPECT_TRUE(matches(a.results, std::vector{Value::from_i32(2)}));
    EXPECT_FALSE(matches(a.results, std::vector{Value::from_i32(3)}));
}

// wast2json 1.0.32 writes the results of an assertion that has no values without commas
TEST(ScriptJson, CommasThatAreMissing)
{
    auto const s = parse(R"({"type": "assert_trap", "line": 1, "action": {"type": "invoke",
        "field": "} {", "args": []}, "text": "unreachable", "expected": [{"type": "i32"}{"type": "i64"}]})");
    ASSERT_TRUE(s) << s.error();
    auto const& a = std::get<AssertCommand>(s->commands.at(0).what);
    EXPECT_EQ(std::get<Action>(a.subject).name, "} {");
    EXPECT_EQ(a.message, "unreachable");
}

TEST(ScriptJson, SaysWhichCommandIsWrong)
{
    auto const why = [](std::string const& commands) {
        auto const s = parse(commands);
        return s ? std::string{"fine"} : s.error();
    };
    EXPECT_THAT(why(R"({"type": "module", "line": 7, "filename": "b.wasm"})"),
        HasSubstr("command 1 (line 7): b.wasm: No such file"));
    EXPECT_THAT(why(R"({"type": "assert_nothing", "line": 1})"),
        HasSubstr("there is no command `assert_nothing`"));
    EXPECT_THAT(why(R"({"line": 1})"), HasSubstr("`type` is missing"));
    EXPECT_THAT(why(R"("text")"), HasSubstr("`type` is missing"));
    EXPECT_THAT(why(R"({"type": "action", "action": {"type": "get", "field": 7}})"),
        HasSubstr("`field` is no string"));
    EXPECT_THAT(parse_script_json("[]", read).error(), HasSubstr("no list of `commands`"));
    EXPECT_THAT(parse_script_json("{", read).error(), HasSubstr("no list of `commands`"));
}

TEST(ScriptJson, SaysWhichValueIsWrong)
{
    auto const why = [](std::string const& value) {
        auto const s = parse(
            R"({"type": "action", "line": 2, "action": {"type": "invoke", "field": "f", "args": [)" +
            value + "]}}");
        return s ? std::string{"fine"} : s.error();
    };
    EXPECT_EQ(why(R"({"type": "i32", "value": "7"})"), "fine");
    EXPECT_THAT(
        why(R"({"type": "i32", "value": "4294967296"})"), HasSubstr("no number of 32 bits"));
    EXPECT_THAT(why(R"({"type": "i32", "value": 7})"), HasSubstr("no number of 32 bits"));
    EXPECT_THAT(why(R"({"type": "i8", "value": "7"})"), HasSubstr("unknown type `i8`"));
    EXPECT_THAT(why(R"({"type": "f32", "value": "nan:canonical"})"), HasSubstr("no single value"));
    EXPECT_THAT(
        why(R"({"type": "v128", "lane_type": "i64", "value": ["1"]})"), HasSubstr("not 128 bits"));
}

} // namespace touchstone::script
