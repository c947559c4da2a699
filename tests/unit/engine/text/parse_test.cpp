// text/modules.html: fields, abbreviations, index spaces, names.
#include "engine/text/parse.hpp"

#include <gmock/gmock.h>

using namespace touchstone;
using testing::ElementsAre;
using testing::Pair;

static Module parsed(std::string_view text)
{
    auto m = parse_module(text);
    EXPECT_TRUE(m) << text << ": " << (m ? "" : m.error().message);
    return m ? *m : Module{};
}

TEST(Modules, AreTheSameBareAndInParentheses)
{
    EXPECT_EQ(parsed(""), Module{});
    EXPECT_EQ(parsed("(func) (memory 1)"), parsed("(module (func) (memory 1))"));
    EXPECT_EQ(parsed("(module $m)").names.module, "m");
}

TEST(Types, AreCompleteAndGrouped)
{
    auto const m = parsed(R"(
        (type $f (func (param $x i32) (param i64 f32) (result f64) (result v128)))
        (rec (type $a (sub (array (mut i8)))) (type $s (sub final $a (struct (field $x (ref $s)) (field i32 (mut i16))))))
        (rec))");
    ASSERT_EQ(m.types.size(), 3U);
    EXPECT_THAT(m.rec_groups, ElementsAre(RecGroup{0, 1}, RecGroup{1, 2}, RecGroup{3, 0}));
    EXPECT_THAT(m.types[0].comp.func.params, ElementsAre(i32, i64, f32));
    EXPECT_THAT(m.types[0].comp.func.results, ElementsAre(f64, v128));
    EXPECT_TRUE(m.types[0].is_final);
    EXPECT_FALSE(m.types[1].is_final);
    EXPECT_EQ(m.types[1].comp.fields[0].storage.pack, StorageType::Pack::I8);
    EXPECT_THAT(m.types[2].supers, ElementsAre(1));
    ASSERT_EQ(m.types[2].comp.fields.size(), 3U);
    EXPECT_EQ(m.types[2].comp.fields[0].storage.unpacked, ValType::ref(false, HeapType::type(2)));
    EXPECT_THAT(m.names.types, ElementsAre(Pair(0, "f"), Pair(1, "a"), Pair(2, "s")));
    EXPECT_THAT(m.names.fields.at(2), ElementsAre(Pair(0, "x")));
}

TEST(Types, OfReferencesHaveAbbreviations)
{
    auto const m = parsed(R"((type (func (param
        anyref eqref i31ref structref arrayref nullref funcref nullfuncref externref nullexternref exnref nullexnref
        (ref null any) (ref eq) (ref null 7)))))");
    auto const& params = m.types[0].comp.func.params;
    ASSERT_EQ(params.size(), 15U);
    EXPECT_EQ(params[0], params[12]);
    EXPECT_EQ(params[6], funcref);
    EXPECT_EQ(params[11], ValType::ref(true, AbsHeapType::NoExn));
    EXPECT_EQ(params[14], ValType::ref(true, HeapType::type(7)));
}

TEST(TypeUses, FindOrMakeTypesInOrderOfAppearance)
{
    auto const m = parsed(R"(
        (func (param i32))
        (func (param i64) call_indirect (param f32) (block (result i32 i32) unreachable) drop)
        (type (sub (func)))
        (type (func (param i32)))
        (func)
        (func (type 0) (param)))");
    ASSERT_EQ(m.types.size(), 6U);
    EXPECT_EQ(m.funcs[0].type, 1U); // the second type, which is final
    EXPECT_EQ(m.funcs[1].type, 2U);
    EXPECT_THAT(m.types[3].comp.func.params, ElementsAre(f32));
    EXPECT_THAT(m.types[4].comp.func.results, ElementsAre(i32, i32));
    EXPECT_EQ(m.funcs[2].type, 5U); // (sub (func)) is not final
    EXPECT_EQ(m.funcs[3].type, 0U);
}

TEST(Imports, InlineAndNot)
{
    auto const m = parsed(R"(
        (import "m" "f" (func $f (param i32)))
        (func $g (export "g1") (export "g2") (import "m" "g") (type 0))
        (table $t (import "m" "t") i64 1 2 funcref)
        (memory (import "m" "m") 1)
        (global (import "m" "x") (mut i32))
        (tag $e (import "m" "e") (param i32))
        (func $h))");
    ASSERT_EQ(m.imports.size(), 6U);
    EXPECT_EQ(m.imports[1].type.func, 0U);
    EXPECT_EQ(m.imports[2].type.table.limits, (SizeLimits{AddrType::I64, 1, 2}));
    EXPECT_TRUE(m.imports[4].type.global.is_mutable);
    EXPECT_EQ(m.imports[5].type.kind, ExternKind::Tag);
    EXPECT_EQ(m.exports[1].name, "g2");
    EXPECT_EQ(m.exports[1].index, 1U);
    EXPECT_THAT(m.names.funcs, ElementsAre(Pair(0, "f"), Pair(1, "g"), Pair(2, "h")));
}

TEST(Tables, WithInlineElements)
{
    auto const m = parsed(R"(
        (elem $before func)
        (table $t i64 funcref (elem $f $f))
        (table funcref (elem (ref.null func) (item ref.func $f)))
        (elem $after declare func $f)
        (func $f (table.init 0 $after (i32.const 0) (i32.const 0) (i32.const 0)))
        (table 1 (ref func) (ref.func 0)))");
    EXPECT_EQ(m.tables[0].type.limits, (SizeLimits{AddrType::I64, 2, 2}));
    ASSERT_EQ(m.elems.size(), 4U);
    EXPECT_EQ(m.elems[1].offset.instrs[0].op, Opcode::I64Const);
    EXPECT_EQ(m.elems[1].type, funcref);
    EXPECT_EQ(m.elems[2].table, 1U);
    EXPECT_EQ(m.elems[3].mode, Elem::Mode::Declarative);
    EXPECT_THAT(m.names.elems, ElementsAre(Pair(0, "before"), Pair(3, "after")));
    EXPECT_FALSE(m.tables[0].init);
    ASSERT_TRUE(m.tables[2].init);
    EXPECT_EQ(m.tables[2].init->instrs.size(), 2U);
}

TEST(Elements, InAllForms)
{
    auto const m = parsed(R"((func $f) (table 9 funcref) (table $t 9 funcref)
        (elem (i32.const 1) 0 $f)
        (elem (offset i32.const 1) func 0)
        (elem (table $t) (i32.const 1) externref)
        (elem funcref (ref.func 0) (item (ref.null func)))
        (elem (ref func) (ref.func 0))
        (elem (i32.const 1)))");
    auto const func = ValType::ref(false, AbsHeapType::Func);
    EXPECT_EQ(m.elems[0].type, func);
    EXPECT_EQ(m.elems[0].init.size(), 2U);
    EXPECT_EQ(m.elems[1].mode, Elem::Mode::Active);
    EXPECT_EQ(m.elems[2].table, 1U);
    EXPECT_EQ(m.elems[2].type, externref);
    EXPECT_EQ(m.elems[3].mode, Elem::Mode::Passive);
    EXPECT_EQ(m.elems[4].type, func);
    EXPECT_TRUE(m.elems[5].init.empty());
}

TEST(Memories, WithInlineData)
{
    auto const m = parsed(R"((memory i64 (data "a" "\00b")) (memory $m 1 2)
        (data "x") (data $d (memory $m) (offset i32.const 3) "y") (data (i32.const 4)))");
    EXPECT_EQ(m.memories[0].type.limits, (SizeLimits{AddrType::I64, 1, 1}));
    EXPECT_THAT(m.datas[0].bytes, ElementsAre('a', 0, 'b'));
    EXPECT_EQ(m.datas[1].mode, Data::Mode::Passive);
    EXPECT_EQ(m.datas[2].memory, 1U);
    EXPECT_EQ(m.datas[3].mode, Data::Mode::Active);
    EXPECT_FALSE(m.has_data_count);
}

TEST(Locals, AreGroupedByTypeUpToAnEmptyDeclaration)
{
    auto const groups = [](std::string_view text) { return parsed(text).funcs[0].locals; };
    EXPECT_THAT(groups("(func (local i32 i32 i64) (local i64) (local $x i64))"),
        ElementsAre(Locals{2, i32}, Locals{3, i64}));
    EXPECT_THAT(groups("(func (local i32) (local) (local i32 i32))"),
        ElementsAre(Locals{1, i32}, Locals{2, i32}));
}

TEST(Names, AreKept)
{
    auto const m = parsed(R"((func $"a b" (param $x i32) (param i32) (local $"y\21" i64)
        (block (block $in (loop $in (br $in)))) (local.get $x) (local.set $y!)))");
    EXPECT_THAT(m.names.funcs, ElementsAre(Pair(0, "a b")));
    EXPECT_THAT(m.names.locals.at(0), ElementsAre(Pair(0, "x"), Pair(2, "y!")));
    EXPECT_THAT(m.names.labels.at(0), ElementsAre(Pair(1, "in"), Pair(2, "in")));
    EXPECT_EQ(parsed("(func (call $\"f\")) (func $f)").funcs[0].body.instrs[0].x, 1U);
}

TEST(Names, OfLocalsCountTheParametersOfATypeUse)
{
    auto const m =
        parsed("(type (func (param i32 i32))) (func (type 0) (local $x i32) local.get $x)");
    EXPECT_EQ(m.funcs[0].body.instrs[0].x, 2U);
}

TEST(Places, AreOffsetsInTheText)
{
    auto const m = parsed("(func nop (drop (i32.const 1)))");
    auto const& instrs = m.funcs[0].body.instrs;
    ASSERT_EQ(instrs.size(), 4U);
    EXPECT_EQ(instrs[0].where.offset, 6U);
    EXPECT_EQ(instrs[1].where.offset, 16U);
    EXPECT_EQ(instrs[2].where.offset, 10U);
    EXPECT_EQ(m.funcs[0].where.offset, 0U);
}
