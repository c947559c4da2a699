// Arrays: many elements at once (exec/instructions.html#exec-array.fill and after it).

#include "engine/reference/elements.hpp"
#include "engine/reference/growing.hpp"
#include "engine/reference/rules.hpp"

#include <algorithm>

namespace touchstone::reference {

namespace {

/// Step_read/array.new_data-oob, Step_read/array.new_data-num —
/// exec/instructions.html#exec-array.new_data
///   z; (i32.const i) (i32.const n) (array.new_data x y)  ~>  trap
///     if i + n * zsize(zt)/8 > |z.DATAS[y].BYTES|
///   z; (i32.const i) (i32.const n) (array.new_data x y)  ~>  c^n (array.new_fixed x n)
///     if concatn_((zbytes_zt(c))^n) = z.DATAS[y].BYTES[i : n * zsize(zt)/8]
Step array_new_data(Machine& z, Instr const& in)
{
    auto const data = z.data(in.y).bytes;
    auto const n = z.pop<std::uint32_t>();
    auto const i = z.pop<std::uint32_t>();
    auto const bytes = n * z.store.types.layout(z.type(in.x)).size;
    if (!within(i, bytes, data.size()))
        return z.trap(Trap::OutOfBoundsMemoryAccess, RuleName::ArrayNewDataOob);
    if (!z.spend(moving_cost(bytes, bytes_at_once)))
        return z.out_of_fuel();
    auto const a = new_array(z, in.x, n);
    if (!a)
        return z.exhausted(Limit::Heap);
    std::ranges::copy(data.subspan(i, bytes), elements_at(z, in.x, *a).at(0));
    push_array(z, *a);
    return applied(RuleName::ArrayNewDataNum);
}

/// Step_read/array.new_elem-oob, Step_read/array.new_elem-alloc —
/// exec/instructions.html#exec-array.new_elem
///   z; (i32.const i) (i32.const n) (array.new_elem x y)  ~>  trap    if i + n > |z.ELEMS[y].REFS|
///   z; (i32.const i) (i32.const n) (array.new_elem x y)  ~>  ref^n (array.new_fixed x n)
///     if ref^n = z.ELEMS[y].REFS[i : n]
Step array_new_elem(Machine& z, Instr const& in)
{
    auto const& refs = z.elem(in.y).refs;
    auto const n = z.pop<std::uint32_t>();
    auto const i = z.pop<std::uint32_t>();
    if (!within(i, n, refs.size()))
        return z.trap(Trap::OutOfBoundsTableAccess, RuleName::ArrayNewElemOob);
    if (!z.spend(moving_cost(n, elements_at_once)))
        return z.out_of_fuel();
    auto const a = new_array(z, in.x, n);
    if (!a)
        return z.exhausted(Limit::Heap);
    auto const fields = elements_at(z, in.x, *a);
    for (std::uint64_t k = 0; k < n; ++k)
        fields.set(k, refs[i + k]);
    push_array(z, *a);
    return applied(RuleName::ArrayNewElemAlloc);
}

/// Step_read/array.fill-null, Step_read/array.fill-oob, Step_read/array.fill-zero,
/// Step_read/array.fill-succ — exec/instructions.html#exec-array.fill
///   z; (ref.null_addr) (i32.const i) val (i32.const n) (array.fill x)  ~>  trap
///   z; (ref.array_addr a) ... (array.fill x)  ~>  trap    if i + n > |z.ARRAYS[a].FIELDS|
///   ... (i32.const 0) (array.fill x)  ~>  eps
///   ... (i32.const n) (array.fill x)  ~>  (ref.array_addr a) (i32.const i) val (array.set x)
///         (ref.array_addr a) (i32.const i+1) val (i32.const n-1) (array.fill x)
Step array_fill(Machine& z, Instr const& in)
{
    auto const n = z.pop<std::uint32_t>();
    auto const val = z.pop();
    auto const i = z.pop<std::uint32_t>();
    auto const ref = to_ref(z.pop());
    if (ref.kind == RefKind::Null)
        return z.trap(Trap::NullArrayReference, RuleName::ArrayFillNull);
    Elements const fields{z, in.x, z.object(ref)};
    if (!within(i, n, fields.size()))
        return z.trap(Trap::OutOfBoundsArrayAccess, RuleName::ArrayFillOob);
    if (!z.spend(moving_cost(n, elements_at_once)))
        return z.out_of_fuel();
    for (std::uint64_t k = 0; k < n; ++k)
        fields.set(i + k, val);
    z.also(RuleName::ArrayFillSucc, n);
    return applied(RuleName::ArrayFillZero);
}

/// Step_read/array.copy-null1, Step_read/array.copy-null2, Step_read/array.copy-oob1,
/// Step_read/array.copy-oob2, Step_read/array.copy-zero, Step_read/array.copy-le,
/// Step_read/array.copy-gt — exec/instructions.html#exec-array.copy
///   z; ref1 (i32.const i1) ref2 (i32.const i2) (i32.const n) (array.copy x1 x2)  ~>  trap
///     if ref1 or ref2 is ref.null_addr, or i1 + n > |z.ARRAYS[a1].FIELDS|,
///     or i2 + n > |z.ARRAYS[a2].FIELDS|
///   otherwise element by element, upwards if i1 <= i2, downwards if i1 > i2
Step array_copy(Machine& z, Instr const& in)
{
    auto const n = z.pop<std::uint32_t>();
    auto const i2 = z.pop<std::uint32_t>();
    auto const ref2 = to_ref(z.pop());
    auto const i1 = z.pop<std::uint32_t>();
    auto const ref1 = to_ref(z.pop());
    if (ref1.kind == RefKind::Null)
        return z.trap(Trap::NullArrayReference, RuleName::ArrayCopyNull1);
    if (ref2.kind == RefKind::Null)
        return z.trap(Trap::NullArrayReference, RuleName::ArrayCopyNull2);
    Elements const to{z, in.x, z.object(ref1)};
    Elements const from{z, in.y, z.object(ref2)};
    if (!within(i1, n, to.size()))
        return z.trap(Trap::OutOfBoundsArrayAccess, RuleName::ArrayCopyOob1);
    if (!within(i2, n, from.size()))
        return z.trap(Trap::OutOfBoundsArrayAccess, RuleName::ArrayCopyOob2);
    if (!z.spend(moving_cost(n, elements_at_once)))
        return z.out_of_fuel();
    auto const copy = [&](std::uint64_t k) {
        to.set(i1 + k, load_field(from.at(i2 + k), from.storage()));
    };
    if (i1 <= i2) {
        for (std::uint64_t k = 0; k < n; ++k)
            copy(k);
    } else {
        for (std::uint64_t k = n; k > 0; --k)
            copy(k - 1);
    }
    z.also(i1 <= i2 ? RuleName::ArrayCopyLe : RuleName::ArrayCopyGt, n);
    return applied(RuleName::ArrayCopyZero);
}

/// Step_read/array.init_data-null, Step_read/array.init_data-oob1,
/// Step_read/array.init_data-oob2, Step_read/array.init_data-zero,
/// Step_read/array.init_data-num — exec/instructions.html#exec-array.init_data
///   z; (ref.null_addr) (i32.const i) (i32.const j) (i32.const n) (array.init_data x y)  ~>  trap
///   z; (ref.array_addr a) ... (array.init_data x y)  ~>  trap
///     if i + n > |z.ARRAYS[a].FIELDS|  or  j + n * zsize(zt)/8 > |z.DATAS[y].BYTES|
///   ... (i32.const 0) (array.init_data x y)  ~>  eps
///   ... (i32.const n) (array.init_data x y)  ~>  (ref.array_addr a) (i32.const i) c (array.set x)
///         (ref.array_addr a) (i32.const i+1) (i32.const j+zsize(zt)/8) (i32.const n-1)
///         (array.init_data x y)
///     if zbytes_zt(c) = z.DATAS[y].BYTES[j : zsize(zt)/8]
Step array_init_data(Machine& z, Instr const& in)
{
    auto const data = z.data(in.y).bytes;
    auto const n = z.pop<std::uint32_t>();
    auto const j = z.pop<std::uint32_t>();
    auto const i = z.pop<std::uint32_t>();
    auto const ref = to_ref(z.pop());
    if (ref.kind == RefKind::Null)
        return z.trap(Trap::NullArrayReference, RuleName::ArrayInitDataNull);
    Elements const fields{z, in.x, z.object(ref)};
    if (!within(i, n, fields.size()))
        return z.trap(Trap::OutOfBoundsArrayAccess, RuleName::ArrayInitDataOob1);
    auto const bytes = n * fields.width();
    if (!within(j, bytes, data.size()))
        return z.trap(Trap::OutOfBoundsMemoryAccess, RuleName::ArrayInitDataOob2);
    if (!z.spend(moving_cost(bytes, bytes_at_once)))
        return z.out_of_fuel();
    std::ranges::copy(data.subspan(j, bytes), fields.at(i));
    z.also(RuleName::ArrayInitDataNum, n);
    return applied(RuleName::ArrayInitDataZero);
}

/// Step_read/array.init_elem-null, Step_read/array.init_elem-oob1,
/// Step_read/array.init_elem-oob2, Step_read/array.init_elem-zero,
/// Step_read/array.init_elem-succ — exec/instructions.html#exec-array.init_elem
///   z; (ref.null_addr) (i32.const i) (i32.const j) (i32.const n) (array.init_elem x y)  ~>  trap
///   z; (ref.array_addr a) ... (array.init_elem x y)  ~>  trap
///     if i + n > |z.ARRAYS[a].FIELDS|  or  j + n > |z.ELEMS[y].REFS|
///   ... (i32.const 0) (array.init_elem x y)  ~>  eps
///   ... (i32.const n) (array.init_elem x y)  ~>  (ref.array_addr a) (i32.const i) ref (array.set
///   x)
///         (ref.array_addr a) (i32.const i+1) (i32.const j+1) (i32.const n-1) (array.init_elem x y)
///     if ref = z.ELEMS[y].REFS[j]
Step array_init_elem(Machine& z, Instr const& in)
{
    auto const& refs = z.elem(in.y).refs;
    auto const n = z.pop<std::uint32_t>();
    auto const j = z.pop<std::uint32_t>();
    auto const i = z.pop<std::uint32_t>();
    auto const ref = to_ref(z.pop());
    if (ref.kind == RefKind::Null)
        return z.trap(Trap::NullArrayReference, RuleName::ArrayInitElemNull);
    Elements const fields{z, in.x, z.object(ref)};
    if (!within(i, n, fields.size()))
        return z.trap(Trap::OutOfBoundsArrayAccess, RuleName::ArrayInitElemOob1);
    if (!within(j, n, refs.size()))
        return z.trap(Trap::OutOfBoundsTableAccess, RuleName::ArrayInitElemOob2);
    if (!z.spend(moving_cost(n, elements_at_once)))
        return z.out_of_fuel();
    for (std::uint64_t k = 0; k < n; ++k)
        fields.set(i + k, refs[j + k]);
    z.also(RuleName::ArrayInitElemSucc, n);
    return applied(RuleName::ArrayInitElemZero);
}

} // namespace

void add_array_move_rules(RuleTable& rules)
{
    rules[Opcode::ArrayNewData] = array_new_data;
    rules[Opcode::ArrayNewElem] = array_new_elem;
    rules[Opcode::ArrayFill] = array_fill;
    rules[Opcode::ArrayCopy] = array_copy;
    rules[Opcode::ArrayInitData] = array_init_data;
    rules[Opcode::ArrayInitElem] = array_init_elem;
}

} // namespace touchstone::reference
