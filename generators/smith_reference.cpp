#include "generators/boundary.hpp"
#include "generators/shape.hpp"
#include "generators/smith_function.hpp"

namespace touchstone::generators {

/// Something is in every typed local before anything else happens: parameters that came as null
/// and locals get an object each.
void FunctionWriter::prime_references()
{
    auto const params = plan_.funcs[function_].type.params.size();
    for (Index i = 0; i < locals_.size(); ++i) {
        auto const t = locals_[i];
        primed_ = i;
        if (!is_typed(t) || t == exnref || (t.nullable && in_.chance(24)))
            continue;
        if (i < params)
            never_null(t, [&] { code_.op(Opcode::LocalGet, i); });
        else
            fresh(t, 0);
        code_.op(Opcode::LocalSet, i);
    }
    primed_ = static_cast<Index>(locals_.size());
    limit_ += code_.size();
}

/// What `push` leaves, or a fresh object where that is null.
template <class Push>
void FunctionWriter::never_null(ValType t, Push push)
{
    open(Opcode::Block, {}, {non_null(t)}, true);
    push();
    code_.op(Opcode::BrOnNonNull, 0);
    fresh(t, 0);
    close();
}

std::optional<Index> FunctionWriter::matching_local(ValType t)
{
    std::vector<Index> fitting;
    for (Index i = 0; i < locals_.size(); ++i)
        if (matches(plan_.types, locals_[i], t) && (locals_[i].nullable || i < primed_))
            fitting.push_back(i);
    if (fitting.empty())
        return std::nullopt;
    return fitting[in_.below(static_cast<std::uint32_t>(fitting.size()))];
}

std::optional<Index> FunctionWriter::matching_global(ValType t)
{
    std::vector<Index> fitting;
    for (Index i = 0; i < plan_.globals.size() && !budget_.bare; ++i)
        if (matches(plan_.types, plan_.globals[i].type, t))
            fitting.push_back(i);
    if (fitting.empty())
        return std::nullopt;
    return fitting[in_.below(static_cast<std::uint32_t>(fitting.size()))];
}

/// A local or a global that fits as it is.
bool FunctionWriter::existing(ValType t)
{
    if (in_.chance(64))
        if (auto const g = matching_global(t)) {
            code_.op(Opcode::GlobalGet, *g);
            return true;
        }
    auto const l = matching_local(t);
    if (l)
        code_.op(Opcode::LocalGet, *l);
    return l.has_value();
}

bool FunctionWriter::element_of_table(ValType t, std::uint32_t depth)
{
    std::vector<Index> fitting;
    for (Index i = 0; i < plan_.tables.size() && !budget_.bare; ++i)
        if (is_typed(plan_.tables[i].element) && matches(plan_.types, plan_.tables[i].element, t))
            fitting.push_back(i);
    if (fitting.empty())
        return false;
    auto const table = fitting[in_.below(static_cast<std::uint32_t>(fitting.size()))];
    table_index(table, depth);
    code_.op(Opcode::TableGet, table);
    return true;
}

/// A field or an element that holds such references.
bool FunctionWriter::part_of_object(ValType t, std::uint32_t depth)
{
    auto const part = some_part([this, t](CompType const&, FieldType const& f) {
        auto const held = f.storage.unpacked;
        return held.is_ref() && matches(plan_.types, held, t);
    });
    if (!part)
        return false;
    get_field(part->type, part->field, depth);
    return true;
}

void FunctionWriter::typed_reference(ValType t, std::uint32_t depth)
{
    auto const maybe = ValType::ref(true, t.heap);
    if (t.nullable && in_.chance(shape.null_object))
        return code_.ref_null(t.heap);
    if (depth == 0 || !wants_more()) {
        if (!existing(t))
            fresh(t, 0);
        return;
    }
    auto const any_of_them = [&](auto push) {
        if (t.nullable)
            return void(push() || (fresh(t, depth - 1), true));
        never_null(t, [&] {
            if (!push())
                code_.ref_null(t.heap);
        });
    };
    switch (in_.below(12)) {
    case 0:
    case 1:
    case 2:
        if (existing(t))
            return;
        break;
    case 3: return any_of_them([&] { return existing(maybe); });
    case 4:
    case 5: return any_of_them([&] { return part_of_object(maybe, depth - 1); });
    case 6: return any_of_them([&] { return element_of_table(maybe, depth - 1); });
    case 7:
        if (family(plan_.types, t.heap) == AbsHeapType::Any)
            return cast_value(t, depth - 1);
        break;
    case 8:
        typed_reference(t, depth - 1);
        typed_reference(t, depth - 1);
        condition(depth - 1);
        return code_.select(t);
    case 9:
        if (call_value(t, depth))
            return;
        break;
    case 10: // it is not null, but the type does not say so
        fresh(t, depth - 1);
        if (auto const l = local(maybe, true))
            code_.op(Opcode::LocalTee, *l);
        return code_.op(Opcode::RefAsNonNull);
    default: break;
    }
    fresh(t, depth - 1);
}

/// A function that may be called from anywhere, of this type or one below.
void FunctionWriter::fresh_function(ValType t)
{
    std::vector<Index> fitting;
    for (Index f = 0; f < plan_.funcs.size(); ++f) {
        if (!plan_.funcs[f].is_leaf)
            continue;
        auto const type = HeapType::type(type_index(plan_.module, plan_.funcs[f].type));
        auto const is_known = type.index() < plan_.types.types.size();
        if (t.heap.is_abstract() || (is_known && matches(plan_.types, type, t.heap)))
            fitting.push_back(f);
    }
    if (fitting.empty())
        return code_.ref_null(t.heap);
    auto const f = fitting[in_.below(static_cast<std::uint32_t>(fitting.size()))];
    plan_.referenced.resize(plan_.funcs.size());
    plan_.referenced[f] = true;
    code_.op(Opcode::RefFunc, f);
}

/// Something below this type that is no null: allocated here, wherever that can be.
void FunctionWriter::fresh(ValType t, std::uint32_t depth)
{
    auto const of = family(plan_.types, t.heap);
    if (of == AbsHeapType::Func)
        return fresh_function(t);
    if (of == AbsHeapType::Exn)
        return fresh_exception();
    if (of == AbsHeapType::Extern) {
        fresh(ValType::ref(false, AbsHeapType::Any), depth);
        return code_.op(Opcode::ExternConvertAny);
    }
    if (t.heap == HeapType{AbsHeapType::Any} && in_.chance(32)) {
        fresh(ValType::ref(false, AbsHeapType::Eq), depth);
        code_.op(Opcode::ExternConvertAny);
        return code_.op(Opcode::AnyConvertExtern);
    }
    std::vector<Index> fitting;
    for (auto const* const objects : {&plan_.types.structs, &plan_.types.arrays})
        for (auto const type : *objects)
            if (matches(plan_.types, HeapType::type(type), t.heap))
                fitting.push_back(type);
    auto const takes_i31 = matches(plan_.types, AbsHeapType::I31, t.heap);
    if (fitting.empty() || (takes_i31 && in_.chance(100))) {
        expression(i32, depth);
        return code_.op(Opcode::RefI31);
    }
    new_object(fitting[in_.below(static_cast<std::uint32_t>(fitting.size()))], depth);
}

/// Functions of those types are leaves, so that calls end.
bool FunctionWriter::call_ref(ResultType const* results, bool tail)
{
    auto const fuel = shape.leaf_fuel + 4;
    if (!budget_.may_call || !affords(fuel))
        return false;
    std::vector<Index> fitting;
    for (auto const t : plan_.types.funcs)
        if (results == nullptr || plan_.types.types[t].comp.func.results == *results)
            fitting.push_back(t);
    if (fitting.empty())
        return false;
    auto const type = fitting[in_.below(static_cast<std::uint32_t>(fitting.size()))];
    spend(fuel);
    arguments(plan_.types.types[type].comp.func.params);
    auto const takes_any = risk();
    if (takes_any && in_.chance(128))
        code_.ref_null(HeapType::type(type));
    else
        typed_reference(ValType::ref(takes_any, HeapType::type(type)), 2);
    code_.op(tail ? Opcode::ReturnCallRef : Opcode::CallRef, type);
    return true;
}

} // namespace touchstone::generators
