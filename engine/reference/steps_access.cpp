// Loads and stores (exec/instructions.html#exec-load-val and after it).

#include "engine/reference/access.hpp"
#include "engine/reference/rules.hpp"

namespace touchstone::reference {

namespace {

/// Step_read/load-num-oob, Step_read/load-num-val — exec/instructions.html#exec-load-val
///   z; (at.const i) (nt.load x ao)  ~>  trap          if i + ao.OFFSET + |nt|/8 >
///   |z.MEMS[x].BYTES| z; (at.const i) (nt.load x ao)  ~>  (nt.const c)  if nbytes_nt(c) =
///   z.MEMS[x].BYTES[i + ao.OFFSET : |nt|/8]
/// Step_read/load-pack-oob, Step_read/load-pack-val — exec/instructions.html#exec-load-pack
///   the same with n bits, and c extended to the type's width, here without sign
template <Integer iN>
Step load(Machine& z, Instr const& in)
{
    auto const i = z.pop<std::uint64_t>();
    auto const* const b = bytes_at(z, in, i, sizeof(iN));
    if (b == nullptr)
        return z.trap(Trap::OutOfBoundsMemoryAccess);
    z.push(from_bytes<iN>(b));
    return Step::Next;
}

/// Step_read/load-pack-oob, Step_read/load-pack-val — exec/instructions.html#exec-load-pack
///   z; (at.const i) (iN.load(n _ s) x ao)  ~>  (iN.const extend_s_n,N(c))
///     if ibytes_n(c) = z.MEMS[x].BYTES[i + ao.OFFSET : n/8]
template <Integer iN, Integer packed>
Step load_s(Machine& z, Instr const& in)
{
    auto const i = z.pop<std::uint64_t>();
    auto const* const b = bytes_at(z, in, i, sizeof(packed));
    if (b == nullptr)
        return z.trap(Trap::OutOfBoundsMemoryAccess);
    z.push(extend_s<iN>(from_bytes<packed>(b)));
    return Step::Next;
}

/// Step/store-num-oob, Step/store-num-val — exec/instructions.html#exec-store-val
///   z; (at.const i) (nt.const c) (nt.store x ao)  ~>  z; trap   if i + ao.OFFSET + |nt|/8 >
///   |z.MEMS[x].BYTES| z; (at.const i) (nt.const c) (nt.store x ao)  ~>  z[.MEMS[x].BYTES[i +
///   ao.OFFSET : |nt|/8] = b*]; eps
///     if b* = nbytes_nt(c)
/// Step/store-pack-oob, Step/store-pack-val — exec/instructions.html#exec-store-pack
///   the same with n bits of c: ibytes_n(wrap_N,n(c))
template <Integer iN>
Step store(Machine& z, Instr const& in)
{
    auto const c = z.pop<iN>();
    auto const i = z.pop<std::uint64_t>();
    auto* const b = bytes_at(z, in, i, sizeof(iN));
    if (b == nullptr)
        return z.trap(Trap::OutOfBoundsMemoryAccess);
    to_bytes(c, b);
    return Step::Next;
}

} // namespace

void add_memory_access_rules(RuleTable& rules)
{
    using i8 = std::uint8_t;
    using i16 = std::uint16_t;
    using i32 = std::uint32_t;
    using i64 = std::uint64_t;

    rules[Opcode::I32Load] = load<i32>;
    rules[Opcode::I64Load] = load<i64>;
    rules[Opcode::F32Load] = load<i32>;
    rules[Opcode::F64Load] = load<i64>;
    rules[Opcode::I32Load8S] = load_s<i32, i8>;
    rules[Opcode::I32Load8U] = load<i8>;
    rules[Opcode::I32Load16S] = load_s<i32, i16>;
    rules[Opcode::I32Load16U] = load<i16>;
    rules[Opcode::I64Load8S] = load_s<i64, i8>;
    rules[Opcode::I64Load8U] = load<i8>;
    rules[Opcode::I64Load16S] = load_s<i64, i16>;
    rules[Opcode::I64Load16U] = load<i16>;
    rules[Opcode::I64Load32S] = load_s<i64, i32>;
    rules[Opcode::I64Load32U] = load<i32>;
    rules[Opcode::I32Store] = store<i32>;
    rules[Opcode::I64Store] = store<i64>;
    rules[Opcode::F32Store] = store<i32>;
    rules[Opcode::F64Store] = store<i64>;
    rules[Opcode::I32Store8] = store<i8>;
    rules[Opcode::I32Store16] = store<i16>;
    rules[Opcode::I64Store8] = store<i8>;
    rules[Opcode::I64Store16] = store<i16>;
    rules[Opcode::I64Store32] = store<i32>;
}

} // namespace touchstone::reference
