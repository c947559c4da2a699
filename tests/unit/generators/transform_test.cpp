#include "generators/transform.hpp"

#include "engine/binary/decode.hpp"
#include "engine/validation/validate.hpp"
#include "generators/builder.hpp"
#include "generators/generate.hpp"

#include <gmock/gmock.h>

namespace touchstone::generators {
namespace {

/// (func (param f32) (result f32) local.get 0, local.get 0, op)
Module module_with(Opcode op)
{
    Module m;
    Code c;
    c.op(Opcode::LocalGet, 0);
    c.op(Opcode::LocalGet, 0);
    c.op(op);
    c.end();
    m.funcs.push_back({.type = type_index(m, {{f32}, {f32}}), .body = c.take()});
    m.exports.push_back({.name = "f", .kind = ExternKind::Func, .index = 0});
    return m;
}

std::size_t instructions(Module const& m)
{
    return m.funcs.at(0).body.instrs.size();
}

TEST(CanonicaliseNans, FollowsWhatComputesANan)
{
    auto const m = canonicalise_nans(module_with(Opcode::F32Div));
    ASSERT_EQ(instructions(m), 4U + 6U);
    auto const& body = m.funcs[0].body.instrs;
    EXPECT_EQ(body[3].op, Opcode::LocalTee);
    EXPECT_EQ(body[3].x, 1U);
    EXPECT_EQ(body[4].imm, 0x7FC0'0000U);
    EXPECT_EQ(m.funcs[0].locals, (std::vector<Locals>{{1, f32}}));
    EXPECT_TRUE(validate(m));
}

TEST(CanonicaliseNans, LeavesMovedBitsAlone)
{
    EXPECT_EQ(
        canonicalise_nans(module_with(Opcode::F32Copysign)), module_with(Opcode::F32Copysign));
}

TEST(CanonicaliseNans, FollowsWhatComputesNansInLanes)
{
    auto m = module_with(Opcode::F64x2Mul);
    m.funcs[0].type = type_index(m, {{v128}, {v128}});
    auto const out = canonicalise_nans(m);
    ASSERT_EQ(instructions(out), 4U + 6U);
    EXPECT_EQ(out.funcs[0].body.instrs[7].op, Opcode::F64x2Eq);
    EXPECT_EQ(out.funcs[0].body.instrs[8].op, Opcode::V128Bitselect);
    EXPECT_EQ(out.funcs[0].body.vectors.at(0).bytes[15], 0x7F);
    EXPECT_EQ(out.funcs[0].body.vectors.at(0).bytes[8], 0);
    EXPECT_EQ(out.funcs[0].locals, (std::vector<Locals>{{1, v128}}));
    EXPECT_TRUE(validate(out));

    for (auto const moves : {Opcode::F64x2Pmin, Opcode::F32x4Eq, Opcode::I32x4Add}) {
        m.funcs[0].body.instrs[2].op = moves;
        EXPECT_EQ(canonicalise_nans(m), m) << info(moves).text;
    }
}

TEST(CanonicaliseNans, AddsOneLocalATypeBehindTheOthers)
{
    auto m = module_with(Opcode::F32Add);
    m.funcs[0].locals = {{3, i64}, {2, f64}};
    auto& body = m.funcs[0].body.instrs;
    body.insert(body.end() - 1,
        {{.op = Opcode::F64PromoteF32}, {.op = Opcode::F64Sqrt}, {.op = Opcode::F32DemoteF64}});
    auto const out = canonicalise_nans(m);
    EXPECT_EQ(instructions(out), 7U + 4U * 6U);
    EXPECT_EQ(out.funcs[0].locals, (std::vector<Locals>{{3, i64}, {2, f64}, {1, f32}, {1, f64}}));
    EXPECT_EQ(out.funcs[0].body.instrs[3].x, 6U);
    EXPECT_EQ(out.funcs[0].body.instrs[10].x, 7U);
    EXPECT_TRUE(validate(out));
}

TEST(CanonicaliseNans, LeavesConstantExpressionsAlone)
{
    auto m = module_with(Opcode::F32Mul);
    m.globals.push_back(
        {.type = {f32, false}, .init = constant_expr(ValType::Kind::F32, 0x7FA0'0000)});
    EXPECT_EQ(canonicalise_nans(m).globals, m.globals);
}

TEST(ExportEverything, NamesWhatHasNoExport)
{
    auto m = module_with(Opcode::F32Add);
    m.funcs.push_back(m.funcs[0]);
    m.memories.push_back({.type = {{.min = 1}}});
    m.exports.push_back({.name = "touchstone:func:1", .kind = ExternKind::Memory, .index = 0});
    m.globals.push_back({.type = {i32, true}, .init = constant_expr(ValType::Kind::I32, 0)});
    m.tables.push_back({.type = {{.min = 1}, funcref}});
    auto const out = export_everything(m);
    ASSERT_EQ(out.exports.size(), 5U);
    EXPECT_EQ(out.exports[2].name, "touchstone:func:1'"); // the plain name was taken
    EXPECT_EQ(out.exports[3].name, "touchstone:table:0");
    EXPECT_EQ(out.exports[4].name, "touchstone:global:0");
    EXPECT_TRUE(validate(out));
    EXPECT_EQ(export_everything(out), out);
}

TEST(Transforms, KeepGeneratedModulesValid)
{
    for (std::uint64_t i = 0; i < 500; ++i)
        for (auto const& m : generate(Kind::Mixed, 21, i, wasm3).modules) {
            auto const module = decode(m.bytes).value();
            auto const out = validate(export_everything(canonicalise_nans(module)));
            EXPECT_TRUE(out) << i << describe(out.error());
        }
}

} // namespace
} // namespace touchstone::generators
