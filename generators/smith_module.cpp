#include "generators/smith_module.hpp"

#include "generators/boundary.hpp"
#include "generators/shape.hpp"
#include "generators/vectors.hpp"

namespace touchstone::generators {

Groups swarm(Entropy& in, FeatureSet features)
{
    auto const one = in.u32();
    auto const two = in.u32();
    Groups g{one | two}; // each with three chances in four
    auto const needs = [&](Group group, Feature f) {
        if (!features.has(f))
            g.remove(group);
    };
    needs(Group::SignExtend, Feature::SignExtension);
    needs(Group::Saturate, Feature::SatFloatToInt);
    needs(Group::Bulk, Feature::BulkMemory);
    needs(Group::Table, Feature::ReferenceTypes);
    needs(Group::Table, Feature::BulkMemory);
    needs(Group::References, Feature::ReferenceTypes);
    needs(Group::MultiValue, Feature::MultiValue);
    needs(Group::TailCalls, Feature::TailCall);
    needs(Group::MultiMemory, Feature::MultiMemory);
    // a quarter of the cases: many engines lack them, and are not asked then
    auto const seldom = [&](Group group, Feature f) {
        needs(group, f);
        if (!Groups{one & two}.has(group))
            g.remove(group);
    };
    seldom(Group::Simd, Feature::Simd);
    seldom(Group::RelaxedSimd, Feature::RelaxedSimd);
    if (!g.has(Group::Simd))
        g.remove(Group::RelaxedSimd);
    for (auto const f : {Feature::Gc, Feature::FunctionReferences, Feature::ReferenceTypes,
             Feature::BulkMemory, Feature::MultiValue})
        needs(Group::Gc, f);
    needs(Group::TypedFunctions, Feature::FunctionReferences);
    needs(Group::TypedFunctions, Feature::ReferenceTypes);
    needs(Group::Exceptions, Feature::Exceptions);
    needs(Group::Exceptions, Feature::FunctionReferences);
    needs(Group::Exceptions, Feature::MultiValue);
    seldom(Group::Memory64, Feature::Memory64); // many engines lack half of it
    auto is_modern = false;
    for (auto const group :
        {Group::Gc, Group::TypedFunctions, Group::Exceptions, Group::Memory64}) {
        if (!Groups{one & two}.has(Group::Modern))
            g.remove(group);
        is_modern = is_modern || g.has(group);
    }
    if (!is_modern)
        g.remove(Group::Modern);
    return g;
}

ValType ModulePlan::number(Entropy& in) const
{
    if (uses(Group::Simd) && in.chance(shape.vector))
        return v128;
    switch (in.below(6)) {
    case 1:
    case 2: return uses(Group::I64) ? i64 : i32;
    case 3: return uses(Group::F32) ? f32 : i32;
    case 4: return uses(Group::F64) ? f64 : i32;
    default: return i32;
    }
}

ValType ModulePlan::value(Entropy& in) const
{
    if (!types.types.empty() && in.chance(shape.typed_reference))
        return typed_reference_type(in, *this);
    if (uses(Group::References) && in.chance(40))
        return in.chance(128) ? externref : funcref;
    return number(in);
}

FuncType function_type(Entropy& in, ModulePlan const& plan, bool wants_result)
{
    if (wants_result && plan.uses(Group::TypedFunctions) && in.chance(shape.known_function_type)) {
        auto const& funcs = plan.types.funcs;
        auto const which = funcs[in.below(static_cast<std::uint32_t>(funcs.size()))];
        return plan.types.types[which].comp.func;
    }
    FuncType t;
    for (auto n = in.below(4); n > 0; --n)
        t.params.push_back(plan.value(in));
    if (wants_result || in.chance(128))
        t.results.push_back(plan.value(in));
    if (plan.uses(Group::MultiValue) && in.chance(60))
        t.results.push_back(plan.number(in));
    return t;
}

BlockType block_type(ModulePlan& plan, ResultType const& params, ResultType const& results)
{
    if (params.empty() && results.empty())
        return {};
    if (params.empty() && results.size() == 1)
        return {BlockType::Kind::Value, results[0], 0};
    return {BlockType::Kind::Type, {}, type_index(plan.module, {params, results})};
}

AddrType address_type(Entropy& in, ModulePlan const& plan, std::uint8_t wide)
{
    return plan.uses(Group::Memory64) && in.chance(wide) ? AddrType::I64 : AddrType::I32;
}

void add_memory(Entropy& in, ModulePlan& plan)
{
    auto const min = in.chance(48) ? 2U : 1U;
    auto const max = min + in.below(shape.largest_memory + 1 - min);
    auto const at = address_type(in, plan, shape.wide_memory);
    plan.module.memories.push_back({.type = {{.addr = at, .min = min, .max = max}}});
    plan.memories.push_back({.bytes = min * page_size, .addr = at});
}

void add_table(Entropy& in, ModulePlan& plan, ValType element)
{
    auto const min = 4 + in.below(9);
    auto const max = min + in.below(shape.largest_table + 1 - min);
    auto const at = address_type(in, plan, shape.wide_table);
    plan.module.tables.push_back({.type = {{.addr = at, .min = min, .max = max}, element}});
    plan.tables.push_back({.element = element, .size = min, .addr = at, .runs = {}});
}

namespace {

/// An operand of a constant expression: a constant, or an imported immutable global.
void constant_operand(Entropy& in, ModulePlan const& plan, ValType type, Code& c)
{
    std::vector<Index> fitting;
    for (Index i = 0; i < plan.globals.size(); ++i) {
        auto const& g = plan.globals[i];
        if (g.is_imported && !g.is_mutable && g.type == type)
            fitting.push_back(i);
    }
    if (!fitting.empty() && in.chance(96))
        c.op(Opcode::GlobalGet, fitting[in.below(static_cast<std::uint32_t>(fitting.size()))]);
    else if (type.is_vec())
        c.vector(Opcode::V128Const, vector_bytes(boundary_vector(in)));
    else
        c.constant(type.kind, boundary_biased(in, type.kind));
}

Expr initial_value(Entropy& in, ModulePlan& plan, ValType type)
{
    Code c;
    if (is_typed(type))
        constant_reference(in, plan, type, c);
    else if (type == funcref && !plan.funcs.empty() && !in.chance(shape.null_reference))
        c.op(Opcode::RefFunc, in.below(static_cast<std::uint32_t>(plan.funcs.size())));
    else if (type.is_ref())
        c.ref_null(type.heap.abstract());
    else
        constant_operand(in, plan, type, c);
    auto const is_integer = type == i32 || type == i64;
    if (is_integer && plan.has(Feature::ExtendedConst) && in.chance(64)) {
        constant_operand(in, plan, type, c);
        auto const which = in.below(3);
        if (type == i32)
            c.op(std::array{Opcode::I32Add, Opcode::I32Sub, Opcode::I32Mul}[which]);
        else
            c.op(std::array{Opcode::I64Add, Opcode::I64Sub, Opcode::I64Mul}[which]);
    }
    c.end();
    return c.take();
}

std::vector<std::uint8_t> segment_bytes(Entropy& in)
{
    std::vector<std::uint8_t> bytes;
    for (auto n = in.below(25); n > 0; --n) {
        auto const b = in.byte();
        bytes.push_back(b < 200 ? b : static_cast<std::uint8_t>((b & 1) != 0 ? 0xFF : 0x80));
    }
    return bytes;
}

/// Where a segment goes: near the start, exactly at the end, or seldom one too far.
Expr segment_offset(
    Entropy& in, ModulePlan const& plan, MemoryPlan const& memory, std::uint32_t length)
{
    auto const size = static_cast<std::uint32_t>(memory.bytes);
    auto const kind = as_valtype(memory.addr).kind;
    if (in.chance(shape.segment_outside))
        return constant_expr(kind, size - length + 1);
    if (in.chance(24))
        return constant_expr(kind, size - length);
    for (Index i = 0; i < plan.globals.size(); ++i) {
        auto const fits = plan.globals[i].is_small && plan.globals[i].is_imported;
        if (!fits || !in.chance(64) || memory.addr == AddrType::I64)
            continue;
        Code c;
        c.op(Opcode::GlobalGet, i);
        c.end();
        return c.take();
    }
    return constant_expr(kind, in.below(64));
}

} // namespace

void add_global(Entropy& in, ModulePlan& plan, ValType type, bool is_mutable)
{
    plan.module.globals.push_back(
        {.type = {type, is_mutable}, .init = initial_value(in, plan, type)});
    plan.globals.push_back({.type = type, .is_mutable = is_mutable});
}

void add_data_segments(Entropy& in, ModulePlan& plan)
{
    for (Index m = 0; m < plan.memories.size(); ++m)
        for (auto n = in.below(3); n > 0; --n) {
            auto bytes = segment_bytes(in);
            auto const length = static_cast<std::uint32_t>(bytes.size());
            plan.datas.push_back({.is_passive = false, .size = length});
            plan.module.datas.push_back({.mode = Data::Mode::Active,
                .memory = m,
                .offset = segment_offset(in, plan, plan.memories[m], length),
                .bytes = std::move(bytes)});
        }
    if (!plan.uses(Group::Bulk))
        return;
    for (auto n = 1 + in.below(2); n > 0; --n) {
        auto bytes = segment_bytes(in);
        plan.datas.push_back(
            {.is_passive = true, .size = static_cast<std::uint32_t>(bytes.size())});
        plan.module.datas.push_back({.mode = Data::Mode::Passive, .bytes = std::move(bytes)});
    }
    plan.module.has_data_count = true;
}

void add_tags(Entropy& in, ModulePlan& plan)
{
    if (!plan.uses(Group::Exceptions))
        return;
    for (auto n = 1 + in.below(2); n > 0; --n) {
        ResultType payload;
        for (auto p = in.below(3); p > 0; --p)
            payload.push_back(plan.value(in));
        plan.module.tags.push_back({.type = {type_index(plan.module, {payload, {}})}});
        plan.tags.push_back(std::move(payload));
    }
}

void add_export(ModulePlan& plan, std::string name, ExternKind kind, Index index)
{
    plan.module.exports.push_back({.name = std::move(name), .kind = kind, .index = index});
}

Index add_function(ModulePlan& plan, FuncPlan f)
{
    plan.module.funcs.push_back({.type = type_index(plan.module, f.type)});
    plan.funcs.push_back(std::move(f));
    return static_cast<Index>(plan.funcs.size() - 1);
}

Func& defined(ModulePlan& plan, Index function)
{
    return plan.module.funcs[function - count_imports(plan.module, ExternKind::Func)];
}

void fill_table(Entropy& in, ModulePlan& plan, Index table, Index first, Index end,
    std::vector<Index> const& candidates, FuncType const* forced)
{
    auto& t = plan.tables[table];
    Elem elem{.mode = Elem::Mode::Active,
        .table = table,
        .offset = constant_expr(as_valtype(t.addr).kind, first)};
    auto slot = first;
    while (slot < end && !candidates.empty()) {
        auto const is_forced = forced != nullptr && slot == first;
        auto const choice = candidates[in.below(static_cast<std::uint32_t>(candidates.size()))];
        Run run{.first = slot, .type = is_forced ? *forced : plan.funcs[choice].type};
        auto const wanted = is_forced ? 4U : 1U << in.below(3);
        run.length = std::min(wanted, end - slot);
        std::vector<Index> fitting;
        for (auto const c : candidates)
            if (plan.funcs[c].type == run.type)
                fitting.push_back(c);
        if (fitting.empty())
            break; // nothing has the forced type
        for (Index i = 0; i < run.length; ++i)
            elem.init.push_back(
                ref_func_expr(fitting[in.below(static_cast<std::uint32_t>(fitting.size()))]));
        slot += run.length;
        t.runs.push_back(std::move(run));
        if (!is_forced && in.chance(40))
            break; // the rest stays null
    }
    if (in.chance(shape.segment_outside) && !elem.init.empty())
        elem.offset = constant_expr(as_valtype(t.addr).kind, t.size);
    choose_form(in, plan, elem);
    plan.elems.push_back({.size = static_cast<std::uint32_t>(elem.init.size())});
    plan.module.elems.push_back(std::move(elem));
}

void choose_form(Entropy& in, ModulePlan const& plan, Elem& elem)
{
    auto const is_list = elem.type == funcref && std::ranges::all_of(elem.init, [](Expr const& e) {
        return e.instrs[0].op == Opcode::RefFunc;
    });
    if (is_list && (!plan.has(Feature::ReferenceTypes) || in.chance(128)))
        elem.type = ValType::ref(false, AbsHeapType::Func);
}

void declare_references(ModulePlan& plan)
{
    std::vector<bool> mentioned(plan.funcs.size());
    for (auto const& e : plan.module.exports)
        if (e.kind == ExternKind::Func)
            mentioned[e.index] = true;
    for (auto const& e : plan.module.elems)
        for (auto const& init : e.init)
            if (init.instrs[0].op == Opcode::RefFunc)
                mentioned[init.instrs[0].x] = true;
    Elem declared{.mode = Elem::Mode::Declarative, .type = ValType::ref(false, AbsHeapType::Func)};
    for (Index i = 0; i < plan.referenced.size(); ++i)
        if (plan.referenced[i] && !mentioned[i])
            declared.init.push_back(ref_func_expr(i));
    if (!declared.init.empty())
        plan.module.elems.push_back(std::move(declared));
}

} // namespace touchstone::generators
