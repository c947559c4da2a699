// Arrays: valid/instructions.html#valid-array.new

#include "engine/validation/code.hpp"
#include "engine/validation/type_names.hpp"

#include <fmt/format.h>

#include <array>

namespace touchstone {

static ValType ref_to(Index x)
{
    return ValType::ref(true, HeapType::type(x));
}

/// Expand: C.TYPES[x] ~~ ARRAY (MUT zt)
static StorageType mutable_array(Context const& c, Index x)
{
    auto const ft = c.array_type(x);
    require(ft.is_mutable, "immutable array");
    return ft.storage;
}

/// if $unpack(zt) = numtype  or  $unpack(zt) = vectype
static void require_bits(ValType unpacked)
{
    require(!unpacked.is_ref(), "array type is not numeric or vector");
}

static void require_elem_matches(Context const& c, Index segment, StorageType zt)
{
    auto const rt = c.elem(segment);
    if (!c.match().storage({StorageType::Pack::No, rt}, zt))
        violate(fmt::format("type mismatch: element segment's type {} does not match array's {}",
            words(rt), words(zt.unpacked)));
}

/// Instr_ok/array.new — valid/instructions.html#valid-array.new
///   C |- ARRAY.NEW x : $unpack(zt) I32 -> (REF x)
///   -- Expand: C.TYPES[x] ~~ ARRAY (mut? zt)
void CodeValidator::array_new(Instr const& i)
{
    pop(std::array{c_.array_type(i.x).storage.unpacked, i32});
    push_ref(false, HeapType::type(i.x));
}

/// Instr_ok/array.new_default — valid/instructions.html#valid-array.new_default
///   C |- ARRAY.NEW_DEFAULT x : I32 -> (REF x)
///   -- Expand: C.TYPES[x] ~~ ARRAY (mut? zt)
///   -- Defaultable: |- $unpack(zt) DEFAULTABLE
void CodeValidator::array_new_default(Instr const& i)
{
    require(defaultable(c_.array_type(i.x).storage.unpacked), "array type is not defaultable");
    pop(i32);
    push_ref(false, HeapType::type(i.x));
}

/// Instr_ok/array.new_fixed — valid/instructions.html#valid-array.new_fixed
///   C |- ARRAY.NEW_FIXED x n : $unpack(zt)^n -> (REF x)
///   -- Expand: C.TYPES[x] ~~ ARRAY (mut? zt)
void CodeValidator::array_new_fixed(Instr const& i)
{
    pop_many(c_.array_type(i.x).storage.unpacked, i.y);
    push_ref(false, HeapType::type(i.x));
}

/// Instr_ok/array.new_elem — valid/instructions.html#valid-array.new_elem
///   C |- ARRAY.NEW_ELEM x y : I32 I32 -> (REF x)
///   -- Expand: C.TYPES[x] ~~ ARRAY (mut? rt)
///   -- Reftype_sub: C |- C.ELEMS[y] <: rt
void CodeValidator::array_new_elem(Instr const& i)
{
    require_elem_matches(c_, i.y, c_.array_type(i.x).storage);
    pop(std::array{i32, i32});
    push_ref(false, HeapType::type(i.x));
}

/// Instr_ok/array.new_data — valid/instructions.html#valid-array.new_data
///   C |- ARRAY.NEW_DATA x y : I32 I32 -> (REF x)
///   -- Expand: C.TYPES[x] ~~ ARRAY (mut? zt)
///   -- if $unpack(zt) = numtype  or  $unpack(zt) = vectype
///   -- if C.DATAS[y] = OK
void CodeValidator::array_new_data(Instr const& i)
{
    auto const ft = c_.array_type(i.x);
    require_bits(ft.storage.unpacked);
    c_.data(i.y);
    pop(std::array{i32, i32});
    push_ref(false, HeapType::type(i.x));
}

/// Instr_ok/array.get — valid/instructions.html#valid-array.get
///   C |- ARRAY.GET sx? x : (REF NULL x) I32 -> $unpack(zt)
///   -- Expand: C.TYPES[x] ~~ ARRAY (mut? zt)
///   -- if sx? =/= eps <=> $is_packtype(zt)
void CodeValidator::array_get(Instr const& i, bool extends)
{
    auto const zt = c_.array_type(i.x).storage;
    bool const packed = zt.pack != StorageType::Pack::No;
    require(extends == packed, packed ? "array is packed" : "array is unpacked");
    pop(std::array{ref_to(i.x), i32});
    push(zt.unpacked);
}

/// Instr_ok/array.set — valid/instructions.html#valid-array.set
///   C |- ARRAY.SET x : (REF NULL x) I32 $unpack(zt) -> eps
///   -- Expand: C.TYPES[x] ~~ ARRAY (MUT zt)
void CodeValidator::array_set(Instr const& i)
{
    auto const zt = mutable_array(c_, i.x);
    pop(std::array{ref_to(i.x), i32, zt.unpacked});
}

/// Instr_ok/array.len — valid/instructions.html#valid-array.len
///   C |- ARRAY.LEN : (REF NULL ARRAY) -> I32
void CodeValidator::array_len()
{
    pop_ref(true, AbsHeapType::Array);
    push(i32);
}

/// Instr_ok/array.fill — valid/instructions.html#valid-array.fill
///   C |- ARRAY.FILL x : (REF NULL x) I32 $unpack(zt) I32 -> eps
///   -- Expand: C.TYPES[x] ~~ ARRAY (MUT zt)
void CodeValidator::array_fill(Instr const& i)
{
    auto const zt = mutable_array(c_, i.x);
    pop(std::array{ref_to(i.x), i32, zt.unpacked, i32});
}

/// Instr_ok/array.copy — valid/instructions.html#valid-array.copy
///   C |- ARRAY.COPY x_1 x_2 : (REF NULL x_1) I32 (REF NULL x_2) I32 I32 -> eps
///   -- Expand: C.TYPES[x_1] ~~ ARRAY (MUT zt_1)
///   -- Expand: C.TYPES[x_2] ~~ ARRAY (mut? zt_2)
///   -- Storagetype_sub: C |- zt_2 <: zt_1
void CodeValidator::array_copy(Instr const& i)
{
    auto const zt1 = mutable_array(c_, i.x);
    auto const zt2 = c_.array_type(i.y).storage;
    require(c_.match().storage(zt2, zt1), "array types do not match");
    pop(std::array{ref_to(i.x), i32, ref_to(i.y), i32, i32});
}

/// Instr_ok/array.init_elem — valid/instructions.html#valid-array.init_elem
///   C |- ARRAY.INIT_ELEM x y : (REF NULL x) I32 I32 I32 -> eps
///   -- Expand: C.TYPES[x] ~~ ARRAY (MUT zt)
///   -- Storagetype_sub: C |- C.ELEMS[y] <: zt
void CodeValidator::array_init_elem(Instr const& i)
{
    require_elem_matches(c_, i.y, mutable_array(c_, i.x));
    pop(std::array{ref_to(i.x), i32, i32, i32});
}

/// Instr_ok/array.init_data — valid/instructions.html#valid-array.init_data
///   C |- ARRAY.INIT_DATA x y : (REF NULL x) I32 I32 I32 -> eps
///   -- Expand: C.TYPES[x] ~~ ARRAY (MUT zt)
///   -- if $unpack(zt) = numtype  or  $unpack(zt) = vectype
///   -- if C.DATAS[y] = OK
void CodeValidator::array_init_data(Instr const& i)
{
    auto const zt = mutable_array(c_, i.x);
    require_bits(zt.unpacked);
    c_.data(i.y);
    pop(std::array{ref_to(i.x), i32, i32, i32});
}

} // namespace touchstone
