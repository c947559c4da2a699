// Memories: valid/instructions.html#memory-instructions

#include "engine/validation/code.hpp"

#include <algorithm>
#include <array>

namespace touchstone {

/// Memarg_ok — valid/instructions.html#valid-memarg
///   |- {align n, offset m} : at -> N
///   -- if 2^n <= N/8
///   -- if m < 2^|at|
/// threads, valid/instructions.html#atomic-memory-instructions: 2^n = N/8
static void memarg_ok(Instr const& i, AddrType at)
{
    require(!is_atomic(i.op) || (i.align < 8 && (1U << i.align) == access_bits(i.op) / 8),
        "atomic alignment must be natural", "Memarg_ok");
    require(i.align < 8 && (1U << i.align) <= access_bits(i.op) / 8,
        "alignment must not be larger than natural", "Memarg_ok");
    require(at == AddrType::I64 || i.imm <= 0xFFFF'FFFF, "offset out of range", "Memarg_ok");
}

/// Instr_ok/load, Instr_ok/load-val, Instr_ok/load-pack, Instr_ok/store, Instr_ok/store-val,
/// Instr_ok/store-pack, Instr_ok/vload-val, Instr_ok/vload-pack, Instr_ok/vload-splat,
/// Instr_ok/vload-zero, Instr_ok/vstore — valid/instructions.html#valid-load-val
///   C |- nt.load x memarg : at -> nt
///   -- if C.MEMS[x] = at lim PAGE
///   -- Memarg_ok: |- memarg : at -> N
AddrType CodeValidator::memarg(Instr const& i) const
{
    auto const at = c_.memory(i.x).limits.addr;
    memarg_ok(i, at);
    return at;
}

/// Instr_ok/memory.copy — valid/instructions.html#valid-memory.copy
///   C |- MEMORY.COPY x_1 x_2 : at_1 at_2 $minat(at_1, at_2) -> eps
///   -- if C.MEMS[x_1] = at_1 lim_1 PAGE
///   -- if C.MEMS[x_2] = at_2 lim_2 PAGE
void CodeValidator::memory_copy(Instr const& i)
{
    auto const at1 = c_.memory(i.x).limits.addr;
    auto const at2 = c_.memory(i.y).limits.addr;
    pop(std::array{as_valtype(at1), as_valtype(at2), as_valtype(std::min(at1, at2))});
}

} // namespace touchstone
