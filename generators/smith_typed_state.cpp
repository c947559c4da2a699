#include "generators/boundary.hpp"
#include "generators/shape.hpp"
#include "generators/smith_module.hpp"
#include "generators/vectors.hpp"

namespace touchstone::generators {

namespace {

template <class T>
T const& one_of(Entropy& in, std::vector<T> const& from)
{
    return from[in.below(static_cast<std::uint32_t>(from.size()))];
}

void constant_field(
    Entropy& in, ModulePlan const& plan, StorageType const& s, std::uint32_t depth, Code& c);

void constant_i31(Entropy& in, Code& c)
{
    c.i32_const(static_cast<std::uint32_t>(boundary_biased(in, ValType::Kind::I32)));
    c.op(Opcode::RefI31);
}

/// struct.new, array.new and their kin; depth bounds what is below.
void constant_object(Entropy& in, ModulePlan const& plan, Index type, std::uint32_t depth, Code& c)
{
    auto const& comp = plan.types.types[type].comp;
    auto const is_struct = comp.kind == CompType::Kind::Struct;
    if (has_default(comp) && (depth == 0 || in.chance(64))) {
        if (!is_struct)
            c.i32_const(4 + in.below(8));
        return c.op(is_struct ? Opcode::StructNewDefault : Opcode::ArrayNewDefault, type);
    }
    auto const below = depth == 0 ? 0 : depth - 1;
    if (is_struct) {
        for (auto const& f : comp.fields)
            constant_field(in, plan, f.storage, below, c);
        return c.op(Opcode::StructNew, type);
    }
    if (in.chance(128)) {
        constant_field(in, plan, comp.fields[0].storage, below, c);
        c.i32_const(4 + in.below(8));
        return c.op(Opcode::ArrayNew, type);
    }
    auto const count = 4 + in.below(2);
    for (std::uint32_t i = 0; i < count; ++i)
        constant_field(in, plan, comp.fields[0].storage, below, c);
    c.op(Opcode::ArrayNewFixed, type, count);
}

/// A leaf whose type is below this one.
std::optional<Index> constant_function(Entropy& in, ModulePlan const& plan, HeapType heap)
{
    std::vector<Index> fitting;
    for (Index f = 0; f < plan.funcs.size(); ++f) {
        if (!plan.funcs[f].is_leaf)
            continue;
        auto module_type = std::ranges::find(plan.types.funcs, plan.funcs[f].type,
            [&](Index t) -> FuncType const& { return plan.types.types[t].comp.func; });
        if (heap == HeapType{AbsHeapType::Func} ||
            (module_type != plan.types.funcs.end() &&
                matches(plan.types, HeapType::type(*module_type), heap)))
            fitting.push_back(f);
    }
    if (fitting.empty())
        return std::nullopt;
    return one_of(in, fitting);
}

/// Of the hierarchy of any: an object of the type, or of one below it.
void constant_any(Entropy& in, ModulePlan const& plan, HeapType heap, std::uint32_t depth, Code& c)
{
    std::vector<Index> fitting;
    for (auto const* const objects : {&plan.types.structs, &plan.types.arrays})
        for (auto const t : *objects)
            if (matches(plan.types, HeapType::type(t), heap))
                fitting.push_back(t);
    auto const takes_i31 = matches(plan.types, AbsHeapType::I31, heap);
    if (fitting.empty() || (takes_i31 && in.chance(128)))
        return constant_i31(in, c);
    constant_object(in, plan, one_of(in, fitting), depth, c);
}

void constant_at(Entropy& in, ModulePlan const& plan, ValType type, std::uint32_t depth, Code& c)
{
    auto const of = family(plan.types, type.heap);
    auto const is_null = type.nullable && in.chance(shape.null_object);
    if (is_null)
        return c.ref_null(type.heap);
    if (of == AbsHeapType::Func) {
        if (auto const f = constant_function(in, plan, type.heap))
            return c.op(Opcode::RefFunc, *f);
        return c.ref_null(type.heap);
    }
    if (of == AbsHeapType::Any)
        return constant_any(in, plan, type.heap, depth, c);
    c.ref_null(type.heap);
}

void constant_field(
    Entropy& in, ModulePlan const& plan, StorageType const& s, std::uint32_t depth, Code& c)
{
    auto const t = s.unpacked;
    if (t.is_vec())
        return c.vector(Opcode::V128Const, vector_bytes(boundary_vector(in)));
    if (!t.is_ref())
        return c.constant(t.kind, boundary_biased(in, t.kind));
    if (depth == 0 && t.nullable)
        return c.ref_null(t.heap);
    constant_at(in, plan, t, depth, c);
}

Expr constant(Entropy& in, ModulePlan const& plan, ValType type, std::uint32_t depth)
{
    Code c;
    constant_at(in, plan, type, depth, c);
    c.end();
    return c.take();
}

void add_typed_table(Entropy& in, ModulePlan& plan)
{
    auto element = typed_reference_type(in, plan);
    auto const is_solid = in.chance(96);
    if (is_solid)
        element = non_null(element);
    auto const min = 4 + in.below(5);
    auto const max = min + in.below(8);
    auto const at = address_type(in, plan, shape.wide_table);
    Table table{.type = {{.addr = at, .min = min, .max = max}, element}, .init = std::nullopt};
    if (is_solid || in.chance(64))
        table.init = constant(in, plan, element, 1);
    plan.module.tables.push_back(std::move(table));
    plan.tables.push_back({.element = element, .size = min, .addr = at, .runs = {}});
    Elem elem{.mode = Elem::Mode::Active,
        .table = static_cast<Index>(plan.tables.size() - 1),
        .offset = constant_expr(as_valtype(at).kind, 0),
        .type = element};
    while (elem.init.size() < min)
        elem.init.push_back(constant(in, plan, element, 1));
    plan.elems.push_back({.size = min, .element = element});
    plan.module.elems.push_back(std::move(elem));
}

/// What array.new_data, array.new_elem and their kin read.
void add_array_segments(Entropy& in, ModulePlan& plan)
{
    constexpr std::uint32_t bytes = 80; // four vectors and more
    constexpr std::uint32_t references = 8;
    Data data{.mode = Data::Mode::Passive};
    auto const first = in.byte();
    auto const step = in.byte();
    for (std::uint32_t i = 0; i < bytes; ++i)
        data.bytes.push_back(static_cast<std::uint8_t>(first + i * step));
    plan.datas.push_back({.is_passive = true, .size = bytes, .stays = true});
    plan.module.datas.push_back(std::move(data));
    plan.module.has_data_count = true;
    std::vector<ValType> elements;
    for (auto const a : plan.types.arrays)
        if (auto const t = plan.types.types[a].comp.fields[0].storage.unpacked; t.is_ref())
            elements.push_back(t);
    auto const element = one_of(in, elements);
    Elem elem{.mode = Elem::Mode::Passive, .type = element};
    while (elem.init.size() < references)
        elem.init.push_back(constant(in, plan, element, 0));
    plan.elems.push_back(
        {.is_passive = true, .size = references, .element = element, .stays = true});
    plan.module.elems.push_back(std::move(elem));
}

} // namespace

ModulePlan empty_plan(Groups groups, FeatureSet features, TypePlan const& types)
{
    ModulePlan plan;
    plan.groups = groups;
    plan.features = features;
    plan.palette = palette_of(groups, features);
    plan.types = types;
    plan.module.types = types.types;
    plan.module.rec_groups = types.groups;
    return plan;
}

ValType typed_reference_type(Entropy& in, ModulePlan const& plan)
{
    auto const& t = plan.types;
    auto const concrete = [&in](std::vector<Index> const& from) {
        return ValType::ref(true, HeapType::type(one_of(in, from)));
    };
    if (t.structs.empty() || in.chance(40))
        return concrete(t.funcs);
    switch (in.below(12)) {
    case 0: return anyref;
    case 1: return ValType::ref(true, AbsHeapType::Eq);
    case 2: return ValType::ref(true, AbsHeapType::I31);
    case 3: return ValType::ref(true, AbsHeapType::Struct);
    case 4: return ValType::ref(true, AbsHeapType::Array);
    case 5:
    case 6:
    case 7: return concrete(t.arrays);
    default: return concrete(t.structs);
    }
}

void constant_reference(Entropy& in, ModulePlan const& plan, ValType type, Code& c)
{
    constant_at(in, plan, type, 2, c);
}

void add_typed_state(Entropy& in, ModulePlan& plan)
{
    if (plan.types.types.empty())
        return;
    for (auto n = 1 + in.below(2); n > 0; --n) {
        auto type = typed_reference_type(in, plan);
        if (in.chance(128))
            type = non_null(type);
        add_global(in, plan, type, !in.chance(40));
    }
    if (in.chance(160))
        add_typed_table(in, plan);
    if (!plan.types.arrays.empty())
        add_array_segments(in, plan);
}

} // namespace touchstone::generators
