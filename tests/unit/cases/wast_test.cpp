// A case as a script: what is printed reads back as the modules and assertions that were meant.
#include "cases/wast.hpp"

#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "engine/text/parse.hpp"
#include "engine/text/script.hpp"

#include <gmock/gmock.h>

#include <limits>

namespace touchstone {
namespace {

using testing::HasSubstr;
using End = Expected::End;

CaseModule module_from(std::string name, std::string_view text)
{
    auto const m = parse_module(text);
    EXPECT_TRUE(m.has_value()) << m.error().message;
    return {std::move(name), encode(m.value_or(Module{}))};
}

script::Script parsed(std::string const& text)
{
    auto s = parse_script(text);
    EXPECT_TRUE(s.has_value()) << s.error().message << " in\n" << text;
    return s.value_or(script::Script{});
}

Case example()
{
    Case c{.origin = "by hand\n(assert_trap)"};
    c.modules.push_back(module_from("env\"1\"", R"((func (export "f") (param i32) (result i32)
        local.get 0))"));
    c.modules.push_back(module_from("m", R"((import "env\"1\"" "f" (func (param i32) (result i32)))
        (type $t (func))
        (func (export "g") (param externref (ref null $t) anyref) (result i32) i32.const 1))"));
    c.calls = {{0, "f", {Value::from_i32(0xFFFF'FFFF)}},
        {1, "g", {Value::null_ref(), Value::null_ref(), Value::null_ref()}}};
    return c;
}

TEST(PrintConst, Numbers)
{
    EXPECT_EQ(print_const(Value::from_i32(7)), "(i32.const 7)");
    EXPECT_EQ(print_const(Value::from_i32(0xFFFF'FFFF)), "(i32.const -1)");
    EXPECT_EQ(print_const(Value::from_i64(1ULL << 63)), "(i64.const -9223372036854775808)");
    EXPECT_EQ(print_const(Value::from_f32(1.5F)), "(f32.const 1.5)");
    EXPECT_EQ(print_const(Value::from_f64(-0.0)), "(f64.const -0)");
    EXPECT_EQ(
        print_const(Value::from_f32(-std::numeric_limits<float>::infinity())), "(f32.const -inf)");
    EXPECT_EQ(print_const(Value{.kind = ValType::Kind::F32, .lo = 0x7FC0'0001}),
        "(f32.const nan:0x400001)");
    EXPECT_EQ(print_const(Value{.kind = ValType::Kind::F64, .lo = 0xFFF0'0000'0000'0001}),
        "(f64.const -nan:0x1)");
    EXPECT_EQ(print_const(Value{.kind = ValType::Kind::V128, .lo = 0x0000'0002'0000'0001, .hi = 3}),
        "(v128.const i32x4 0x00000001 0x00000002 0x00000003 0x00000000)");
}

TEST(PrintConst, References)
{
    EXPECT_EQ(print_const(Value::null_ref()), "(ref.null extern)");
    EXPECT_EQ(print_const(Value::host_extern(4)), "(ref.extern 4)");
    EXPECT_EQ(print_const(Value::reference(RefKind::Host, 4)), "(ref.host 4)");
    EXPECT_EQ(print_const(Value::reference(RefKind::Struct, 4)), "(ref.struct)");
    EXPECT_EQ(print_const(Value::reference(RefKind::Struct, 4, true)), "(ref.extern)");
}

/// Bits, by way of the script parser: printing loses nothing.
TEST(PrintConst, ReadsBackAsTheSameBits)
{
    std::vector<Value> values;
    for (std::uint64_t const bits : std::to_array<std::uint64_t>({0, 1, 0x7F7F'FFFF, 0x7F80'0001,
             0x8000'0001, 0x0080'0000, 0x3DCC'CCCD, 0x7FFF'FFFF, 0xFFC0'0000, 0x4B80'0000,
             0x0010'0000'0000'0000, 0x7FEF'FFFF'FFFF'FFFF, 0x3FB9'9999'9999'999A,
             0x7FF0'0000'0000'0001, 0xFFFF'FFFF'FFFF'FFFF, 0x4340'0000'0000'0001}))
        for (auto const kind : {ValType::Kind::I32, ValType::Kind::I64, ValType::Kind::F32,
                 ValType::Kind::F64, ValType::Kind::V128}) {
            auto const narrow = kind == ValType::Kind::I32 || kind == ValType::Kind::F32;
            values.push_back({.kind = kind, .lo = narrow ? bits & 0xFFFF'FFFF : bits});
        }
    std::string text;
    for (auto const& v : values)
        text += "(invoke \"f\" " + print_const(v) + ")\n";
    auto const s = parsed(text);
    ASSERT_EQ(s.commands.size(), values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto const& args = std::get<script::Action>(s.commands[i].what).args;
        ASSERT_EQ(args.size(), 1U);
        EXPECT_EQ(args[0].lo, values[i].lo) << print_const(values[i]);
        EXPECT_EQ(args[0].hi, values[i].hi) << print_const(values[i]);
    }
}

TEST(PrintWast, ModulesRegistersAndAssertions)
{
    auto const c = example();
    auto const text = print_wast(c, {{.end = End::Returned}, {.end = End::Returned}},
        {{.end = End::Returned, .values = {Value::from_i32(8)}},
            {.end = End::Trapped, .message = "unreachable"}});
    auto const s = parsed(text);
    ASSERT_EQ(s.commands.size(), 6U) << text;

    for (std::size_t i = 0; i < 2; ++i) {
        auto const& m = std::get<script::ModuleCommand>(s.commands[2 * i].what).module;
        EXPECT_EQ(m.form, script::ScriptModule::Form::Text) << text;
        EXPECT_EQ(m.id, "m" + std::to_string(i));
        EXPECT_EQ(encode(m.module), c.modules[i].bytes);
        auto const& r = std::get<script::RegisterCommand>(s.commands[2 * i + 1].what);
        EXPECT_EQ(r.name, c.modules[i].name);
        EXPECT_EQ(r.instance, m.id);
    }
    auto const& returns = std::get<script::AssertCommand>(s.commands[4].what);
    EXPECT_EQ(returns.kind, script::AssertKind::Return);
    EXPECT_EQ(std::get<script::Action>(returns.subject).instance, "m0");
    EXPECT_EQ(returns.results.at(0).lo, 8U);
    auto const& traps = std::get<script::AssertCommand>(s.commands[5].what);
    EXPECT_EQ(traps.kind, script::AssertKind::Trap);
    EXPECT_EQ(traps.message, "unreachable");
    EXPECT_THAT(text, HasSubstr("(ref.null extern) (ref.null nofunc) (ref.null any)"));
}

TEST(PrintWast, EachEnd)
{
    Case c = example();
    c.modules.push_back({"bad", {0, 'a', 's', 'm', 1, 0, 0, 0, 99}});
    auto const s = parsed(print_wast(c,
        {{.end = End::Invalid, .message = "a"}, {.end = End::Unlinkable, .message = "b\"\n"},
            {.end = End::Malformed, .message = "malformed section id"}},
        {}));
    ASSERT_EQ(s.commands.size(), 3U);
    auto const assert_at = [](script::Script const& from, std::size_t i) {
        return std::get<script::AssertCommand>(from.commands.at(i).what);
    };
    EXPECT_EQ(assert_at(s, 0).kind, script::AssertKind::Invalid);
    EXPECT_EQ(assert_at(s, 1).kind, script::AssertKind::Unlinkable);
    EXPECT_EQ(assert_at(s, 1).message, "b\"\n");
    EXPECT_EQ(assert_at(s, 2).kind, script::AssertKind::Malformed);
    auto const third = assert_at(s, 2);
    auto const& malformed = std::get<script::ScriptModule>(third.subject);
    EXPECT_EQ(malformed.form, script::ScriptModule::Form::Binary);
    EXPECT_EQ(malformed.source, std::string(c.modules[2].bytes.begin(), c.modules[2].bytes.end()));

    c = example();
    c.calls.resize(1);
    c.calls.resize(3, c.calls[0]);
    auto const calls = parsed(print_wast(c, {{.end = End::Returned}},
        {{.end = End::Threw}, {.end = End::Exhausted, .message = "call stack exhausted"},
            {.end = End::Nothing, .message = "out of fuel"}}));
    ASSERT_EQ(calls.commands.size(), 4U);
    EXPECT_EQ(assert_at(calls, 2).kind, script::AssertKind::Exception);
    EXPECT_EQ(assert_at(calls, 3).kind, script::AssertKind::Exhaustion);
}

TEST(PrintWast, WhatHasNoWordsBecomesAComment)
{
    auto const c = example();
    // a module that threw, and so has no instance; its call; and a call of a reference to a struct
    auto text = print_wast(c, {{.end = End::Returned}, {.end = End::Threw, .message = "x\ny"}},
        {{.end = End::Nothing}, {.end = End::Returned, .values = {Value::from_i32(1)}}});
    EXPECT_EQ(parsed(text).commands.size(), 2U) << text;
    EXPECT_THAT(text, HasSubstr(";; (invoke $m0 \"f\" (i32.const -1))"));
    EXPECT_THAT(text, HasSubstr(";; call 1 of \"g\" cannot be written"));

    auto odd = c;
    odd.calls = {{0, "f", {Value::reference(RefKind::Struct, 1)}}, {7, "f", {}}};
    text =
        print_wast(odd, {{.end = End::Returned}}, {{.end = End::Returned}, {.end = End::Returned}});
    EXPECT_EQ(parsed(text).commands.size(), 2U) << text;
}

TEST(PrintWast, WhatIsTextIsQuoted)
{
    std::string const text = "(module\n  (func \"))";
    Case const c{.origin = "", .modules = {{"m", {text.begin(), text.end()}, Format::Text}}};
    auto const s =
        parsed(print_wast(c, {{.end = End::Malformed, .message = "unclosed string literal"}}, {}));
    auto const& assertion = std::get<script::AssertCommand>(s.commands.at(0).what);
    EXPECT_EQ(assertion.kind, script::AssertKind::Malformed);
    auto const& m = std::get<script::ScriptModule>(assertion.subject);
    EXPECT_EQ(m.form, script::ScriptModule::Form::Quote);
    EXPECT_EQ(m.source, text);
}

TEST(PrintWast, WhatTextCannotSayStaysBinary)
{
    Case c{.modules = {{"m", {0, 'a', 's', 'm', 1, 0, 0, 0, 77}}}};
    auto const s = parsed(print_wast(c, {{.end = End::Returned}}, {}));
    auto const& m = std::get<script::ModuleCommand>(s.commands.at(0).what).module;
    EXPECT_EQ(m.form, script::ScriptModule::Form::Binary);
    EXPECT_EQ(m.id, "m0");
    EXPECT_EQ(m.source.size(), 9U);

    Case const empty{.modules = {{"m", {}}}};
    EXPECT_EQ(
        parsed(print_wast(empty, {{.end = End::Malformed, .message = "x"}}, {})).commands.size(),
        1U);
}

TEST(PrintWast, NamesThatAreNoIdentifiersAreLeftOut)
{
    auto const m = parse_module("(func (@name \"f\")) (func (@name \"f\"))").value();
    Case const c{.modules = {{"m", encode(m, {.names = true})}}};
    auto const text = print_wast(c, {{.end = End::Returned}}, {});
    EXPECT_THAT(text, HasSubstr("(module $m0\n"));
    EXPECT_THAT(text, testing::Not(HasSubstr("@name"))) << "not every runner knows annotations";
}

} // namespace
} // namespace touchstone
