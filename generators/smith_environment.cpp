#include "generators/smith_environment.hpp"

#include "generators/boundary.hpp"
#include "generators/shape.hpp"
#include "generators/smith_function.hpp"

namespace touchstone::generators {

namespace {

constexpr std::uint32_t log_cursor = 0xF000; ///< where an environment's log keeps its place

void finish(ModulePlan& plan, FuncPlan f, Code& c)
{
    c.end();
    auto const index = add_function(plan, std::move(f));
    defined(plan, index).body = c.take();
}

/// (i32 t) -> t: traps for one in sixteen of its first arguments.
void add_trapping(Entropy& in, ModulePlan& plan)
{
    auto const t = plan.number(in);
    Code c;
    c.op(Opcode::LocalGet, 0);
    c.i32_const(15);
    c.op(Opcode::I32And);
    c.i32_const(in.below(16));
    c.op(Opcode::I32Eq);
    c.block(Opcode::If, {});
    c.op(Opcode::Unreachable);
    c.end();
    c.op(Opcode::LocalGet, 1);
    finish(plan, {.type = {{i32, t}, {t}}, .is_leaf = true}, c);
}

/// (i32 t) -> t: throws for a quarter of its first arguments.
void add_throwing(Entropy& in, ModulePlan& plan)
{
    auto const t = plan.value(in);
    auto const f = add_function(plan, {.type = {{i32, t}, {t}}, .throws = true, .is_leaf = true});
    FunctionWriter{in, plan, f,
        {.instructions = shape.leaf_instructions / 3,
            .fuel = shape.leaf_fuel / 2,
            .iterations = shape.leaf_iterations / 2,
            .may_call = false,
            .throws = true}}
        .write();
}

/// t -> : appends to a log in memory, so that the order of calls is part of the store.
void add_log(Entropy& in, ModulePlan& plan)
{
    auto const t = plan.number(in);
    auto const at = plan.memories[0].addr;
    auto const cursor = [at](Code& c) {
        c.i32_const(log_cursor);
        c.to_address(at);
        c.memory(Opcode::I32Load, 0, 0, 2);
        c.i32_const(0xF8);
        c.op(Opcode::I32And);
    };
    Code c;
    cursor(c);
    c.to_address(at);
    c.op(Opcode::LocalGet, 0);
    c.memory(t == i32   ? Opcode::I32Store
             : t == i64 ? Opcode::I64Store
             : t == f32 ? Opcode::F32Store
             : t == f64 ? Opcode::F64Store
                        : Opcode::V128Store, // half of it is overwritten by the next
        0, log_cursor + 8, 2);
    c.i32_const(log_cursor);
    c.to_address(at);
    cursor(c);
    c.i32_const(8);
    c.op(Opcode::I32Add);
    c.memory(Opcode::I32Store, 0, 0, 2);
    finish(plan, {.type = {{t}, {}}, .is_leaf = true}, c);
}

/// i32 -> i32: grows the memory by nothing or a page.
void add_grow(ModulePlan& plan)
{
    Code c;
    c.op(Opcode::LocalGet, 0);
    c.i32_const(1);
    c.op(Opcode::I32And);
    c.to_address(plan.memories[0].addr);
    c.op(Opcode::MemoryGrow, 0);
    c.from_address(plan.memories[0].addr);
    finish(plan, {.type = {{i32}, {i32}}, .fuel = 17, .is_leaf = true}, c);
}

/// t -> t: swaps a global.
void add_swap(Entropy& in, ModulePlan& plan)
{
    auto const g = in.below(static_cast<std::uint32_t>(plan.globals.size()));
    if (!plan.globals[g].is_mutable)
        return;
    auto const t = plan.globals[g].type;
    Code c;
    c.op(Opcode::GlobalGet, g);
    c.op(Opcode::LocalGet, 0);
    c.op(Opcode::GlobalSet, g);
    finish(plan, {.type = {{t}, {t}}, .is_leaf = true}, c);
}

/// i32 t* -> r*: calls what the importer put into slot 0 to 3.
void add_callback(ModulePlan& plan, FuncType const& type)
{
    FuncType own = type;
    own.params.insert(own.params.begin(), i32);
    Code c;
    for (Index i = 0; i < type.params.size(); ++i)
        c.op(Opcode::LocalGet, i + 1);
    c.op(Opcode::LocalGet, 0);
    c.i32_const(callback_slots - 1);
    c.op(Opcode::I32And);
    c.to_address(plan.tables[0].addr);
    c.op(Opcode::CallIndirect, type_index(plan.module, type), 0);
    finish(plan, {.type = std::move(own), .fuel = shape.leaf_fuel + 4, .calls_back = true}, c);
}

/// One leaf of each type that call_ref may want, so that references to them are never null.
void add_known_functions(Entropy& in, ModulePlan& plan)
{
    std::vector<Index> added;
    for (auto const t : plan.types.funcs)
        added.push_back(
            add_function(plan, {.type = plan.types.types[t].comp.func, .is_leaf = true}));
    for (auto const f : added)
        FunctionWriter{in, plan, f,
            {.instructions = shape.leaf_instructions / 3,
                .fuel = shape.leaf_fuel / 2,
                .iterations = shape.leaf_iterations / 2,
                .may_call = false}}
            .write();
}

void add_state(Entropy& in, ModulePlan& plan)
{
    if (plan.uses(Group::Memory) || in.chance(128)) {
        add_memory(in, plan);
        add_export(plan, "memory", ExternKind::Memory, 0);
    }
    if (plan.uses(Group::Indirect) || plan.uses(Group::Table)) {
        add_table(in, plan, funcref);
        auto& size = plan.module.tables[0].type.limits;
        size.min = std::max<std::uint64_t>(size.min, callback_slots + 2);
        size.max = std::max(*size.max, size.min);
        plan.tables[0].size = static_cast<std::uint32_t>(size.min);
        add_export(plan, "table", ExternKind::Table, 0);
    }
    plan.module.globals.push_back(
        {.type = {i32, false}, .init = constant_expr(ValType::Kind::I32, in.below(64))});
    plan.globals.push_back({.type = i32, .is_small = true});
    for (auto n = 1 + in.below(3); n > 0; --n) {
        auto const type = plan.value(in);
        add_global(in, plan, type, !in.chance(64));
    }
    for (Index i = 0; i < plan.globals.size(); ++i)
        add_export(plan, "g" + std::to_string(i), ExternKind::Global, i);
}

} // namespace

Environment environment(Entropy& in, Groups groups, FeatureSet features, TypePlan const& types)
{
    Environment env;
    auto& plan = env.plan;
    plan = empty_plan(groups, features, types);
    add_state(in, plan);
    add_tags(in, plan);
    for (Index t = 0; t < plan.tags.size(); ++t)
        add_export(plan, "t" + std::to_string(t), ExternKind::Tag, t);
    add_known_functions(in, plan);
    for (auto n = 1 + in.below(2); n > 0; --n) {
        auto type = function_type(in, plan, true);
        auto const f = add_function(plan, {.type = std::move(type), .is_leaf = true});
        FunctionWriter{in, plan, f,
            {.instructions = shape.leaf_instructions / 2,
                .fuel = shape.leaf_fuel / 2,
                .iterations = shape.leaf_iterations / 2,
                .may_call = false}}
            .write();
    }
    if (in.chance(128))
        add_trapping(in, plan);
    if (plan.uses(Group::Exceptions))
        add_throwing(in, plan);
    if (!plan.memories.empty()) {
        add_log(in, plan);
        if (in.chance(80))
            add_grow(plan);
    }
    add_swap(in, plan);
    if (!plan.tables.empty()) {
        std::vector<Index> leaves;
        for (Index f = 0; f < plan.funcs.size(); ++f)
            leaves.push_back(f);
        fill_table(in, plan, 0, callback_slots, plan.tables[0].size, leaves, nullptr);
        if (in.chance(160)) {
            env.callback = function_type(in, plan, true);
            add_callback(plan, *env.callback);
        }
    }
    add_data_segments(in, plan);
    for (Index f = 0; f < plan.funcs.size(); ++f)
        add_export(plan, "f" + std::to_string(f), ExternKind::Func, f);
    declare_references(plan);
    return env;
}

namespace {

/// What the import asks for: all that is there, or less.
SizeLimits asked(Entropy& in, SizeLimits given)
{
    if (in.chance(shape.subset_import)) {
        given.min -= given.min > 1 ? in.below(2) : 0;
        given.max = in.chance(128) ? std::optional{*given.max + in.below(3)} : std::nullopt;
    }
    return given;
}

} // namespace

void import_environment(Entropy& in, ModulePlan& plan, Environment const& env)
{
    auto const& from = env.plan;
    auto const add = [&plan](std::string name, ExternType type) {
        plan.module.imports.push_back({.module = "env", .name = std::move(name), .type = type});
    };
    auto const takes_table = !from.tables.empty() && (env.callback || in.chance(200));
    for (Index f = 0; f < from.funcs.size(); ++f) {
        if (in.chance(40))
            continue;
        add("f" + std::to_string(f),
            {.kind = ExternKind::Func, .func = type_index(plan.module, from.funcs[f].type)});
        plan.funcs.push_back(from.funcs[f]);
    }
    if (!from.memories.empty() && in.chance(216)) {
        add("memory", {.kind = ExternKind::Memory,
                          .memory = {asked(in, from.module.memories[0].type.limits)}});
        plan.memories.push_back(from.memories[0]);
    }
    if (takes_table) {
        add("table", {.kind = ExternKind::Table,
                         .table = {asked(in, from.module.tables[0].type.limits), funcref}});
        plan.tables.push_back(from.tables[0]);
    }
    for (Index t = 0; t < from.tags.size(); ++t) {
        if (in.chance(48))
            continue;
        add("t" + std::to_string(t),
            {.kind = ExternKind::Tag, .tag = {type_index(plan.module, {from.tags[t], {}})}});
        plan.tags.push_back(from.tags[t]);
    }
    for (Index g = 0; g < from.globals.size(); ++g) {
        if (in.chance(64))
            continue;
        add("g" + std::to_string(g),
            {.kind = ExternKind::Global, .global = from.module.globals[g].type});
        plan.globals.push_back(from.globals[g]);
        plan.globals.back().is_imported = true;
    }
}

} // namespace touchstone::generators
