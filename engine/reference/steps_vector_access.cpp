// Loads and stores of vectors and lanes (exec/instructions.html#exec-vload-val and after it).

#include "engine/reference/access.hpp"
#include "engine/reference/rules_vector.hpp"

namespace touchstone::reference {

namespace {

using i8 = std::uint8_t;
using i16 = std::uint16_t;
using i32 = std::uint32_t;
using i64 = std::uint64_t;

/// The bytes of a vector: vbytes_ — exec/numerics.html#aux-littleendian
constexpr unsigned vector_bytes = 16;

/// Step_read/vload-oob, Step_read/vload-val — exec/instructions.html#exec-vload-val
///   z; (at.const i) (v128.load x ao)  ~>  trap            if i + ao.OFFSET + 16 >
///   |z.MEMS[x].BYTES| z; (at.const i) (v128.load x ao)  ~>  (v128.const c)
///     if vbytes(c) = z.MEMS[x].BYTES[i + ao.OFFSET : 16]
Step vload(Machine& z, Instr const& in)
{
    auto const i = z.pop<std::uint64_t>();
    auto const* const b = bytes_at(z, in, i, vector_bytes);
    if (b == nullptr)
        return z.trap(Trap::OutOfBoundsMemoryAccess, RuleName::VloadOob);
    z.push(Val{from_bytes<i64>(b), from_bytes<i64>(b + 8)});
    return applied(RuleName::VloadVal);
}

/// Step_read/vload-pack-oob, Step_read/vload-pack-val — exec/instructions.html#exec-vload-pack
///   z; (at.const i) (v128.loadKxM_sx x ao)  ~>  (v128.const c)
///     if ibytes_K(j) = z.MEMS[x].BYTES[i + ao.OFFSET + k * K/8 : K/8]  for each k < M
///     and c = inv_lanes(extend_sx(j)^M)
template <Integer packed, Integer L, auto extend>
Step vload_packed(Machine& z, Instr const& in)
{
    auto const i = z.pop<std::uint64_t>();
    auto const* const b = bytes_at(z, in, i, vector_bytes / 2);
    if (b == nullptr)
        return z.trap(Trap::OutOfBoundsMemoryAccess, RuleName::VloadPackOob);
    Lanes<L> c{};
    for (std::size_t k = 0; k < c.size(); ++k)
        c[k] = extend(from_bytes<packed>(b + k * sizeof(packed)));
    z.push(inv_lanes<L>(c));
    return applied(RuleName::VloadPackVal);
}

/// Step_read/vload-splat-oob, Step_read/vload-splat-val — exec/instructions.html#exec-vload-splat
///   z; (at.const i) (v128.loadN_splat x ao)  ~>  (v128.const c)
///     if ibytes_N(j) = z.MEMS[x].BYTES[i + ao.OFFSET : N/8]  and c = inv_lanes(j^M)
template <Integer L>
Step vload_splat(Machine& z, Instr const& in)
{
    auto const i = z.pop<std::uint64_t>();
    auto const* const b = bytes_at(z, in, i, sizeof(L));
    if (b == nullptr)
        return z.trap(Trap::OutOfBoundsMemoryAccess, RuleName::VloadSplatOob);
    Lanes<L> c{};
    c.fill(from_bytes<L>(b));
    z.push(inv_lanes<L>(c));
    return applied(RuleName::VloadSplatVal);
}

/// Step_read/vload-zero-oob, Step_read/vload-zero-val — exec/instructions.html#exec-vload-zero
///   z; (at.const i) (v128.loadN_zero x ao)  ~>  (v128.const c)
///     if ibytes_N(j) = z.MEMS[x].BYTES[i + ao.OFFSET : N/8]  and c = extend_u_N,128(j)
template <Integer L>
Step vload_zero(Machine& z, Instr const& in)
{
    auto const i = z.pop<std::uint64_t>();
    auto const* const b = bytes_at(z, in, i, sizeof(L));
    if (b == nullptr)
        return z.trap(Trap::OutOfBoundsMemoryAccess, RuleName::VloadZeroOob);
    z.push(Val{from_bytes<L>(b), 0});
    return applied(RuleName::VloadZeroVal);
}

/// Step_read/vload_lane-oob, Step_read/vload_lane-val — exec/instructions.html#exec-vload_lane
///   z; (at.const i) (v128.const c1) (v128.loadN_lane x ao j)  ~>  (v128.const c)
///     if ibytes_N(k) = z.MEMS[x].BYTES[i + ao.OFFSET : N/8]
///     and c = inv_lanes(lanes(c1)[[j] = k])
template <Integer L>
Step vload_lane(Machine& z, Instr const& in)
{
    auto c = lanes<L>(z.pop());
    auto const i = z.pop<std::uint64_t>();
    auto const* const b = bytes_at(z, in, i, sizeof(L));
    if (b == nullptr)
        return z.trap(Trap::OutOfBoundsMemoryAccess, RuleName::VloadLaneOob);
    c[in.lane] = from_bytes<L>(b);
    z.push(inv_lanes<L>(c));
    return applied(RuleName::VloadLaneVal);
}

/// Step/vstore-oob, Step/vstore-val — exec/instructions.html#exec-vstore
///   z; (at.const i) (v128.const c) (v128.store x ao)  ~>  z; trap
///     if i + ao.OFFSET + 16 > |z.MEMS[x].BYTES|
///   z; (at.const i) (v128.const c) (v128.store x ao)
///     ~>  z[.MEMS[x].BYTES[i + ao.OFFSET : 16] = vbytes(c)]; eps
Step vstore(Machine& z, Instr const& in)
{
    auto const c = z.pop();
    auto const i = z.pop<std::uint64_t>();
    auto* const b = bytes_at(z, in, i, vector_bytes);
    if (b == nullptr)
        return z.trap(Trap::OutOfBoundsMemoryAccess, RuleName::VstoreOob);
    to_bytes(c.lo, b);
    to_bytes(c.hi, b + 8);
    return applied(RuleName::VstoreVal);
}

/// Step/vstore_lane-oob, Step/vstore_lane-val — exec/instructions.html#exec-vstore_lane
///   z; (at.const i) (v128.const c) (v128.storeN_lane x ao j)
///     ~>  z[.MEMS[x].BYTES[i + ao.OFFSET : N/8] = ibytes_N(lanes(c)[j])]; eps
template <Integer L>
Step vstore_lane(Machine& z, Instr const& in)
{
    auto const c = lanes<L>(z.pop());
    auto const i = z.pop<std::uint64_t>();
    auto* const b = bytes_at(z, in, i, sizeof(L));
    if (b == nullptr)
        return z.trap(Trap::OutOfBoundsMemoryAccess, RuleName::VstoreLaneOob);
    to_bytes(c[in.lane], b);
    return applied(RuleName::VstoreLaneVal);
}

} // namespace

void add_vector_access_rules(RuleTable& rules)
{
    rules[Opcode::V128Load] = vload;
    rules[Opcode::V128Store] = vstore;
    rules[Opcode::V128Load8x8S] = vload_packed<i8, i16, extend_s<i16, i8>>;
    rules[Opcode::V128Load8x8U] = vload_packed<i8, i16, extend_u<i16, i8>>;
    rules[Opcode::V128Load16x4S] = vload_packed<i16, i32, extend_s<i32, i16>>;
    rules[Opcode::V128Load16x4U] = vload_packed<i16, i32, extend_u<i32, i16>>;
    rules[Opcode::V128Load32x2S] = vload_packed<i32, i64, extend_s<i64, i32>>;
    rules[Opcode::V128Load32x2U] = vload_packed<i32, i64, extend_u<i64, i32>>;
    rules[Opcode::V128Load8Splat] = vload_splat<i8>;
    rules[Opcode::V128Load16Splat] = vload_splat<i16>;
    rules[Opcode::V128Load32Splat] = vload_splat<i32>;
    rules[Opcode::V128Load64Splat] = vload_splat<i64>;
    rules[Opcode::V128Load32Zero] = vload_zero<i32>;
    rules[Opcode::V128Load64Zero] = vload_zero<i64>;
    rules[Opcode::V128Load8Lane] = vload_lane<i8>;
    rules[Opcode::V128Load16Lane] = vload_lane<i16>;
    rules[Opcode::V128Load32Lane] = vload_lane<i32>;
    rules[Opcode::V128Load64Lane] = vload_lane<i64>;
    rules[Opcode::V128Store8Lane] = vstore_lane<i8>;
    rules[Opcode::V128Store16Lane] = vstore_lane<i16>;
    rules[Opcode::V128Store32Lane] = vstore_lane<i32>;
    rules[Opcode::V128Store64Lane] = vstore_lane<i64>;
}

} // namespace touchstone::reference
