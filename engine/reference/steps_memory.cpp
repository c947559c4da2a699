// Memory instructions that are neither loads nor stores
// (exec/instructions.html#memory-instructions).

#include "engine/reference/growing.hpp"
#include "engine/reference/rules.hpp"

namespace touchstone::reference {

namespace {

/// Step_read/memory.size — exec/instructions.html#exec-memory.size
///   z; (memory.size x)  ~>  (at.const n)    if n * 64 Ki = |z.MEMS[x].BYTES|
/// which is the minimum of its type; of custom-page-sizes n * its size of a page
Step memory_size(Machine& z, Instr const& in)
{
    auto const& mem = z.mem(in.x);
    z.push_address(mem.type.limits.addr, mem.type.limits.min);
    return applied(RuleName::MemorySize);
}

/// Step/memory.grow-succeed, Step/memory.grow-fail — exec/instructions.html#exec-memory.grow
///   z; (at.const n) (memory.grow x)  ~>  z[.MEMS[x] = mi]; (at.const |z.MEMS[x].BYTES| / 64 Ki)
///     if mi = growmem(z.MEMS[x], n)
///   z; (at.const n) (memory.grow x)  ~>  z; (at.const signed^-1(-1))
Step memory_grow(Machine& z, Instr const& in)
{
    auto& mem = z.mem(in.x);
    auto const at = mem.type.limits.addr;
    auto const n = z.pop<std::uint64_t>();
    auto const size = mem.type.limits.min;
    if (may_grow(mem, n, z.limits)) {
        auto const cost = moving_cost(n * mem.type.page_bytes(), bytes_at_once);
        if (!z.spend(cost))
            return z.out_of_fuel();
        if (grow(mem, n)) {
            z.push_address(at, size);
            return applied(RuleName::MemoryGrowSucceed);
        }
        z.refund(cost);
    }
    z.push_address(at, ~std::uint64_t{0});
    return applied(RuleName::MemoryGrowFail);
}

/// Step_read/memory.fill-oob, Step_read/memory.fill-zero, Step_read/memory.fill-succ
///   — exec/instructions.html#exec-memory.fill
///   z; (at.const i) val (at.const n) (memory.fill x)  ~>  trap    if i + n > |z.MEMS[x].BYTES|
///   ... (at.const 0) (memory.fill x)  ~>  eps
///   ... (at.const n) (memory.fill x)  ~>  (at.const i) val (i32.store8 x)
///                                         (at.const i+1) val (at.const n-1) (memory.fill x)
Step memory_fill(Machine& z, Instr const& in)
{
    auto& bytes = z.mem(in.x).bytes;
    auto const n = z.pop<std::uint64_t>();
    auto const val = z.pop<std::uint8_t>();
    auto const i = z.pop<std::uint64_t>();
    if (!within(i, n, bytes.size()))
        return z.trap(Trap::OutOfBoundsMemoryAccess, RuleName::MemoryFillOob);
    if (!z.spend(moving_cost(n, bytes_at_once)))
        return z.out_of_fuel();
    for (std::uint64_t k = 0; k < n; ++k)
        bytes.data()[i + k] = val;
    z.also(RuleName::MemoryFillSucc, n);
    return applied(RuleName::MemoryFillZero);
}

/// Step_read/memory.copy-oob, Step_read/memory.copy-zero, Step_read/memory.copy-le,
/// Step_read/memory.copy-gt
///   — exec/instructions.html#exec-memory.copy
///   z; (at1.const i1) (at2.const i2) (at'.const n) (memory.copy x1 x2)  ~>  trap
///     if i1 + n > |z.MEMS[x1].BYTES|  or  i2 + n > |z.MEMS[x2].BYTES|
///   otherwise byte by byte, upwards if i1 <= i2, downwards if i1 > i2
Step memory_copy(Machine& z, Instr const& in)
{
    auto& to = z.mem(in.x).bytes;
    auto& from = z.mem(in.y).bytes;
    auto const n = z.pop<std::uint64_t>();
    auto const i2 = z.pop<std::uint64_t>();
    auto const i1 = z.pop<std::uint64_t>();
    if (!within(i1, n, to.size()) || !within(i2, n, from.size()))
        return z.trap(Trap::OutOfBoundsMemoryAccess, RuleName::MemoryCopyOob);
    if (!z.spend(moving_cost(n, bytes_at_once)))
        return z.out_of_fuel();
    if (i1 <= i2) {
        for (std::uint64_t k = 0; k < n; ++k)
            to.data()[i1 + k] = from.data()[i2 + k];
    } else {
        for (std::uint64_t k = n; k > 0; --k)
            to.data()[i1 + k - 1] = from.data()[i2 + k - 1];
    }
    z.also(i1 <= i2 ? RuleName::MemoryCopyLe : RuleName::MemoryCopyGt, n);
    return applied(RuleName::MemoryCopyZero);
}

/// Step/data.drop — exec/instructions.html#exec-data.drop
///   z; (data.drop x)  ~>  z[.DATAS[x].BYTES = eps]; eps
Step data_drop(Machine& z, Instr const& in)
{
    z.data(in.x) = {.bytes = {}, .dropped = true};
    return applied(RuleName::DataDrop);
}

} // namespace

/// Step_read/memory.init-oob, Step_read/memory.init-zero, Step_read/memory.init-succ
///   — exec/instructions.html#exec-memory.init
///   z; (at.const i) (i32.const j) (i32.const n) (memory.init x y)  ~>  trap
///     if i + n > |z.MEMS[x].BYTES|  or  j + n > |z.DATAS[y].BYTES|
///   ... (i32.const 0) (memory.init x y)  ~>  eps
///   ... (i32.const n) (memory.init x y)  ~>  (at.const i) (i32.const z.DATAS[y].BYTES[j])
///   (i32.store8 x)
///         (at.const i+1) (i32.const j+1) (i32.const n-1) (memory.init x y)
Step memory_init(Machine& z, Instr const& in)
{
    auto& bytes = z.mem(in.y).bytes;
    auto const data = z.data(in.x).bytes;
    auto const n = z.pop<std::uint32_t>();
    auto const j = z.pop<std::uint32_t>();
    auto const i = z.pop<std::uint64_t>();
    if (!within(i, n, bytes.size()) || !within(j, n, data.size()))
        return z.trap(Trap::OutOfBoundsMemoryAccess, RuleName::MemoryInitOob);
    if (!z.spend(moving_cost(n, bytes_at_once)))
        return z.out_of_fuel();
    for (std::uint64_t k = 0; k < n; ++k)
        bytes.data()[i + k] = data[j + k];
    z.also(RuleName::MemoryInitSucc, n);
    return applied(RuleName::MemoryInitZero);
}

void add_memory_rules(RuleTable& rules)
{
    rules[Opcode::MemorySize] = memory_size;
    rules[Opcode::MemoryGrow] = memory_grow;
    rules[Opcode::MemoryFill] = memory_fill;
    rules[Opcode::MemoryCopy] = memory_copy;
    rules[Opcode::MemoryInit] = memory_init;
    rules[Opcode::DataDrop] = data_drop;
}

} // namespace touchstone::reference
