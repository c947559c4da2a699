// exec/modules.html: linking and instantiation

#include "tests/unit/engine/execution/every_engine.hpp"

namespace touchstone::tests {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

testing::Matcher<Outcome const&> Unlinkable(std::string const& message)
{
    return testing::AllOf(testing::Field("end", &Outcome::end, Outcome::End::Unlinkable),
        testing::Field("message", &Outcome::message, StartsWith(message)));
}

ExternVal extern_of(MemAddr a)
{
    return {ExternKind::Memory, static_cast<std::uint32_t>(a)};
}
ExternVal extern_of(TableAddr a)
{
    return {ExternKind::Table, static_cast<std::uint32_t>(a)};
}
ExternVal extern_of(GlobalAddr a)
{
    return {ExternKind::Global, static_cast<std::uint32_t>(a)};
}

/// Links a module with this one import.
Program linked(std::shared_ptr<Store> const& store, std::string const& import, ExternVal given)
{
    return Program{store, "(import \"m\" \"n\" " + import + ")", {&given, 1}};
}

class Linking : public testing::Test
{
protected:
    std::shared_ptr<Store> store = make_store(Limits::for_spec());

    void expect_links(std::string const& import, ExternVal given) const
    {
        auto const p = linked(store, import, given);
        EXPECT_THAT(p.instantiation(), Returns()) << import;
    }
    void expect_refuses(std::string const& import, ExternVal given) const
    {
        auto const p = linked(store, import, given);
        EXPECT_THAT(p.instantiation(), Unlinkable("incompatible import type")) << import;
        EXPECT_FALSE(p.has_instance());
    }
};

TEST_F(Linking, NeedsEveryImport)
{
    ExternVal const given[] = {extern_of(store->mem_alloc({{AddrType::I32, 1, {}}}))};
    Program const p{store, R"((import "a" "b" (memory 1)) (import "c" "d" (memory 1)))", given};
    EXPECT_THAT(p.instantiation(), Unlinkable("unknown import"));
    EXPECT_THAT(p.instantiation().message, HasSubstr("d")) << "says which";
    EXPECT_FALSE(p.has_instance());
}

TEST_F(Linking, FunctionsByStructure)
{
    auto const f = store->func_alloc(
        {{i32, i64}, {f32}}, [](Store&, std::span<Value const>) { return Outcome{}; });
    ExternVal const given{ExternKind::Func, static_cast<std::uint32_t>(f)};
    expect_links("(func (param i32 i64) (result f32))", given);
    expect_refuses("(func (param i32) (result f32))", given);
    expect_refuses("(func (param i64 i32) (result f32))", given);
    expect_refuses("(func (param i32 i64))", given);
    expect_refuses("(func (param i32 i64) (result f64))", given);
    expect_refuses("(memory 0)", given);
    expect_refuses("(table 0 funcref)", given);
    expect_refuses("(global i32)", given);
}

TEST_F(Linking, MemoriesByCurrentSizeAndMaximum)
{
    auto const m = store->mem_alloc({{AddrType::I32, 1, 4}});
    ASSERT_TRUE(store->mem_grow(m, 1));
    auto const given = extern_of(m);
    expect_links("(memory 0)", given);
    expect_links("(memory 2)", given);
    expect_refuses("(memory 3)", given);
    expect_links("(memory 2 4)", given);
    expect_links("(memory 1 5)", given);
    expect_refuses("(memory 1 3)", given);
    auto const unbounded = extern_of(store->mem_alloc({{AddrType::I32, 1, {}}}));
    expect_links("(memory 1)", unbounded);
    expect_refuses("(memory 1 65536)", unbounded);
}

TEST_F(Linking, TablesByElementCurrentSizeAndMaximum)
{
    auto const t = store->table_alloc({{AddrType::I32, 1, 4}, funcref}, Value::null_ref());
    ASSERT_TRUE(store->table_grow(t, 1, Value::null_ref()));
    auto const given = extern_of(t);
    expect_links("(table 2 funcref)", given);
    expect_links("(table 2 4 funcref)", given);
    expect_refuses("(table 3 funcref)", given);
    expect_refuses("(table 2 3 funcref)", given);
    expect_refuses("(table 2 externref)", given);
}

TEST_F(Linking, GlobalsByTypeAndMutability)
{
    auto const constant = extern_of(store->global_alloc({i32, false}, Value::from_i32(1)));
    auto const variable = extern_of(store->global_alloc({i32, true}, Value::from_i32(1)));
    auto const reference = extern_of(store->global_alloc({externref, false}, Value::null_ref()));
    expect_links("(global i32)", constant);
    expect_refuses("(global (mut i32))", constant);
    expect_refuses("(global i64)", constant);
    expect_links("(global (mut i32))", variable);
    expect_refuses("(global i32)", variable);
    expect_links("(global externref)", reference);
    expect_refuses("(global funcref)", reference);
}

TEST(Instantiation, WhatIsImportedIsShared)
{
    auto const store = make_store(Limits::for_spec());
    Program const a{store, R"((memory (export "m") 1) (table (export "t") 2 externref)
        (global (export "g") (mut i64) (i64.const 1)))"};
    ExternVal const imports[] = {a.exported("m"), a.exported("t"), a.exported("g")};
    Program const b{store, R"((import "a" "m" (memory 1)) (import "a" "t" (table 2 externref))
        (import "a" "g" (global $g (mut i64)))
        (func (export "f") (param externref)
            (drop (memory.grow (i32.const 1))) (i32.store (i32.const 65536) (i32.const 7))
            (table.set (i32.const 1) (local.get 0)) (global.set $g (i64.const 2)))
        (export "m" (memory 0)))",
        imports};
    EXPECT_EQ(b.exported("m"), a.exported("m"));
    EXPECT_THAT(b.call("f", Value::host_extern(9)), Returns());
    auto const bytes = store->mem_read(static_cast<MemAddr>(a.exported("m").address));
    ASSERT_EQ(bytes.size(), 2 * page_size);
    EXPECT_EQ(bytes[65'536], 7);
    EXPECT_EQ(store->table_read(static_cast<TableAddr>(a.exported("t").address), 1),
        Value::host_extern(9));
    auto const g = static_cast<GlobalAddr>(a.exported("g").address);
    EXPECT_EQ(store->global_read(g), Value::from_i64(2));
    store->global_write(g, Value::from_i64(5));
    EXPECT_EQ(store->global_read(g), Value::from_i64(5));
    EXPECT_EQ(store->global_type(g), (GlobalType{i64, true}));
}

TEST(Instantiation, EvaluatesConstantExpressions)
{
    auto const store = make_store(Limits::for_spec());
    ExternVal const imports[] = {
        extern_of(store->global_alloc({i32, false}, Value::from_i32(0x7FFF'FFFF)))};
    Program const p{store, R"((import "m" "g" (global $g i32))
        (global (export "a") i32 (i32.add (global.get $g) (i32.const 1)))
        (global (export "b") i64 (i64.mul (i64.sub (i64.const 3) (i64.const 5)) (i64.const 7)))
        (global (export "c") i32 (i32.mul (i32.const -1) (i32.sub (i32.const 2) (i32.const 9))))
        (global (export "d") f32 (f32.const nan:0x200001))
        (global (export "e") funcref (ref.func $f)) (func $f (export "f"))
        (global (export "n") externref (ref.null extern))
        (memory 1) (data (i32.add (i32.const 3) (i32.const 4)) "z")
        (func (export "load") (result i32) (i32.load8_u (i32.const 7))))",
        imports};
    auto const global = [&](std::string_view name) {
        return store->global_read(static_cast<GlobalAddr>(p.exported(name).address));
    };
    EXPECT_EQ(global("a"), Value::from_i32(0x8000'0000));
    EXPECT_EQ(global("b"), Value::from_i64(static_cast<std::uint64_t>(-14)));
    EXPECT_EQ(global("c"), Value::from_i32(7));
    EXPECT_EQ(global("d").lo, 0x7FA0'0001U);
    EXPECT_EQ(global("e"), Value::reference(RefKind::Func, p.exported("f").address));
    EXPECT_EQ(global("n"), Value::null_ref());
    EXPECT_THAT(p.call("load"), Returns('z'));
}

constexpr auto environment = R"((memory (export "m") 1) (table (export "t") 4 funcref)
    (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0))))";

TEST(Instantiation, EffectsBeforeATrapStay)
{
    auto const store = make_store(Limits::for_spec());
    Program const e{store, environment};
    ExternVal const imports[] = {e.exported("m"), e.exported("t")};
    Program const p{store, R"((import "e" "m" (memory 1)) (import "e" "t" (table 4 funcref))
        (func $f (export "f"))
        (elem (i32.const 1) func $f) (elem declare func $f) (elem func $f)
        (data (i32.const 3) "a") (data (i32.const 65535) "xy") (data (i32.const 4) "b"))",
        imports};
    EXPECT_THAT(p.instantiation(), Traps(Trap::OutOfBoundsMemoryAccess));
    ASSERT_TRUE(p.has_instance());
    EXPECT_THAT(e.call("load", 3), Returns('a'));
    EXPECT_THAT(e.call("load", 65'535), Returns(0)) << "a segment is written whole or not at all";
    EXPECT_THAT(e.call("load", 4), Returns(0));
    EXPECT_EQ(store->table_read(static_cast<TableAddr>(e.exported("t").address), 1),
        Value::reference(RefKind::Func, p.exported("f").address));
    auto const view = store->instance(p.instance());
    EXPECT_EQ(view.elems_dropped, (std::vector{true, true, false}));
    EXPECT_EQ(view.datas_dropped, (std::vector{true, false, false}));
}

TEST(Instantiation, ElementsComeBeforeData)
{
    auto const store = make_store(Limits::for_spec());
    Program const e{store, environment};
    ExternVal const imports[] = {e.exported("m"), e.exported("t")};
    Program const p{store, R"((import "e" "m" (memory 1)) (import "e" "t" (table 4 funcref))
        (func $f) (elem (i32.const 4) func $f) (data (i32.const 3) "a"))",
        imports};
    EXPECT_THAT(p.instantiation(), Traps(Trap::OutOfBoundsTableAccess));
    EXPECT_THAT(e.call("load", 3), Returns(0));
}

TEST(Instantiation, RunsTheStartFunctionLast)
{
    Program const p{R"((global $g (mut i32) (i32.const 1)) (memory 1) (data (i32.const 0) "\05")
        (func $start (global.set $g (i32.load8_u (i32.const 0)))) (start $start)
        (func (export "g") (result i32) (global.get $g)))"};
    EXPECT_THAT(p.instantiation(), Returns());
    EXPECT_EQ(p.instantiation().fuel_used, 2U);
    EXPECT_THAT(p.call("g"), Returns(5));
}

TEST(Instantiation, ATrapInTheStartFunctionLeavesTheInstance)
{
    Program const p{R"((global $g (mut i32) (i32.const 1))
        (func $start (global.set $g (i32.const 9)) (unreachable)) (start $start)
        (func (export "g") (result i32) (global.get $g)))"};
    EXPECT_THAT(p.instantiation(), Traps(Trap::Unreachable));
    ASSERT_TRUE(p.has_instance());
    EXPECT_THAT(p.call("g"), Returns(9));
}

TEST(Instantiation, AddressesAreDenseInEveryKind)
{
    auto const store = make_store(Limits::for_spec());
    auto const host =
        store->func_alloc({}, [](Store&, std::span<Value const>) { return Outcome{}; });
    ExternVal const imports[] = {{ExternKind::Func, static_cast<std::uint32_t>(host)}};
    Program const p{store, R"((import "h" "f" (func)) (func) (func (export "f"))
        (memory 1) (memory 1) (table 1 funcref) (global i32 (i32.const 0)))",
        imports};
    Program const q{store, R"((func) (memory 1) (table 1 funcref) (table 1 funcref))"};
    auto const a = store->instance(p.instance());
    auto const b = store->instance(q.instance());
    EXPECT_EQ(a.funcs, (std::vector{FuncAddr{0}, FuncAddr{1}, FuncAddr{2}}));
    EXPECT_EQ(b.funcs, (std::vector{FuncAddr{3}}));
    EXPECT_EQ(b.memories, (std::vector{MemAddr{2}}));
    EXPECT_EQ(b.tables, (std::vector{TableAddr{1}, TableAddr{2}}));
    EXPECT_FALSE(store->func_origin(host));
    auto const origin = store->func_origin(FuncAddr{2});
    ASSERT_TRUE(origin);
    EXPECT_EQ(origin->instance, p.instance());
    EXPECT_EQ(origin->index, 2U);
}

TEST(Instantiation, SaysWhichFeatureIsMissing)
{
    auto const store = make_store(Limits::for_spec());
    struct Sample
    {
        Feature feature;
        std::string_view text;
    };
    for (auto const& [feature, text] : {
             Sample{Feature::Simd, "(func (param v128))"},
             Sample{Feature::Exceptions, "(tag)"},
             Sample{Feature::Memory64, "(memory i64 1)"},
             Sample{Feature::Gc, "(type (struct))"},
         }) {
        if (store->features().has(feature))
            continue;
        Program const p{store, text};
        EXPECT_EQ(p.instantiation().end, Outcome::End::Unsupported) << name(feature);
        EXPECT_EQ(p.instantiation().feature, feature);
        EXPECT_FALSE(p.has_instance());
    }
}

TEST(Instantiation, AnExportThatIsNotThere)
{
    Program const p{R"((func (export "f")))"};
    EXPECT_TRUE(p.store()->instance_export(p.instance(), "f"));
    EXPECT_FALSE(p.store()->instance_export(p.instance(), "F"));
    EXPECT_FALSE(p.store()->instance_export(p.instance(), ""));
}

} // namespace
} // namespace touchstone::tests
