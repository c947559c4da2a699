#include "generators/shape.hpp"
#include "generators/smith_function.hpp"

namespace touchstone::generators {

namespace {

constexpr std::uint32_t least_length = 4; ///< of every array but those made at a risk

} // namespace

std::optional<Index> FunctionWriter::segment_for(Index type) const
{
    auto const storage = plan_.types.types[type].comp.fields[0].storage;
    auto const holds_references = width_of(storage) == 0;
    auto const& segments = holds_references ? plan_.elems : plan_.datas;
    for (Index i = 0; i < segments.size(); ++i)
        if (segments[i].stays &&
            (!holds_references || matches(plan_.types, segments[i].element, storage.unpacked)))
            return i;
    return std::nullopt;
}

/// From a segment that nobody drops.
bool FunctionWriter::new_array_of_segment(Index type)
{
    auto const source = segment_for(type);
    if (!source)
        return false;
    auto const width = width_of(plan_.types.types[type].comp.fields[0].storage);
    auto const size = (width == 0 ? plan_.elems : plan_.datas)[*source].size;
    auto const from = in_.below(4);
    auto const most = (size - from) / (width == 0 ? 1 : width);
    code_.i32_const(from);
    if (risk())
        code_.i32_const(most + 1);
    else
        code_.i32_const(least_length + in_.below(most - least_length + 1));
    code_.op(width == 0 ? Opcode::ArrayNewElem : Opcode::ArrayNewData, type, *source);
    return true;
}

void FunctionWriter::new_array(Index type, std::uint32_t depth)
{
    auto const comp = plan_.types.types[type].comp;
    auto const& storage = comp.fields[0].storage;
    auto const length = [this] {
        if (risk())
            return code_.i32_const(in_.below(least_length));
        small(least_length * 3, 1);
        code_.i32_const(least_length);
        code_.op(Opcode::I32Add);
    };
    spend(1);
    switch (in_.below(8)) {
    case 0:
    case 1:
        if (has_default(comp)) {
            length();
            return code_.op(Opcode::ArrayNewDefault, type);
        }
        break;
    case 2:
    case 3:
    case 4:
        if (new_array_of_segment(type))
            return;
        break;
    case 5:
    {
        auto const count = least_length + in_.below(3);
        for (std::uint32_t i = 0; i < count; ++i)
            field_value(storage, 0);
        return code_.op(Opcode::ArrayNewFixed, type, count);
    }
    default: break;
    }
    field_value(storage, depth == 0 ? 0 : depth - 1);
    length();
    code_.op(Opcode::ArrayNew, type);
}

/// A local that holds such an array and never null.
std::optional<Index> FunctionWriter::solid_local(Index type)
{
    return matching_local(ValType::ref(false, HeapType::type(type)));
}

/// An array, and an index that is mostly in it: the first, the last, any.
void FunctionWriter::array_place(Index type, std::uint32_t depth)
{
    auto const l = solid_local(type);
    if (!l || in_.chance(100)) {
        object_operand(type, depth);
        if (risk())
            return code_.i32_const(in_.chance(128) ? 0xFFFF'FFFF : 0x8000'0000);
        return small(least_length, depth);
    }
    auto const array_length = [&] {
        code_.op(Opcode::LocalGet, *l);
        code_.op(Opcode::ArrayLen);
    };
    code_.op(Opcode::LocalGet, *l);
    if (risk())
        return array_length(); // one too far
    if (in_.chance(100))
        return small(least_length, depth);
    if (in_.chance(128)) {
        array_length();
        code_.i32_const(1 + in_.below(least_length));
        return code_.op(Opcode::I32Sub);
    }
    expression(i32, depth);
    array_length();
    code_.op(Opcode::I32RemU);
}

/// The array, where to begin, and how much there is at least from there on.
void FunctionWriter::array_range(Index type, std::uint32_t& length)
{
    auto const from = in_.below(least_length);
    length = least_length - from;
    object_operand(type, 2);
    code_.i32_const(from);
}

void FunctionWriter::array_bulk(Index type)
{
    std::uint32_t length = 0;
    array_range(type, length);
    field_value(plan_.types.types[type].comp.fields[0].storage, 2);
    table_length(length);
    code_.op(Opcode::ArrayFill, type);
}

void FunctionWriter::array_copy(Index type)
{
    auto const& types = plan_.types.types;
    auto const to = types[type].comp.fields[0].storage;
    std::vector<Index> sources;
    for (auto const a : plan_.types.arrays) {
        auto const from = types[a].comp.fields[0].storage;
        if (from.pack == to.pack && matches(plan_.types, from.unpacked, to.unpacked))
            sources.push_back(a);
    }
    auto const source = sources[in_.below(static_cast<std::uint32_t>(sources.size()))];
    if (auto const l = solid_local(type); l && source == type && in_.chance(128)) {
        // onto itself: the ranges overlap
        auto const from = in_.below(3);
        code_.op(Opcode::LocalGet, *l);
        code_.i32_const(in_.below(3));
        code_.op(Opcode::LocalGet, *l);
        code_.i32_const(from);
        table_length(2);
        return code_.op(Opcode::ArrayCopy, type, type);
    }
    std::uint32_t room = 0;
    std::uint32_t available = 0;
    array_range(type, room);
    array_range(source, available);
    table_length(std::min(room, available));
    code_.op(Opcode::ArrayCopy, type, source);
}

void FunctionWriter::array_init(Index type)
{
    auto const source = segment_for(type);
    if (!source)
        return array_bulk(type);
    auto const holds_references = width_of(plan_.types.types[type].comp.fields[0].storage) == 0;
    std::uint32_t room = 0;
    array_range(type, room);
    code_.i32_const(in_.below(4));
    table_length(room);
    code_.op(holds_references ? Opcode::ArrayInitElem : Opcode::ArrayInitData, type, *source);
}

void FunctionWriter::array_statement()
{
    std::vector<Index> fitting;
    for (auto const a : plan_.types.arrays)
        if (plan_.types.types[a].comp.fields[0].is_mutable)
            fitting.push_back(a);
    auto const type = fitting[in_.below(static_cast<std::uint32_t>(fitting.size()))];
    spend(1);
    switch (in_.below(8)) {
    case 0: return array_bulk(type);
    case 1:
    case 2: return array_copy(type);
    case 3:
    case 4: return array_init(type);
    default: break;
    }
    array_place(type, 2);
    field_value(plan_.types.types[type].comp.fields[0].storage, 2);
    code_.op(Opcode::ArraySet, type);
}

} // namespace touchstone::generators
