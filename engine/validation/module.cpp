// Modules: valid/modules.html

#include "engine/validation/code.hpp"
#include "engine/validation/features.hpp"
#include "engine/validation/type_names.hpp"
#include "engine/validation/validate.hpp"

#include <fmt/format.h>

#include <string_view>
#include <unordered_set>

namespace touchstone {

/// Validates one module and fills in the `ValidModule`.
class ModuleValidator
{
public:
    explicit ModuleValidator(Module module, std::vector<FuncTrace>* traces = nullptr)
        : valid_{new ValidModule}, c_{valid_->module_}, code_{c_}, traces_{traces}
    {
        valid_->module_ = std::move(module);
    }

    std::shared_ptr<ValidModule const> run();

private:
    template <class Item>
    void placed(Where where, std::string_view rule, Item item);

    void import_ok(Import const& i);
    void table_ok(Table const& t);
    void global_ok(Global const& g);
    void data_ok(Data const& d);
    void elem_ok(Elem const& e);
    void exports_ok();
    void externidx_ok(Export const& e) const;
    void start_ok(Index x) const;
    void find_refs();
    void add_refs(Expr const& e);

    std::shared_ptr<ValidModule> valid_;
    Context c_;
    CodeValidator code_;
    std::vector<FuncTrace>* traces_;
};

/// Runs `item` and gives what it refuses a place and, if it says none, a rule.
template <class Item>
void ModuleValidator::placed(Where where, std::string_view rule, Item item)
{
    try {
        item();
    } catch (Violation const& v) {
        Error e;
        e.kind = v.kind;
        e.message = v.message;
        e.rule = v.rule.empty() ? rule : v.rule;
        e.offset = where.offset;
        throw Refused{std::move(e)};
    }
}

/// Module_ok — valid/modules.html#valid-module
///   |- MODULE type* import* tag* global* mem* table* func* data* elem* start? export* : ...
///   -- Types_ok: {} |- type* : dt'*
///   -- (Import_ok: {TYPES dt'*} |- import : xt_I)*
///   -- (Tag_ok: C' |- tag : jt)*
///   -- Globals_ok: C' |- global* : gt*
///   -- (Mem_ok: C' |- mem : mt)*
///   -- (Table_ok: C' |- table : tt)*
///   -- (Func_ok: C |- func : dt)*
///   -- (Data_ok: C |- data : ok)*
///   -- (Elem_ok: C |- elem : rt)*
///   -- (Start_ok: C |- start : OK)?
///   -- (Export_ok: C |- export : nm xt_E)*
///   -- if $disjoint_(name, nm*)
/// Globals_ok/empty, Globals_ok/cons: a global sees the imported ones and those before it, a table
///   the imported ones only.
/// Tag_ok, Mem_ok — valid/modules.html#valid-tag
std::shared_ptr<ValidModule const> ModuleValidator::run()
{
    auto const& m = valid_->module_;
    placed({}, "Types_ok/cons", [&] { types_ok(c_); });
    for (auto const& i : m.imports)
        placed(i.where, "Import_ok", [&] { import_ok(i); });
    for (auto const& t : m.tags) {
        placed(t.where, "Tag_ok", [&] { tagtype_ok(c_, t.type); });
        c_.tags.push_back(t.type);
    }
    for (auto const& f : m.funcs) {
        placed(f.where, "Func_ok", [&] { static_cast<void>(c_.func_type(f.type)); });
        c_.funcs.push_back(f.type);
    }
    for (auto const& t : m.memories) {
        placed(t.where, "Mem_ok", [&] { memtype_ok(t.type); });
        c_.memories.push_back(t.type);
    }
    find_refs();
    for (auto const& t : m.tables)
        placed(t.where, "Table_ok", [&] { table_ok(t); });
    for (auto const& g : m.globals)
        placed(g.where, "Global_ok", [&] { global_ok(g); });
    for (auto const& d : m.datas)
        placed(d.where, "Data_ok", [&] { data_ok(d); });
    for (auto const& e : m.elems)
        placed(e.where, "Elem_ok", [&] { elem_ok(e); });
    auto index = count_imports(m, ExternKind::Func);
    valid_->func_facts_.reserve(m.funcs.size());
    for (auto const& f : m.funcs)
        valid_->func_facts_.push_back(
            code_.function(f, index++, traces_ != nullptr ? &traces_->emplace_back() : nullptr));
    if (m.start)
        placed(m.start_where, "Start_ok", [&] { start_ok(*m.start); });
    exports_ok();

    valid_->features_ = features_used(m);
    valid_->funcs_ = std::move(c_.funcs);
    valid_->tables_ = std::move(c_.tables);
    valid_->memories_ = std::move(c_.memories);
    valid_->globals_ = std::move(c_.globals);
    valid_->tags_ = std::move(c_.tags);
    return std::move(valid_);
}

/// Import_ok — valid/modules.html#valid-import
///   C |- IMPORT name_1 name_2 xt : $clos_externtype(C, xt)
///   -- Externtype_ok: C |- xt : OK
void ModuleValidator::import_ok(Import const& i)
{
    externtype_ok(c_, i.type);
    switch (i.type.kind) {
    case ExternKind::Func: return c_.funcs.push_back(i.type.func);
    case ExternKind::Table: return c_.tables.push_back(i.type.table);
    case ExternKind::Memory: return c_.memories.push_back(i.type.memory);
    case ExternKind::Global: return c_.globals.push_back(i.type.global);
    case ExternKind::Tag: return c_.tags.push_back(i.type.tag);
    }
}

/// Table_ok — valid/modules.html#valid-table
///   C |- TABLE tabletype expr : tabletype
///   -- Tabletype_ok: C |- tabletype : OK
///   -- if tabletype = at lim rt
///   -- Expr_ok_const: C |- expr : rt CONST
///   Without an expression it is (REF.NULL ht) of rt's heap type.
void ModuleValidator::table_ok(Table const& t)
{
    tabletype_ok(c_, t.type);
    if (t.init)
        code_.constant(*t.init, t.type.element);
    else if (!t.type.element.nullable)
        violate(fmt::format("type mismatch: instruction requires {} but stack has [(ref null {})]",
            words(std::span{&t.type.element, 1}), words(t.type.element.heap)));
    c_.tables.push_back(t.type);
}

/// Global_ok — valid/modules.html#valid-global
///   C |- GLOBAL globaltype expr : globaltype
///   -- Globaltype_ok: C |- globaltype : OK
///   -- if globaltype = MUT? t
///   -- Expr_ok_const: C |- expr : t CONST
void ModuleValidator::global_ok(Global const& g)
{
    valtype_ok(c_, g.type.value);
    code_.constant(g.init, g.type.value);
    c_.globals.push_back(g.type);
}

/// Data_ok, Datamode_ok/passive, Datamode_ok/active — valid/modules.html#valid-data
///   C |- ACTIVE x expr : OK
///   -- if C.MEMS[x] = at lim PAGE
///   -- Expr_ok_const: C |- expr : at CONST
void ModuleValidator::data_ok(Data const& d)
{
    if (d.mode == Data::Mode::Active)
        code_.constant(d.offset, as_valtype(c_.memory(d.memory).limits.addr));
}

/// Elem_ok — valid/modules.html#valid-elem
///   C |- ELEM elemtype expr* elemmode : elemtype
///   -- Reftype_ok: C |- elemtype : OK
///   -- (Expr_ok_const: C |- expr : elemtype CONST)*
///   -- Elemmode_ok: C |- elemmode : elemtype
/// Elemmode_ok/passive, Elemmode_ok/declare, Elemmode_ok/active
///   C |- ACTIVE x expr : rt
///   -- if C.TABLES[x] = at lim rt'
///   -- Reftype_sub: C |- rt <: rt'
///   -- Expr_ok_const: C |- expr : at CONST
void ModuleValidator::elem_ok(Elem const& e)
{
    valtype_ok(c_, e.type);
    for (auto const& x : e.init)
        code_.constant(x, e.type);
    if (e.mode != Elem::Mode::Active)
        return;
    auto const& table = c_.table(e.table);
    if (!c_.match().val(e.type, table.element))
        violate(fmt::format("type mismatch: element segment's type {} does not match table's {}",
                    words(e.type), words(table.element)),
            "Elemmode_ok/active");
    code_.constant(e.offset, as_valtype(table.limits.addr));
}

/// Start_ok — valid/modules.html#valid-start
///   C |- START x : OK
///   -- Expand: C.FUNCS[x] ~~ FUNC eps -> eps
void ModuleValidator::start_ok(Index x) const
{
    auto const& t = c_.func_type(c_.func(x));
    require(t.params.empty() && t.results.empty(),
        "start function must not have parameters or results");
}

/// Export_ok — valid/modules.html#valid-export
///   C |- EXPORT name externidx : name xt
///   -- Externidx_ok: C |- externidx : xt
///   and of Module_ok:
///   -- if $disjoint_(name, nm*)
void ModuleValidator::exports_ok()
{
    std::unordered_set<std::string_view> names;
    for (auto const& e : valid_->module_.exports)
        placed(e.where, "Export_ok", [&] { externidx_ok(e); });
    for (auto const& e : valid_->module_.exports)
        placed(e.where, "Module_ok", [&] {
            if (!names.insert(e.name).second)
                violate("duplicate export name \"" + e.name + '"');
        });
}

/// Externidx_ok/tag, Externidx_ok/global, Externidx_ok/mem, Externidx_ok/table, Externidx_ok/func
/// — valid/modules.html#valid-externidx
void ModuleValidator::externidx_ok(Export const& e) const
{
    switch (e.kind) {
    case ExternKind::Func: static_cast<void>(c_.func(e.index)); return;
    case ExternKind::Table: static_cast<void>(c_.table(e.index)); return;
    case ExternKind::Memory: static_cast<void>(c_.memory(e.index)); return;
    case ExternKind::Global: static_cast<void>(c_.global(e.index)); return;
    case ExternKind::Tag: static_cast<void>(c_.tag(e.index)); return;
    }
}

/// C.REFS of Module_ok: the functions that occur outside of function bodies.
///   -- if x* = $funcidx_nonfuncs(global* mem* table* elem* export*)
void ModuleValidator::find_refs()
{
    auto const& m = valid_->module_;
    c_.refs.assign(c_.funcs.size(), false);
    for (auto const& t : m.tables)
        if (t.init)
            add_refs(*t.init);
    for (auto const& g : m.globals)
        add_refs(g.init);
    for (auto const& e : m.elems) {
        add_refs(e.offset);
        for (auto const& x : e.init)
            add_refs(x);
    }
    for (auto const& e : m.exports)
        if (e.kind == ExternKind::Func && e.index < c_.refs.size())
            c_.refs[e.index] = true;
}

void ModuleValidator::add_refs(Expr const& e)
{
    for (auto const& i : e.instrs)
        if (i.op == Opcode::RefFunc && i.x < c_.refs.size())
            c_.refs[i.x] = true;
}

std::expected<std::shared_ptr<ValidModule const>, Error> validate(Module module)
try {
    return ModuleValidator{std::move(module)}.run();
} catch (Refused const& r) {
    return std::unexpected{r.error};
}

std::expected<Traced, Error> trace(Module module)
try {
    Traced traced;
    traced.module = ModuleValidator{std::move(module), &traced.funcs}.run();
    return traced;
} catch (Refused const& r) {
    return std::unexpected{r.error};
}

} // namespace touchstone
