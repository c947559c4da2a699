#include "generators/shape.hpp"
#include "generators/smith_function.hpp"

namespace touchstone::generators {

void FunctionWriter::new_object(Index type, std::uint32_t depth)
{
    if (plan_.types.types[type].comp.kind == CompType::Kind::Struct)
        new_struct(type, depth);
    else
        new_array(type, depth);
}

void FunctionWriter::field_value(StorageType const& s, std::uint32_t depth)
{
    auto const t = s.unpacked;
    if (t.is_ref() && t.nullable && depth == 0 && !existing(t))
        return code_.ref_null(t.heap);
    if (t.is_ref() && t.nullable && depth == 0)
        return;
    expression(t, depth);
}

void FunctionWriter::new_struct(Index type, std::uint32_t depth)
{
    auto const comp = plan_.types.types[type].comp;
    if (has_default(comp) && in_.chance(depth == 0 ? 80 : 32))
        return code_.op(Opcode::StructNewDefault, type);
    for (auto const& f : comp.fields)
        field_value(f.storage, depth == 0 ? 0 : depth - 1);
    code_.op(Opcode::StructNew, type);
}

/// A reference to read from or write to, which is null at a risk only.
void FunctionWriter::object_operand(Index type, std::uint32_t depth)
{
    if (!risk())
        return typed_reference(ValType::ref(false, HeapType::type(type)), depth);
    if (in_.chance(100))
        return code_.ref_null(HeapType::type(type));
    typed_reference(ValType::ref(true, HeapType::type(type)), depth);
}

/// What a field of a struct or an element of an array holds.
void FunctionWriter::get_field(Index type, Index field, std::uint32_t depth)
{
    auto const& comp = plan_.types.types[type].comp;
    auto const is_packed = comp.fields[field].storage.pack != StorageType::Pack::No;
    auto const is_signed = is_packed && in_.chance(128);
    if (comp.kind == CompType::Kind::Struct) {
        object_operand(type, depth);
        return code_.op(!is_packed  ? Opcode::StructGet
                        : is_signed ? Opcode::StructGetS
                                    : Opcode::StructGetU,
            type, field);
    }
    array_place(type, depth);
    code_.op(!is_packed  ? Opcode::ArrayGet
             : is_signed ? Opcode::ArrayGetS
                         : Opcode::ArrayGetU,
        type);
}

std::optional<FunctionWriter::Part> FunctionWriter::some_part(
    std::function<bool(CompType const&, FieldType const&)> const& fits)
{
    std::vector<Part> fitting;
    auto const& types = plan_.types.types;
    for (Index i = 0; i < types.size(); ++i)
        for (Index f = 0; f < types[i].comp.fields.size(); ++f)
            if (fits(types[i].comp, types[i].comp.fields[f]))
                fitting.push_back({.type = i, .field = f});
    if (fitting.empty())
        return std::nullopt;
    return fitting[in_.below(static_cast<std::uint32_t>(fitting.size()))];
}

/// A number out of an object, or about a reference.
bool FunctionWriter::object_number(ValType t, std::uint32_t depth)
{
    if (t == i32 && in_.chance(100))
        return reference_number(depth - 1);
    auto const part =
        some_part([t](CompType const&, FieldType const& f) { return f.storage.unpacked == t; });
    if (!part)
        return false;
    get_field(part->type, part->field, depth - 1);
    return true;
}

void FunctionWriter::set_field(std::uint32_t depth)
{
    auto const part = some_part([](CompType const& c, FieldType const& f) {
        return c.kind == CompType::Kind::Struct && f.is_mutable;
    });
    if (!part)
        return array_statement();
    auto const storage = plan_.types.types[part->type].comp.fields[part->field].storage;
    object_operand(part->type, depth);
    field_value(storage, depth);
    code_.op(Opcode::StructSet, part->type, part->field);
}

void FunctionWriter::object_statement(std::uint32_t nesting)
{
    switch (in_.below(10)) {
    case 0:
    case 1:
    case 2: return set_field(2);
    case 3:
    case 4:
    case 5:
    case 6: return array_statement();
    case 7: return cast_statement(nesting);
    default: return assign(typed_reference_type(in_, plan_));
    }
}

} // namespace touchstone::generators
