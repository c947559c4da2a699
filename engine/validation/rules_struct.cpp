// Structures: valid/instructions.html#valid-struct.new

#include "engine/validation/code.hpp"

#include <fmt/format.h>

#include <array>

namespace touchstone {

/// Instr_ok/struct.new — valid/instructions.html#valid-struct.new
///   C |- STRUCT.NEW x : $unpack(zt)* -> (REF x)
///   -- Expand: C.TYPES[x] ~~ STRUCT (mut? zt)*
void CodeValidator::struct_new(Instr const& i)
{
    auto const& fields = c_.struct_type(i.x);
    for (auto f = fields.rbegin(); f != fields.rend(); ++f) {
        if (operands_.held() == 0 && frames_.back().unreachable)
            break; // anything fits the rest
        pop(f->storage.unpacked);
    }
    push_ref(false, HeapType::type(i.x));
}

/// Instr_ok/struct.new_default — valid/instructions.html#valid-struct.new_default
///   C |- STRUCT.NEW_DEFAULT x : eps -> (REF x)
///   -- Expand: C.TYPES[x] ~~ STRUCT (mut? zt)*
///   -- (Defaultable: |- $unpack(zt) DEFAULTABLE)*
void CodeValidator::struct_new_default(Instr const& i)
{
    static_cast<void>(c_.struct_type(i.x));
    require(c_.defaultable[i.x], "field type is not defaultable");
    push_ref(false, HeapType::type(i.x));
}

static FieldType field(std::vector<FieldType> const& fields, Index i)
{
    if (i >= fields.size())
        violate_unknown("field", i);
    return fields[i];
}

/// Instr_ok/struct.get — valid/instructions.html#valid-struct.get
///   C |- STRUCT.GET sx? x i : (REF NULL x) -> $unpack(zt)
///   -- Expand: C.TYPES[x] ~~ STRUCT ft*
///   -- if ft*[i] = mut? zt
///   -- if sx? =/= eps <=> $is_packtype(zt)
void CodeValidator::struct_get(Instr const& i, bool extends)
{
    auto const zt = field(c_.struct_type(i.x), i.y).storage;
    bool const packed = zt.pack != StorageType::Pack::No;
    require(extends == packed, packed ? "field is packed" : "field is unpacked");
    pop_ref(true, HeapType::type(i.x));
    push(zt.unpacked);
}

/// Instr_ok/struct.set — valid/instructions.html#valid-struct.set
///   C |- STRUCT.SET x i : (REF NULL x) $unpack(zt) -> eps
///   -- Expand: C.TYPES[x] ~~ STRUCT ft*
///   -- if ft*[i] = MUT zt
void CodeValidator::struct_set(Instr const& i)
{
    auto const ft = field(c_.struct_type(i.x), i.y);
    require(ft.is_mutable, "immutable field");
    pop(std::array{ValType::ref(true, HeapType::type(i.x)), ft.storage.unpacked});
}

} // namespace touchstone
