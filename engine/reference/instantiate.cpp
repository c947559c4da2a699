#include "engine/reference/instantiate.hpp"

#include "engine/reference/growing.hpp"
#include "engine/reference/link.hpp"
#include "engine/reference/rules.hpp"

#include <optional>
#include <utility>

namespace touchstone::reference {

namespace {

/// What a module defines that the operating system may refuse: made before the store is touched.
struct Room
{
    std::vector<MemInst> mems;
    std::vector<TableInst> tables;
};

/// allocmem, alloctable — exec/modules.html#alloc-mem, #alloc-table
///   {TYPE at [i .. j?] PAGE, BYTES 0x00^(i * 64 Ki)}       {TYPE at [i .. j?] rt, REFS ref^i}
/// within the limits; the references come later.
std::optional<Limit> make_room(
    Room& room, Module const& module, std::span<DefType const> types, Limits const& limits)
{
    for (auto const& m : module.memories)
        if (m.type.limits.min > pages_allowed(m.type, limits))
            return Limit::Pages;
    for (auto const& t : module.tables)
        if (t.type.limits.min > limits.elements)
            return Limit::Elements;
    for (auto const& m : module.memories) {
        auto& mem = room.mems.emplace_back(m.type, Bytes{});
        auto const n = std::exchange(mem.type.limits.min, 0);
        if (!grow(mem, n))
            return Limit::Pages;
    }
    for (auto const& t : module.tables) {
        auto& table = room.tables.emplace_back(inst_tabletype(types, t.type), std::vector<Val>{});
        auto const n = std::exchange(table.type.limits.min, 0);
        if (!grow(table, n, to_val(Ref{})))
            return Limit::Elements;
    }
    return std::nullopt;
}

class Instantiator
{
public:
    Instantiator(Machine& machine, ModuleInst& instance)
        : z_{machine}, s_{machine.store}, mi_{instance}, module_{instance.module->module()}
    {}

    void add_imports(std::span<ExternVal const> imports);
    void add_definitions(Room room);
    void add_exports();
    [[nodiscard]] Step evaluate();
    [[nodiscard]] Step run();

private:
    [[nodiscard]] Step run_elem(Index x);
    [[nodiscard]] Step run_data(Index x);
    [[nodiscard]] std::vector<Index>& space(ExternKind kind);

    Machine& z_;
    Instances& s_;
    ModuleInst& mi_;
    Module const& module_;
};

std::vector<Index>& Instantiator::space(ExternKind kind)
{
    switch (kind) {
    case ExternKind::Table: return mi_.tables;
    case ExternKind::Memory: return mi_.mems;
    case ExternKind::Global: return mi_.globals;
    case ExternKind::Tag: return mi_.tags;
    default: return mi_.funcs;
    }
}

/// funcsxa, tablesxa, memsxa, globalsxa, tagsxa: the addresses of each kind, in order
void Instantiator::add_imports(std::span<ExternVal const> imports)
{
    for (std::size_t k = 0; k < module_.imports.size(); ++k)
        space(imports[k].kind).push_back(imports[k].address);
}

/// allocmodule, allocfuncs, allocmems, alloctables, alloctags, allocdatas, each of its singular
/// (allocfunc, allocmem, alloctable, alloctag, allocdata) — exec/modules.html#alloc-module.
/// Functions come first: constant expressions refer to them.
void Instantiator::add_definitions(Room room)
{
    auto const& valid = *mi_.module;
    for (std::size_t k = 0; k < module_.funcs.size(); ++k) {
        auto const& f = module_.funcs[k];
        auto const deftype = mi_.types[f.type];
        auto const& type = s_.types.expand(deftype).func;
        std::uint64_t locals = 0;
        for (auto const& group : f.locals)
            locals += group.count;
        mi_.funcs.push_back(static_cast<Index>(s_.funcs.size()));
        s_.funcs.push_back({.deftype = deftype,
            .type = &type,
            .module = &mi_,
            .code = &f,
            .index = static_cast<Index>(mi_.funcs.size() - 1),
            .locals = locals,
            .stack_values = type.params.size() + locals + valid.func_facts()[k].max_operands});
    }
    for (auto& table : room.tables) {
        mi_.tables.push_back(static_cast<Index>(s_.tables.size()));
        s_.tables.push_back(std::move(table));
    }
    for (auto& mem : room.mems) {
        mi_.mems.push_back(static_cast<Index>(s_.mems.size()));
        s_.mems.push_back(std::move(mem));
    }
    for (auto const& tag : module_.tags) {
        mi_.tags.push_back(static_cast<Index>(s_.tags.size()));
        s_.tags.push_back({mi_.types[tag.type.type]});
    }
    for (auto const& data : module_.datas)
        mi_.datas.push_back({.bytes = data.bytes});
}

/// allocexports, allocexport — exec/modules.html#alloc-export
void Instantiator::add_exports()
{
    for (auto const& e : module_.exports)
        mi_.exports.emplace(e.name, ExternVal{e.kind, space(e.kind)[e.index]});
}

/// evalglobals, evalexprs, evalexprss, allocglobals, allocglobal, allocelems, allocelem —
/// exec/modules.html#eval-globals, #eval-exprs: globals in order, each seeing those before it; the
/// references of tables; segments
Step Instantiator::evaluate()
{
    for (auto const& g : module_.globals) {
        if (auto const step = z_.eval_expr(g.init); step != Step::Next)
            return step;
        mi_.globals.push_back(static_cast<Index>(s_.globals.size()));
        s_.globals.push_back({inst_globaltype(mi_.types, g.type), z_.pop()});
    }
    auto const imported = mi_.tables.size() - module_.tables.size();
    for (std::size_t k = 0; k < module_.tables.size(); ++k) {
        auto const& init = module_.tables[k].init;
        if (!init)
            continue;
        if (auto const step = z_.eval_expr(*init); step != Step::Next)
            return step;
        auto& refs = s_.tables[mi_.tables[imported + k]].refs;
        refs.assign(refs.size(), z_.pop());
    }
    for (auto const& e : module_.elems) {
        auto& elem = mi_.elems.emplace_back();
        elem.refs.reserve(e.init.size());
        for (auto const& expr : e.init) {
            if (auto const step = z_.eval_expr(expr); step != Step::Next)
                return step;
            elem.refs.push_back(z_.pop());
        }
    }
    return Step::Next;
}

/// runelem_ — exec/modules.html#aux-runelem
///   runelem_x(ELEM rt e^n PASSIVE) = eps
///   runelem_x(ELEM rt e^n DECLARE) = (elem.drop x)
///   runelem_x(ELEM rt e^n (ACTIVE y instr*))
///     = instr* (i32.const 0) (i32.const n) (table.init y x) (elem.drop x)
Step Instantiator::run_elem(Index x)
{
    auto const& e = module_.elems[x];
    if (e.mode == Elem::Mode::Passive)
        return Step::Next;
    if (e.mode == Elem::Mode::Active) {
        if (auto const step = z_.eval_expr(e.offset); step != Step::Next)
            return step;
        z_.push(std::uint32_t{0});
        z_.push(static_cast<std::uint32_t>(e.init.size()));
        auto const step = z_.perform(table_init, {.op = Opcode::TableInit, .x = x, .y = e.table});
        if (step != Step::Next)
            return step;
    }
    return z_.perform(rule_table()[Opcode::ElemDrop], {.op = Opcode::ElemDrop, .x = x});
}

/// rundata_ — exec/modules.html#aux-rundata
///   rundata_x(DATA b^n PASSIVE) = eps
///   rundata_x(DATA b^n (ACTIVE y instr*))
///     = instr* (i32.const 0) (i32.const n) (memory.init y x) (data.drop x)
Step Instantiator::run_data(Index x)
{
    auto const& d = module_.datas[x];
    if (d.mode == Data::Mode::Passive)
        return Step::Next;
    if (auto const step = z_.eval_expr(d.offset); step != Step::Next)
        return step;
    z_.push(std::uint32_t{0});
    z_.push(static_cast<std::uint32_t>(d.bytes.size()));
    auto const step = z_.perform(memory_init, {.op = Opcode::MemoryInit, .x = x, .y = d.memory});
    if (step != Step::Next)
        return step;
    return z_.perform(rule_table()[Opcode::DataDrop], {.op = Opcode::DataDrop, .x = x});
}

/// The instructions that instantiation ends with: instr_E* instr_D* (call x)?
Step Instantiator::run()
{
    constexpr std::uint64_t operands = 3;
    if (!z_.reserve(operands))
        return z_.exhausted(Limit::StackValues);
    for (Index x = 0; x < module_.elems.size(); ++x)
        if (auto const step = run_elem(x); step != Step::Next)
            return step;
    for (Index x = 0; x < module_.datas.size(); ++x)
        if (auto const step = run_data(x); step != Step::Next)
            return step;
    return module_.start ? z_.execute(z_.func(*module_.start)) : Step::Done;
}

} // namespace

/// instantiate — exec/modules.html#exec-instantiation
Instantiation instantiate(
    Machine& machine, std::shared_ptr<ValidModule const> module, std::span<ExternVal const> imports)
{
    auto& s = machine.store;
    if (auto const missing = module->features().first_missing_in(covered_features))
        return {{.end = Outcome::End::Unsupported, .feature = *missing}, std::nullopt};
    auto const types = s.types.add(module);
    if (auto error = link_error(s, *module, types, imports))
        return {{.end = Outcome::End::Unlinkable, .message = std::move(*error)}, std::nullopt};
    Room room;
    if (auto const limit = make_room(room, module->module(), types, machine.limits))
        return {{.end = Outcome::End::Exhausted, .limit = *limit}, std::nullopt};
    if (!machine.may_reenter())
        return {{.end = Outcome::End::Exhausted, .limit = Limit::Frames}, std::nullopt};

    auto const address = static_cast<InstanceAddr>(s.modules.size());
    auto& instance = s.modules.emplace_back();
    instance.address = address;
    instance.module = std::move(module);
    instance.types = types;
    Instantiator steps{machine, instance};
    steps.add_imports(imports);
    steps.add_definitions(std::move(room));

    auto const outside = machine.begin(&instance, machine.limits.fuel_per_instantiation);
    if (auto const step = steps.evaluate(); step != Step::Next)
        return {machine.finish(outside, step, nullptr), std::nullopt};
    steps.add_exports();
    auto const step = steps.run();
    return {machine.finish(outside, step, nullptr), address};
}

} // namespace touchstone::reference
