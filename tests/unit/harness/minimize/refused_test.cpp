// Cases with modules that our own validator or decoder refuses.

#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "harness/minimize/minimize.hpp"
#include "oracles/prepared.hpp"
#include "tests/unit/harness/campaign/case_of.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace touchstone::minimize {
namespace {

Result minimized(Case const& c, Interesting const& interesting)
{
    auto const r = minimize(c, interesting, {.seconds = 30}, [](Case const&) {});
    EXPECT_TRUE(r.has_value()) << r.error();
    return r.value_or(Result{});
}

TEST(MinimizeRefused, AModuleThatIsInvalid)
{
    auto const c = case_of(R"((module (memory 1) (global i32 (i32.const 3)) (table 4 funcref)
            (func (export "a") (result i32) (i32.const 1) (i32.const 2) (i32.add) (f32.sqrt) (i32.const 3))
            (func (export "b") (nop) (drop (i32.const 4)) (block (br 0)))
            (data (i32.const 0) "abc")))",
        {{.module = 0, .function = "a", .args = {}}});
    auto const invalid_at_sqrt = [](Case const& candidate) {
        for (auto const& m : candidate.modules)
            if (auto const prepared = prepare(m.bytes);
                !prepared && prepared.error().kind == Error::Kind::Invalid &&
                prepared.error().message.find("[f32]") != std::string::npos)
                return Trial::Interesting;
        return Trial::Not;
    };
    auto const r = minimized(c, invalid_at_sqrt);
    EXPECT_TRUE(r.complete);
    EXPECT_TRUE(r.best.calls.empty());
    EXPECT_LE(instruction_count(r.best), 2U);
    EXPECT_LE(module_bytes(r.best), 30U);
}

TEST(MinimizeRefused, IndicesOfNothing)
{
    Module m;
    Func f{.type = 5};
    f.body.instrs = {{.op = Opcode::Call, .x = 77}, {.op = Opcode::GlobalGet, .x = 9},
        {.op = Opcode::MemoryInit, .x = 3, .y = 4}, {.op = Opcode::End}};
    m.funcs = {f, f};
    m.exports = {{.name = "e", .kind = ExternKind::Table, .index = 8}};
    m.start = 66;
    m.has_data_count = true;
    Case c{.origin = "test", .modules = {{.name = "m", .bytes = encode(m)}}, .calls = {}};
    auto const has_call = [](Case const& candidate) {
        for (auto const& module : candidate.modules)
            if (auto const decoded = decode(module.bytes))
                for (auto const& func : decoded->funcs)
                    for (auto const& i : func.body.instrs)
                        if (i.op == Opcode::Call)
                            return Trial::Interesting;
        return Trial::Not;
    };
    EXPECT_EQ(instruction_count(minimized(c, has_call).best), 1U);
}

TEST(MinimizeRefused, ATextIsCutAndStaysOne)
{
    std::string const text = "(module (func $f (result i32) (i32.const 7)) (func $g))";
    Case const c{.origin = "test",
        .modules = {{"m", {text.begin(), text.end()}, Format::Text}},
        .calls = {}};
    auto const says_const = [](Case const& candidate) {
        auto const& all = candidate.modules;
        return std::ranges::any_of(all,
                   [](CaseModule const& m) {
                       return m.format == Format::Text &&
                              m.text().find("const") != std::string_view::npos;
                   })
                   ? Trial::Interesting
                   : Trial::Not;
    };
    auto const best = minimized(c, says_const).best;
    ASSERT_EQ(best.modules.size(), 1U);
    EXPECT_EQ(best.modules[0].text(), "const");
}

TEST(MinimizeRefused, BytesThatAreNoModule)
{
    auto c = case_of("(module (func (export \"a\") nop nop nop) (memory 1))", {});
    c.modules[0].bytes.insert(c.modules[0].bytes.end(), {0x77, 0x00});
    ASSERT_FALSE(decode(c.modules[0].bytes).has_value());
    auto const has_0x77 = [](Case const& candidate) {
        auto const has = std::ranges::any_of(candidate.modules,
            [](CaseModule const& m) { return std::ranges::find(m.bytes, 0x77) != m.bytes.end(); });
        return has ? Trial::Interesting : Trial::Not;
    };
    EXPECT_EQ(minimized(c, has_0x77).best.modules[0].bytes, (std::vector<std::uint8_t>{0x77}));
}

} // namespace
} // namespace touchstone::minimize
