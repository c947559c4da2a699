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
template <Integer iN, RuleName oob, RuleName val>
Step load(Machine& z, Instr const& in)
{
    auto const i = z.pop<std::uint64_t>();
    auto const* const b = bytes_at(z, in, i, sizeof(iN));
    if (b == nullptr)
        return z.trap(Trap::OutOfBoundsMemoryAccess, oob);
    z.push(from_bytes<iN>(b));
    return applied(val);
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
        return z.trap(Trap::OutOfBoundsMemoryAccess, RuleName::LoadPackOob);
    z.push(extend_s<iN>(from_bytes<packed>(b)));
    return applied(RuleName::LoadPackVal);
}

/// Step/store-num-oob, Step/store-num-val — exec/instructions.html#exec-store-val
///   z; (at.const i) (nt.const c) (nt.store x ao)  ~>  z; trap   if i + ao.OFFSET + |nt|/8 >
///   |z.MEMS[x].BYTES| z; (at.const i) (nt.const c) (nt.store x ao)  ~>  z[.MEMS[x].BYTES[i +
///   ao.OFFSET : |nt|/8] = b*]; eps
///     if b* = nbytes_nt(c)
/// Step/store-pack-oob, Step/store-pack-val — exec/instructions.html#exec-store-pack
///   the same with n bits of c: ibytes_n(wrap_N,n(c))
template <Integer iN, RuleName oob, RuleName val>
Step store(Machine& z, Instr const& in)
{
    auto const c = z.pop<iN>();
    auto const i = z.pop<std::uint64_t>();
    auto* const b = bytes_at(z, in, i, sizeof(iN));
    if (b == nullptr)
        return z.trap(Trap::OutOfBoundsMemoryAccess, oob);
    to_bytes(c, b);
    return applied(val);
}

// What is as wide as its type, and what is narrower: the rules have different names.
template <Integer iN>
constexpr Rule load_num = load<iN, RuleName::LoadNumOob, RuleName::LoadNumVal>;
template <Integer iN>
constexpr Rule load_pack = load<iN, RuleName::LoadPackOob, RuleName::LoadPackVal>;
template <Integer iN>
constexpr Rule store_num = store<iN, RuleName::StoreNumOob, RuleName::StoreNumVal>;
template <Integer iN>
constexpr Rule store_pack = store<iN, RuleName::StorePackOob, RuleName::StorePackVal>;

} // namespace

void add_memory_access_rules(RuleTable& rules)
{
    using i8 = std::uint8_t;
    using i16 = std::uint16_t;
    using i32 = std::uint32_t;
    using i64 = std::uint64_t;

    rules[Opcode::I32Load] = load_num<i32>;
    rules[Opcode::I64Load] = load_num<i64>;
    rules[Opcode::F32Load] = load_num<i32>;
    rules[Opcode::F64Load] = load_num<i64>;
    rules[Opcode::I32Load8S] = load_s<i32, i8>;
    rules[Opcode::I32Load8U] = load_pack<i8>;
    rules[Opcode::I32Load16S] = load_s<i32, i16>;
    rules[Opcode::I32Load16U] = load_pack<i16>;
    rules[Opcode::I64Load8S] = load_s<i64, i8>;
    rules[Opcode::I64Load8U] = load_pack<i8>;
    rules[Opcode::I64Load16S] = load_s<i64, i16>;
    rules[Opcode::I64Load16U] = load_pack<i16>;
    rules[Opcode::I64Load32S] = load_s<i64, i32>;
    rules[Opcode::I64Load32U] = load_pack<i32>;
    rules[Opcode::I32Store] = store_num<i32>;
    rules[Opcode::I64Store] = store_num<i64>;
    rules[Opcode::F32Store] = store_num<i32>;
    rules[Opcode::F64Store] = store_num<i64>;
    rules[Opcode::I32Store8] = store_pack<i8>;
    rules[Opcode::I32Store16] = store_pack<i16>;
    rules[Opcode::I64Store8] = store_pack<i8>;
    rules[Opcode::I64Store16] = store_pack<i16>;
    rules[Opcode::I64Store32] = store_pack<i32>;
}

} // namespace touchstone::reference
