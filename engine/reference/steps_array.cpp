// Arrays, one element at a time, and new ones from operands
// (exec/instructions.html#exec-array.new and after it).

#include "engine/reference/elements.hpp"
#include "engine/reference/growing.hpp"
#include "engine/reference/rules.hpp"

namespace touchstone::reference {

namespace {

/// Step_pure/array.new — exec/instructions.html#exec-array.new
///   val (i32.const n) (array.new x)  ~>  val^n (array.new_fixed x n)
Step array_new(Machine& z, Instr const& in)
{
    auto const n = z.pop<std::uint32_t>();
    if (!z.spend(moving_cost(n, elements_at_once)))
        return z.out_of_fuel();
    auto const a = new_array(z, in.x, n);
    if (!a)
        return z.exhausted(Limit::Heap);
    auto const val = z.pop();
    auto const fields = elements_at(z, in.x, *a);
    for (std::uint32_t i = 0; i < n; ++i)
        fields.set(i, val);
    push_array(z, *a);
    return applied(RuleName::ArrayNew);
}

/// Step_read/array.new_default — exec/instructions.html#exec-array.new_default
///   z; (i32.const n) (array.new_default x)  ~>  val^n (array.new_fixed x n)
///     if default_(unpack(zt)) = val, which is all zero
Step array_new_default(Machine& z, Instr const& in)
{
    auto const n = z.pop<std::uint32_t>();
    if (!z.spend(moving_cost(n, elements_at_once)))
        return z.out_of_fuel();
    auto const a = new_array(z, in.x, n);
    if (!a)
        return z.exhausted(Limit::Heap);
    push_array(z, *a);
    return applied(RuleName::ArrayNewDefault);
}

/// Step/array.new_fixed, add_arrayinst — exec/instructions.html#exec-array.new_fixed
///   z; val^n (array.new_fixed x n)  ~>  z[.ARRAYS =++ ai]; (ref.array_addr a)
///     if a = |z.ARRAYS|  and  ai = {TYPE z.TYPES[x], FIELDS (packfield_zt(val))^n}
Step array_new_fixed(Machine& z, Instr const& in)
{
    auto const n = in.y;
    if (!z.spend(moving_cost(n, elements_at_once)))
        return z.out_of_fuel();
    auto const a = new_array(z, in.x, n);
    if (!a)
        return z.exhausted(Limit::Heap);
    auto const fields = elements_at(z, in.x, *a);
    for (std::uint32_t i = 0; i < n; ++i)
        fields.set(i, z.topmost(n)[i]);
    z.drop(n);
    push_array(z, *a);
    return applied(RuleName::ArrayNewFixed);
}

/// Step_read/array.get-null, Step_read/array.get-oob, Step_read/array.get-array —
/// exec/instructions.html#exec-array.get
///   z; (ref.null_addr) (i32.const i) (array.get sx? x)  ~>  trap
///   z; (ref.array_addr a) (i32.const i) (array.get sx? x)  ~>  trap
///     if i >= |z.ARRAYS[a].FIELDS|
///   z; (ref.array_addr a) (i32.const i) (array.get sx? x)
///     ~>  unpackfield_zt^sx?(z.ARRAYS[a].FIELDS[i])
template <auto unpackfield>
Step array_get(Machine& z, Instr const& in)
{
    auto const i = z.pop<std::uint32_t>();
    auto const ref = to_ref(z.pop());
    if (ref.kind == RefKind::Null)
        return z.trap(Trap::NullArrayReference, RuleName::ArrayGetNull);
    Elements const fields{z, in.x, z.object(ref)};
    if (i >= fields.size())
        return z.trap(Trap::OutOfBoundsArrayAccess, RuleName::ArrayGetOob);
    z.push(unpackfield(fields.at(i), fields.storage()));
    return applied(RuleName::ArrayGetArray);
}

/// Step/array.set-null, Step/array.set-oob, Step/array.set-array, with_array —
/// exec/instructions.html#exec-array.set
///   z; (ref.null_addr) (i32.const i) val (array.set x)  ~>  z; trap
///   z; (ref.array_addr a) (i32.const i) val (array.set x)  ~>  z; trap
///     if i >= |z.ARRAYS[a].FIELDS|
///   z; (ref.array_addr a) (i32.const i) val (array.set x)
///     ~>  z[.ARRAYS[a].FIELDS[i] = packfield_zt(val)]; eps
Step array_set(Machine& z, Instr const& in)
{
    auto const val = z.pop();
    auto const i = z.pop<std::uint32_t>();
    auto const ref = to_ref(z.pop());
    if (ref.kind == RefKind::Null)
        return z.trap(Trap::NullArrayReference, RuleName::ArraySetNull);
    Elements const fields{z, in.x, z.object(ref)};
    if (i >= fields.size())
        return z.trap(Trap::OutOfBoundsArrayAccess, RuleName::ArraySetOob);
    fields.set(i, val);
    return applied(RuleName::ArraySetArray);
}

/// Step_read/array.len-null, Step_read/array.len-array — exec/instructions.html#exec-array.len
///   z; (ref.null_addr) array.len  ~>  trap
///   z; (ref.array_addr a) array.len  ~>  (i32.const |z.ARRAYS[a].FIELDS|)
Step array_len(Machine& z, Instr const&)
{
    auto const ref = to_ref(z.pop());
    if (ref.kind == RefKind::Null)
        return z.trap(Trap::NullArrayReference, RuleName::ArrayLenNull);
    z.push(z.object(ref).length);
    return applied(RuleName::ArrayLenArray);
}

} // namespace

void add_array_rules(RuleTable& rules)
{
    rules[Opcode::ArrayNew] = array_new;
    rules[Opcode::ArrayNewDefault] = array_new_default;
    rules[Opcode::ArrayNewFixed] = array_new_fixed;
    rules[Opcode::ArrayGet] = array_get<load_field>;
    rules[Opcode::ArrayGetU] = array_get<load_field>;
    rules[Opcode::ArrayGetS] = array_get<load_field_s>;
    rules[Opcode::ArraySet] = array_set;
    rules[Opcode::ArrayLen] = array_len;
}

} // namespace touchstone::reference
