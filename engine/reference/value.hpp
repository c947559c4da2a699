#pragma once
// Values as the reference engine keeps them (exec/runtime.html#values), and their way in and out.
//
// Key to the letters of the specification used in this folder:
//   i j n   numbers taken from the stack      x y z   indices of a module      a   an address of
//   the store c       a constant                        t nt    a value or number type   at  an
//   address type

#include "engine/embedding/value.hpp"

#include <cstdint>

namespace touchstone::reference {

/// A number (zero-extended), the halves of a vector, or a reference: which one is known from the
/// type, as validation guarantees. All zero is the default value of every defaultable type.
struct Val
{
    std::uint64_t lo = 0;
    std::uint64_t hi = 0;
    friend constexpr bool operator==(Val const&, Val const&) = default;
};

/// A reference value (exec/runtime.html#syntax-ref).
struct Ref
{
    RefKind kind = RefKind::Null;
    bool is_extern = false;
    std::uint64_t payload = 0;
    friend constexpr bool operator==(Ref const&, Ref const&) = default;
};
static_assert(static_cast<unsigned>(RefKind::Null) == 0);

[[nodiscard]] constexpr Val to_val(Ref r)
{
    return {r.payload, static_cast<std::uint64_t>(r.kind) | std::uint64_t{r.is_extern} << 8};
}

[[nodiscard]] constexpr Ref to_ref(Val v)
{
    return {static_cast<RefKind>(v.hi & 0xFF), (v.hi >> 8 & 1) != 0, v.lo};
}

/// Bits that the kind does not have are left behind: the embedder is not bound by validation.
[[nodiscard]] constexpr Val from_embedding(Value const& v)
{
    switch (v.kind) {
    case ValType::Kind::I32:
    case ValType::Kind::F32: return {v.lo & 0xFFFF'FFFF};
    case ValType::Kind::I64:
    case ValType::Kind::F64: return {v.lo};
    case ValType::Kind::Ref: return v.is_null() ? Val{} : to_val({v.ref, v.is_extern, v.lo});
    default: return {v.lo, v.hi};
    }
}

[[nodiscard]] constexpr Value to_embedding(Val v, ValType t)
{
    if (!t.is_ref())
        return {.kind = t.kind, .lo = v.lo, .hi = v.hi};
    auto const r = to_ref(v);
    return Value::reference(r.kind, r.payload, r.is_extern);
}

} // namespace touchstone::reference
