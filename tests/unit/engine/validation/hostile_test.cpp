#include "tests/unit/engine/validation/from_text.hpp"

#include <chrono>

namespace touchstone {
namespace {

Instr instr(Opcode op, Index x = 0, Index y = 0)
{
    Instr i;
    i.op = op;
    i.x = x;
    i.y = y;
    return i;
}

Module with_body(std::vector<Instr> instrs)
{
    auto m = parsed("(func)");
    instrs.push_back(instr(Opcode::End));
    m.funcs[0].body.instrs = std::move(instrs);
    return m;
}

TEST(Hostile, AMillionNestedBlocks)
{
    constexpr std::size_t depth = 1'000'000;
    std::vector<Instr> body(depth, instr(Opcode::Block));
    body.insert(body.end(), depth, instr(Opcode::End));
    EXPECT_TRUE(validate(with_body(body)));
    body.pop_back();
    EXPECT_FALSE(validate(with_body(body)));
}

TEST(Hostile, FourBillionLocals)
{
    auto m = parsed("(func local.get 4294967294 drop)");
    m.funcs[0].locals = {{4'294'967'295, i32}};
    EXPECT_TRUE(validate(m));
    m.funcs[0].locals = {{4'294'967'294, i32}};
    EXPECT_FALSE(validate(m));
}

// A chain of subtypes is walked in logarithmic steps, and casts along it stay cheap.
TEST(Hostile, ADeepChainOfSubtypes)
{
    constexpr Index depth = 100'000;
    Module m;
    for (Index i = 0; i < depth; ++i) {
        SubType t;
        t.is_final = false;
        t.comp.kind = CompType::Kind::Struct;
        if (i != 0)
            t.supers = {i - 1};
        m.types.push_back(std::move(t));
        m.rec_groups.push_back({i, 1});
    }
    SubType func;
    func.comp.func.params = {ValType::ref(true, HeapType::type(depth - 1))};
    m.types.push_back(func);
    m.rec_groups.push_back({depth, 1});
    Func f;
    f.type = depth;
    for (Index i = 0; i < depth; ++i) {
        auto cast = instr(Opcode::RefCastNull);
        cast.set_heap_type(HeapType::type(i));
        f.body.instrs.insert(
            f.body.instrs.end(), {instr(Opcode::LocalGet), cast, instr(Opcode::Drop)});
    }
    f.body.instrs.push_back(instr(Opcode::LocalGet));
    f.body.instrs.push_back(instr(Opcode::StructSet, 0, 0));
    f.body.instrs.push_back(instr(Opcode::End));
    m.funcs.push_back(f);
    EXPECT_FALSE(validate(m)); // for the field that is not there
    m.funcs[0].body.instrs[m.funcs[0].body.instrs.size() - 2] = instr(Opcode::LocalSet, 0);
    EXPECT_TRUE(validate(m));
}

// Types that would be exponentially large if they were unrolled.
TEST(Hostile, TypesThatDouble)
{
    std::string text = "(type $t0 (struct))";
    for (int i = 1; i < 300; ++i) {
        auto const prev = "(field (ref $t" + std::to_string(i - 1) + "))";
        text += "(type $t" + std::to_string(i) + " (struct " + prev + prev + "))";
    }
    EXPECT_THAT(text, IsValid());
}

TEST(Hostile, OneGroupThatRefersToItselfEverywhere)
{
    constexpr Index count = 2'000;
    Module m;
    for (Index i = 0; i < count; ++i) {
        SubType t;
        t.comp.kind = CompType::Kind::Struct;
        for (Index k = 0; k < 50; ++k)
            t.comp.fields.push_back(
                {{StorageType::Pack::No, ValType::ref(true, HeapType::type((i * 7 + k) % count))},
                    false});
        m.types.push_back(std::move(t));
    }
    m.rec_groups = {{0, count}};
    EXPECT_TRUE(validate(m));
    m.types[5].comp.fields[0].storage.unpacked = ValType::ref(true, HeapType::type(count));
    EXPECT_FALSE(validate(m));
}

// Results come cheap: two bytes push as many as a type has. No engine could run what is beyond.
TEST(Hostile, MoreOperandsThanMemory)
{
    auto m = parsed("(func)");
    SubType wide;
    wide.comp.func.results.assign(100'000, i64);
    m.types.push_back(wide);
    m.rec_groups.push_back({1, 1});
    Import i;
    i.type.func = 1;
    m.imports.push_back(i);
    m.funcs[0].body.instrs.assign(1'000, instr(Opcode::Call, 0));
    m.funcs[0].body.instrs.push_back(instr(Opcode::End));
    auto const v = validate(m);
    ASSERT_FALSE(v);
    EXPECT_EQ(v.error().kind, Error::Kind::Unsupported);
}

// A label that stands in a table many times is checked once.
TEST(Hostile, ALongTableOfWideLabels)
{
    auto m = parsed("(func)");
    m.types[0].comp.func.results.assign(20'000, i64);
    auto& body = m.funcs[0].body;
    body.labels.assign(200'000, 0);
    body.instrs.clear();
    for (int k = 0; k < 20'000; ++k)
        body.instrs.push_back(instr(Opcode::I64Const));
    body.instrs.push_back(instr(Opcode::I32Const));
    body.instrs.push_back(instr(Opcode::BrTable, 0, 200'000));
    body.instrs.push_back(instr(Opcode::End));
    EXPECT_TRUE(validate(m));
}

TEST(Hostile, AnArrayOfFourBillionThatAreNotThere)
{
    auto m = parsed("(type $a (array i32)) (func unreachable array.new_fixed $a 0 drop)");
    m.funcs[0].body.instrs[1].y = 0xFFFF'FFFF;
    EXPECT_TRUE(validate(m));
    m.funcs[0].body.instrs[0].op = Opcode::Nop;
    EXPECT_FALSE(validate(m));
}

} // namespace
} // namespace touchstone
