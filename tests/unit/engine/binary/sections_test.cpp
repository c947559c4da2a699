// Every form of every section: what it decodes to, and that encoding finds the same again.
#include "engine/binary/decode.hpp"
#include "engine/binary/encode.hpp"
#include "tests/unit/engine/binary/bytes.hpp"

#include <gmock/gmock.h>

namespace touchstone {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

/// Decodes, checks decode(encode(m)) == m, and gives m.
Module decoded(Bytes const& bytes)
{
    auto const m = decode(bytes);
    if (!m) {
        ADD_FAILURE() << m.error().message << " at " << m.error().offset;
        return {};
    }
    auto const again = decode(encode(*m));
    EXPECT_TRUE(again.has_value());
    EXPECT_EQ(again, m);
    return *m;
}

/// As above, and the bytes are already the shortest.
Module canonical(Bytes const& bytes)
{
    EXPECT_THAT(encode(decoded(bytes)), testing::ElementsAreArray(bytes));
    return decoded(bytes);
}

TEST(Sections, EmptyModule)
{
    EXPECT_EQ(canonical(wasm({})), Module{});
}

TEST(Sections, Types)
{
    auto const m = canonical(wasm(section(
        1, {5,                                                                                  //
               0x60, 2, 0x7F, 0x7B, 1, 0x63, 0x00,                                              //
               0x4E, 2, 0x50, 0, 0x5F, 2, 0x78, 0, 0x64, 0x02, 1, 0x4F, 1, 0x01, 0x5E, 0x77, 1, //
               0x4E, 0,                                                                         //
               0x50, 2, 0x00, 0x81, 0x01, 0x60, 0, 0,                                           //
               0x5F, 0})));
    ASSERT_THAT(m.types, SizeIs(5));
    EXPECT_THAT(m.rec_groups, ElementsAre(RecGroup{0, 1}, RecGroup{1, 2}, RecGroup{3, 0},
                                  RecGroup{3, 1}, RecGroup{4, 1}));
    EXPECT_THAT(m.types[0].comp.func.params, ElementsAre(i32, v128));
    EXPECT_THAT(m.types[0].comp.func.results, ElementsAre(ValType::ref(true, HeapType::type(0))));
    EXPECT_TRUE(m.types[0].is_final);
    EXPECT_FALSE(m.types[1].is_final);
    EXPECT_THAT(m.types[1].comp.fields,
        ElementsAre(FieldType{{StorageType::Pack::I8}, false},
            FieldType{{.unpacked = ValType::ref(false, HeapType::type(2))}, true}));
    EXPECT_TRUE(m.types[2].is_final);
    EXPECT_THAT(m.types[2].supers, ElementsAre(1));
    EXPECT_EQ(m.types[2].comp.kind, CompType::Kind::Array);
    EXPECT_THAT(m.types[2].comp.fields, ElementsAre(FieldType{{StorageType::Pack::I16}, true}));
    EXPECT_THAT(m.types[3].supers, ElementsAre(0, 129));
    EXPECT_EQ(m.types[4].comp.kind, CompType::Kind::Struct);
}

TEST(Sections, EveryValueType)
{
    Bytes params;
    ResultType expected{i32, i64, f32, f64, v128};
    for (std::uint8_t code = 0x7F; code >= 0x7B; --code)
        params.push_back(code);
    auto const abstract =
        std::to_array<std::pair<std::uint8_t, AbsHeapType>>({{0x69, AbsHeapType::Exn},
            {0x6A, AbsHeapType::Array}, {0x6B, AbsHeapType::Struct}, {0x6C, AbsHeapType::I31},
            {0x6D, AbsHeapType::Eq}, {0x6E, AbsHeapType::Any}, {0x6F, AbsHeapType::Extern},
            {0x70, AbsHeapType::Func}, {0x71, AbsHeapType::None}, {0x72, AbsHeapType::NoExtern},
            {0x73, AbsHeapType::NoFunc}, {0x74, AbsHeapType::NoExn}});
    for (auto const& [code, heap] : abstract) {
        params = params + Bytes{code} + Bytes{0x64, code};
        expected.push_back(ValType::ref(true, heap));
        expected.push_back(ValType::ref(false, heap));
    }
    auto const count = static_cast<std::uint8_t>(expected.size());
    auto const m = canonical(wasm(section(1, Bytes{1, 0x60, count} + params + Bytes{0})));
    EXPECT_EQ(m.types.at(0).comp.func.params, expected);

    auto const long_form = decoded(wasm(section(1, {1, 0x60, 1, 0x63, 0x70, 0})));
    EXPECT_THAT(long_form.types.at(0).comp.func.params, ElementsAre(funcref));
}

TEST(Sections, LongTypeIndices)
{
    auto const m = canonical(
        wasm(section(1, {1, 0x60, 2, 0x63, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x64, 0xC0, 0x00, 0})));
    EXPECT_THAT(
        m.types.at(0).comp.func.params, ElementsAre(ValType::ref(true, HeapType::type(0x7FFF'FFFF)),
                                            ValType::ref(false, HeapType::type(64))));
}

TEST(Sections, Imports)
{
    auto const m =
        canonical(wasm(section(2, {5,                                                       //
                                      1, 'm', 1, 'f', 0, 0x81, 0x01,                        //
                                      0, 0, 1, 0x6F, 1, 1, 2,                               //
                                      0, 0, 2, 5, 0x80, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0x1F, //
                                      0, 0, 3, 0x7C, 1,                                     //
                                      0, 0, 4, 0, 3})));
    ASSERT_THAT(m.imports, SizeIs(5));
    EXPECT_EQ(m.imports[0].module, "m");
    EXPECT_EQ(m.imports[0].name, "f");
    EXPECT_EQ(m.imports[0].type.func, 129U);
    EXPECT_EQ(m.imports[1].type.table, (TableType{{AddrType::I32, 1, 2}, externref}));
    EXPECT_EQ(m.imports[2].type.memory, (MemoryType{{AddrType::I64, 128, 0x1'FFFF'FFFF}}));
    EXPECT_EQ(m.imports[3].type.global, (GlobalType{f64, true}));
    EXPECT_EQ(m.imports[4].type.kind, ExternKind::Tag);
    EXPECT_EQ(m.imports[4].type.tag.type, 3U);
}

TEST(Sections, DefinitionsInOrder)
{
    auto const m =
        canonical(wasm(one_function +                                                          //
                       section(4, {2, 0x70, 4, 7, 0x40, 0, 0x64, 0x70, 0, 1, 0xD2, 0, 0x0B}) + //
                       section(5, {2, 0, 1, 4, 2}) +                                           //
                       section(13, {1, 0, 0}) +                                                //
                       section(6, {1, 0x7F, 0, 0x41, 0x2A, 0x0B}) +                            //
                       section(7, {2, 1, 'f', 0, 0, 1, 't', 4, 0}) +                           //
                       section(8, {0}) +                                                       //
                       section(10, {1, 6, 2, 2, 0x7F, 0, 0x7E, 0x0B})));
    ASSERT_THAT(m.tables, SizeIs(2));
    EXPECT_EQ(m.tables[0].init, std::nullopt);
    EXPECT_EQ(m.tables[0].type.limits, (SizeLimits{AddrType::I64, 7, std::nullopt}));
    ASSERT_TRUE(m.tables[1].init.has_value());
    EXPECT_EQ(m.tables[1].init->instrs.at(0).op, Opcode::RefFunc);
    EXPECT_THAT(m.memories, SizeIs(2));
    EXPECT_THAT(m.tags, SizeIs(1));
    EXPECT_EQ(m.globals.at(0).init.instrs.at(0).imm, 42U);
    EXPECT_EQ(m.exports.at(1).kind, ExternKind::Tag);
    EXPECT_EQ(m.start, 0U);
    EXPECT_THAT(m.funcs.at(0).locals, ElementsAre(Locals{2, i32}, Locals{0, i64}));
}

TEST(Sections, ElementSegmentsOfEachForm)
{
    auto const m = canonical(wasm(section(9, {8,                                        //
                                                 0, 0x41, 0, 0x0B, 2, 5, 6,             //
                                                 1, 0, 1, 7,                            //
                                                 2, 3, 0x41, 0, 0x0B, 0, 0,             //
                                                 3, 0, 1, 8,                            //
                                                 4, 0x41, 0, 0x0B, 1, 0xD0, 0x70, 0x0B, //
                                                 5, 0x6F, 1, 0xD0, 0x6F, 0x0B,          //
                                                 6, 4, 0x41, 0, 0x0B, 0x70, 0,          //
                                                 7, 0x64, 0x70, 1, 0xD2, 0, 0x01, 0x0B})));
    ASSERT_THAT(m.elems, SizeIs(8));
    auto const func = ValType::ref(false, AbsHeapType::Func);
    using enum Elem::Mode;
    std::vector<std::tuple<Elem::Mode, Index, ValType, std::size_t>> seen;
    for (auto const& e : m.elems)
        seen.emplace_back(e.mode, e.table, e.type, e.init.size());
    EXPECT_THAT(seen, ElementsAre(std::tuple{Active, 0, func, 2}, std::tuple{Passive, 0, func, 1},
                          std::tuple{Active, 3, func, 0}, std::tuple{Declarative, 0, func, 1},
                          std::tuple{Active, 0, funcref, 1}, std::tuple{Passive, 0, externref, 1},
                          std::tuple{Active, 4, funcref, 0}, std::tuple{Declarative, 0, func, 1}));
    EXPECT_EQ(m.elems[0].init[1].instrs.at(0), (Instr{.op = Opcode::RefFunc, .x = 6}));

    // Expressions that are indices anyway become indices, and stay what they were.
    auto const long_form = decoded(wasm(section(9, {1, 5, 0x64, 0x70, 1, 0xD2, 9, 0x0B})));
    EXPECT_THAT(encode(long_form), testing::ElementsAreArray(wasm(section(9, {1, 1, 0, 1, 9}))));
}

TEST(Sections, DataSegmentsOfEachForm)
{
    auto const m =
        canonical(wasm(section(12, {3}) + section(11, {3,                                //
                                                          0, 0x41, 0, 0x0B, 2, 'a', 'b', //
                                                          1, 1, 'c',                     //
                                                          2, 1, 0x42, 0, 0x0B, 0})));
    ASSERT_THAT(m.datas, SizeIs(3));
    EXPECT_EQ(m.datas[0].bytes, text("ab"));
    EXPECT_EQ(m.datas[1].mode, Data::Mode::Passive);
    EXPECT_EQ(m.datas[2].memory, 1U);
    EXPECT_TRUE(m.has_data_count);

    EXPECT_FALSE(canonical(wasm(section(11, {1, 1, 0}))).has_data_count);
    EXPECT_TRUE(canonical(wasm(section(12, {0}))).has_data_count);
}

TEST(Sections, CustomsStayWhereTheyStood)
{
    auto const custom = [](char name) {
        return section(0, Bytes{1, static_cast<std::uint8_t>(name), 1, 2, 3});
    };
    auto const m = canonical(wasm(custom('a') + custom('b') + one_type + custom('c') +
                                  section(5, {0}) + custom('d') + section(12, {0}) + custom('e') +
                                  section(10, {0}) + custom('f') + section(11, {0}) + custom('g')));
    std::vector<std::pair<std::string, int>> seen;
    for (auto const& c : m.customs) {
        EXPECT_THAT(c.bytes, ElementsAre(1, 2, 3));
        seen.emplace_back(c.name, c.after);
    }
    EXPECT_THAT(
        seen, ElementsAre(std::pair{"a", 0}, std::pair{"b", 0}, std::pair{"c", 1},
                  std::pair{"d", 5}, std::pair{"e", 12}, std::pair{"f", 10}, std::pair{"g", 11}));
}

TEST(Sections, OverlongSizesAreRead)
{
    auto const m = decoded(wasm({1, 0x87, 0x80, 0x00, 0x81, 0x00, 0x60, 0x80, 0x00, 0x80, 0x00}));
    EXPECT_THAT(encode(m), testing::ElementsAreArray(wasm(one_type)));
}

} // namespace
} // namespace touchstone
