// Atomic instructions (threads, exec/instructions.html#atomic-memory-instructions). A step is not
// interrupted: as threads take turns, each access is atomic and all are in one order.

#include "engine/reference/access.hpp"
#include "engine/reference/rules.hpp"

namespace touchstone::reference {

namespace {

/// threads, exec/instructions.html#atomic-memory-instructions: the bytes at i + ao.OFFSET, which
/// must be a multiple of their number
template <Integer iN>
[[nodiscard]] Partial<std::uint8_t*> atomic_at(Machine& z, Instr const& in, std::uint64_t i)
{
    if ((i + in.imm) % sizeof(iN) != 0) // modulo 2^64 does not change that
        return std::unexpected{Trap::UnalignedAtomic};
    auto* const bytes = bytes_at(z, in, i, sizeof(iN));
    if (bytes == nullptr)
        return std::unexpected{Trap::OutOfBoundsMemoryAccess};
    return bytes;
}

/// threads, exec/instructions.html#exec-atomic-load
///   z; (at.const i) (iN.atomic.load(n _ u)? x ao)  ~>  (iN.const c)
template <Integer iN>
Step load(Machine& z, Instr const& in)
{
    auto const bytes = atomic_at<iN>(z, in, z.pop<std::uint64_t>());
    if (!bytes)
        return z.trap(bytes.error());
    z.push(from_bytes<iN>(*bytes));
    return Step::Next;
}

/// threads, exec/instructions.html#exec-atomic-store
///   z; (at.const i) (iN.const c) (iN.atomic.store(n)? x ao)  ~>  z[...]; eps
template <Integer iN>
Step store(Machine& z, Instr const& in)
{
    auto const c = z.pop<iN>();
    auto const bytes = atomic_at<iN>(z, in, z.pop<std::uint64_t>());
    if (!bytes)
        return z.trap(bytes.error());
    to_bytes(c, *bytes);
    return Step::Next;
}

template <Integer iN>
[[nodiscard]] constexpr iN exchanged(iN, iN c)
{
    return c;
}

/// threads, exec/instructions.html#exec-atomic-rmw
///   z; (at.const i) (iN.const c2) (iN.atomic.rmw(n)?.op(_u)? x ao)  ~>  z[...]; (iN.const c1)
///   where c1 was there, and op(c1, c2) is now
template <Integer iN, auto op>
Step rmw(Machine& z, Instr const& in)
{
    auto const c2 = z.pop<iN>();
    auto const bytes = atomic_at<iN>(z, in, z.pop<std::uint64_t>());
    if (!bytes)
        return z.trap(bytes.error());
    auto const c1 = from_bytes<iN>(*bytes);
    to_bytes(op(c1, c2), *bytes);
    z.push(c1);
    return Step::Next;
}

/// threads, exec/instructions.html#exec-atomic-rmw-cmpxchg
///   z; (at.const i) (iN.const c2) (iN.const c3) (iN.atomic.rmw(n)?.cmpxchg(_u)? x ao)
///     ~>  z[...]; (iN.const c1)    where c1 was there, and c3 is now if c1 = c2
///   of c2 and c3 only the bits that the access has count
template <Integer iN>
Step cmpxchg(Machine& z, Instr const& in)
{
    auto const c3 = z.pop<iN>();
    auto const c2 = z.pop<iN>();
    auto const bytes = atomic_at<iN>(z, in, z.pop<std::uint64_t>());
    if (!bytes)
        return z.trap(bytes.error());
    auto const c1 = from_bytes<iN>(*bytes);
    if (c1 == c2)
        to_bytes(c3, *bytes);
    z.push(c1);
    return Step::Next;
}

/// Where threads wait for (i + ao.OFFSET) of this memory.
[[nodiscard]] Interleaving::Spot spot(Machine& z, Instr const& in, std::uint64_t i)
{
    return {z.module().mems[in.x], i + in.imm};
}

/// threads, exec/instructions.html#exec-memory-atomic-wait
///   z; (at.const i) (iN.const c) (i64.const t) (memory.atomic.waitN x ao)
///     ~>  (i32.const 1)    if what is there is not c
///     ~>  (i32.const 0)    when notified
///     ~>  (i32.const 2)    when 0 <= t nanoseconds are over
/// One that nobody is left to notify goes on for ever: it has run out of fuel.
template <Integer iN>
Step wait(Machine& z, Instr const& in)
{
    auto const t = static_cast<std::int64_t>(z.pop<std::uint64_t>());
    auto const c = z.pop<iN>();
    auto const i = z.pop<std::uint64_t>();
    auto const bytes = atomic_at<iN>(z, in, i);
    if (!bytes)
        return z.trap(bytes.error());
    if (!z.mem(in.x).type.is_shared)
        return z.trap(Trap::ExpectedSharedMemory);
    if (from_bytes<iN>(*bytes) != c) {
        z.push(std::uint32_t{1});
        return Step::Next;
    }
    switch (z.threads.wait(spot(z, in, i), t)) {
    case Interleaving::Woken::Notified: z.push(std::uint32_t{0}); break;
    case Interleaving::Woken::TimedOut: z.push(std::uint32_t{2}); break;
    case Interleaving::Woken::Never: return z.out_of_fuel();
    }
    return Step::Next;
}

/// threads, exec/instructions.html#exec-memory-atomic-notify
///   z; (at.const i) (i32.const n) (memory.atomic.notify x ao)  ~>  (i32.const k)
///   k <= n of those that wait there go on
Step notify(Machine& z, Instr const& in)
{
    auto const n = z.pop<std::uint32_t>();
    auto const i = z.pop<std::uint64_t>();
    auto const bytes = atomic_at<std::uint32_t>(z, in, i);
    if (!bytes)
        return z.trap(bytes.error());
    z.push(z.threads.notify(spot(z, in, i), n));
    return Step::Next;
}

/// threads, exec/instructions.html#exec-atomic-fence
///   atomic.fence  ~>  eps
Step fence(Machine&, Instr const&)
{
    return Step::Next;
}

using i8 = std::uint8_t;
using i16 = std::uint16_t;
using i32 = std::uint32_t;
using i64 = std::uint64_t;

void add_accesses(RuleTable& rules)
{
    rules[Opcode::I32AtomicLoad] = load<i32>;
    rules[Opcode::I64AtomicLoad] = load<i64>;
    rules[Opcode::I32AtomicLoad8U] = load<i8>;
    rules[Opcode::I32AtomicLoad16U] = load<i16>;
    rules[Opcode::I64AtomicLoad8U] = load<i8>;
    rules[Opcode::I64AtomicLoad16U] = load<i16>;
    rules[Opcode::I64AtomicLoad32U] = load<i32>;
    rules[Opcode::I32AtomicStore] = store<i32>;
    rules[Opcode::I64AtomicStore] = store<i64>;
    rules[Opcode::I32AtomicStore8] = store<i8>;
    rules[Opcode::I32AtomicStore16] = store<i16>;
    rules[Opcode::I64AtomicStore8] = store<i8>;
    rules[Opcode::I64AtomicStore16] = store<i16>;
    rules[Opcode::I64AtomicStore32] = store<i32>;
}

void add_exchanges(RuleTable& rules)
{
    rules[Opcode::I32AtomicRmwCmpxchg] = cmpxchg<i32>;
    rules[Opcode::I64AtomicRmwCmpxchg] = cmpxchg<i64>;
    rules[Opcode::I32AtomicRmw8CmpxchgU] = cmpxchg<i8>;
    rules[Opcode::I32AtomicRmw16CmpxchgU] = cmpxchg<i16>;
    rules[Opcode::I64AtomicRmw8CmpxchgU] = cmpxchg<i8>;
    rules[Opcode::I64AtomicRmw16CmpxchgU] = cmpxchg<i16>;
    rules[Opcode::I64AtomicRmw32CmpxchgU] = cmpxchg<i32>;
}

/// The rows of one operation, which follow one another in this order.
template <auto op32, auto op64, auto op8, auto op16>
void add_rmw(RuleTable& rules, Opcode first)
{
    auto row = static_cast<std::size_t>(first);
    for (auto const rule : {&rmw<i32, op32>, &rmw<i64, op64>, &rmw<i8, op8>, &rmw<i16, op16>,
             &rmw<i8, op8>, &rmw<i16, op16>, &rmw<i32, op32>})
        rules[static_cast<Opcode>(row++)] = rule;
}

} // namespace

void add_atomic_rules(RuleTable& rules)
{
    add_accesses(rules);
    add_rmw<iadd<i32>, iadd<i64>, iadd<i8>, iadd<i16>>(rules, Opcode::I32AtomicRmwAdd);
    add_rmw<isub<i32>, isub<i64>, isub<i8>, isub<i16>>(rules, Opcode::I32AtomicRmwSub);
    add_rmw<iand<i32>, iand<i64>, iand<i8>, iand<i16>>(rules, Opcode::I32AtomicRmwAnd);
    add_rmw<ior<i32>, ior<i64>, ior<i8>, ior<i16>>(rules, Opcode::I32AtomicRmwOr);
    add_rmw<ixor<i32>, ixor<i64>, ixor<i8>, ixor<i16>>(rules, Opcode::I32AtomicRmwXor);
    add_rmw<exchanged<i32>, exchanged<i64>, exchanged<i8>, exchanged<i16>>(
        rules, Opcode::I32AtomicRmwXchg);
    add_exchanges(rules);
    rules[Opcode::MemoryAtomicWait32] = wait<i32>;
    rules[Opcode::MemoryAtomicWait64] = wait<i64>;
    rules[Opcode::MemoryAtomicNotify] = notify;
    rules[Opcode::AtomicFence] = fence;
}

} // namespace touchstone::reference
