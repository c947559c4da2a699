// Structures (exec/instructions.html#exec-struct.new and after it).

#include "engine/reference/rules.hpp"

namespace touchstone::reference {

namespace {

Layout const& layout_of_type(Machine& z, Index x)
{
    return z.store.types.layout(z.type(x));
}

std::optional<Index> new_struct(Machine& z, Index x)
{
    return z.allocate(
        RefKind::Struct, static_cast<Index>(z.type(x)), size_of_struct(layout_of_type(z, x)));
}

void push_struct(Machine& z, Index a)
{
    z.push(to_val({.kind = RefKind::Struct, .payload = a}));
}

/// Step/struct.new, add_structinst — exec/instructions.html#exec-struct.new
///   z; val^n (struct.new x)  ~>  z[.STRUCTS =++ si]; (ref.struct_addr a)
///     if a = |z.STRUCTS|  and  si = {TYPE z.TYPES[x], FIELDS (packfield_zt(val))^n}
Step struct_new(Machine& z, Instr const& i)
{
    auto const a = new_struct(z, i.x);
    if (!a)
        return z.exhausted(Limit::Heap);
    auto const& si = z.store.heap.at(RefKind::Struct, *a);
    auto const n = si.length;
    auto const* val = z.topmost(n).data();
    for (auto const& place : layout_of_type(z, i.x).places)
        store_field(si.bytes.get() + place.offset, place.storage, *val++);
    z.drop(n);
    push_struct(z, *a);
    return applied(RuleName::StructNew);
}

/// Step_read/struct.new_default — exec/instructions.html#exec-struct.new_default
///   z; (struct.new_default x)  ~>  val* (struct.new x)    if (default_(unpack(zt)) = val)*
/// All zero is the default value of every type that has one.
Step struct_new_default(Machine& z, Instr const& i)
{
    auto const a = new_struct(z, i.x);
    if (!a)
        return z.exhausted(Limit::Heap);
    push_struct(z, *a);
    return applied(RuleName::StructNewDefault);
}

/// Step_read/struct.get-null, Step_read/struct.get-struct —
/// exec/instructions.html#exec-struct.get
///   z; (ref.null_addr) (struct.get sx? x i)  ~>  trap
///   z; (ref.struct_addr a) (struct.get sx? x i)  ~> unpackfield_zt*[i]^sx?(z.STRUCTS[a].FIELDS[i])
template <auto unpackfield>
Step struct_get(Machine& z, Instr const& in)
{
    auto const ref = to_ref(z.pop());
    if (ref.kind == RefKind::Null)
        return z.trap(Trap::NullStructureReference, RuleName::StructGetNull);
    auto const& place = layout_of_type(z, in.x).places[in.y];
    z.push(unpackfield(z.object(ref).bytes.get() + place.offset, place.storage));
    return applied(RuleName::StructGetStruct);
}

/// Step/struct.set-null, Step/struct.set-struct, with_struct —
/// exec/instructions.html#exec-struct.set
///   z; (ref.null_addr) val (struct.set x i)  ~>  z; trap
///   z; (ref.struct_addr a) val (struct.set x i)  ~>  z[.STRUCTS[a].FIELDS[i] = fv]; eps
///     if fv = packfield_zt*[i](val)
Step struct_set(Machine& z, Instr const& in)
{
    auto const val = z.pop();
    auto const ref = to_ref(z.pop());
    if (ref.kind == RefKind::Null)
        return z.trap(Trap::NullStructureReference, RuleName::StructSetNull);
    auto const& place = layout_of_type(z, in.x).places[in.y];
    store_field(z.object(ref).bytes.get() + place.offset, place.storage, val);
    return applied(RuleName::StructSetStruct);
}

} // namespace

void add_struct_rules(RuleTable& rules)
{
    rules[Opcode::StructNew] = struct_new;
    rules[Opcode::StructNewDefault] = struct_new_default;
    rules[Opcode::StructGet] = struct_get<load_field>;
    rules[Opcode::StructGetU] = struct_get<load_field>;
    rules[Opcode::StructGetS] = struct_get<load_field_s>;
    rules[Opcode::StructSet] = struct_set;
}

} // namespace touchstone::reference
