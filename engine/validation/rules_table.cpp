// Tables: valid/instructions.html#table-instructions

#include "engine/syntax/faults.hpp"
#include "engine/validation/code.hpp"
#include "engine/validation/type_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace touchstone {

/// Instr_ok/table.get — valid/instructions.html#valid-table.get
///   C |- TABLE.GET x : at -> rt
///   -- if C.TABLES[x] = at lim rt
void CodeValidator::table_get(Instr const& i)
{
    auto const& table = c_.table(i.x);
    pop(as_valtype(table.limits.addr));
    push(table.element);
}

/// Instr_ok/table.set — valid/instructions.html#valid-table.set
///   C |- TABLE.SET x : at rt -> eps
///   -- if C.TABLES[x] = at lim rt
void CodeValidator::table_set(Instr const& i)
{
    auto const& table = c_.table(i.x);
    pop(std::array{as_valtype(table.limits.addr), table.element});
}

/// Instr_ok/table.size — valid/instructions.html#valid-table.size
///   C |- TABLE.SIZE x : eps -> at
///   -- if C.TABLES[x] = at lim rt
void CodeValidator::table_size(Instr const& i)
{
    push(as_valtype(c_.table(i.x).limits.addr));
}

/// Instr_ok/table.grow — valid/instructions.html#valid-table.grow
///   C |- TABLE.GROW x : rt at -> at
///   -- if C.TABLES[x] = at lim rt
void CodeValidator::table_grow(Instr const& i)
{
    auto const& table = c_.table(i.x);
    auto const at = as_valtype(table.limits.addr);
    pop(std::array{table.element, at});
    push(at);
}

/// Instr_ok/table.fill — valid/instructions.html#valid-table.fill
///   C |- TABLE.FILL x : at rt at -> eps
///   -- if C.TABLES[x] = at lim rt
void CodeValidator::table_fill(Instr const& i)
{
    auto const& table = c_.table(i.x);
    auto const at = as_valtype(table.limits.addr);
    pop(std::array{at, table.element, at});
}

/// Instr_ok/table.copy — valid/instructions.html#valid-table.copy
///   C |- TABLE.COPY x_1 x_2 : at_1 at_2 $minat(at_1, at_2) -> eps
///   -- if C.TABLES[x_1] = at_1 lim_1 rt_1
///   -- if C.TABLES[x_2] = at_2 lim_2 rt_2
///   -- Reftype_sub: C |- rt_2 <: rt_1
void CodeValidator::table_copy(Instr const& i)
{
    auto const& to = c_.table(i.x);
    auto const& from = c_.table(i.y);
    if (!c_.match().val(from.element, to.element))
        violate(fmt::format("type mismatch: source element type {} does not match {}",
            words(from.element), words(to.element)));
    auto const at1 = to.limits.addr;
    auto const at2 = from.limits.addr;
    pop(std::array{as_valtype(at1), as_valtype(at2), as_valtype(std::min(at1, at2))});
}

/// Instr_ok/table.init — valid/instructions.html#valid-table.init
///   C |- TABLE.INIT x y : at I32 I32 -> eps
///   -- if C.TABLES[x] = at lim rt_1
///   -- if C.ELEMS[y] = rt_2
///   -- Reftype_sub: C |- rt_2 <: rt_1
void CodeValidator::table_init(Instr const& i)
{
    auto const swapped = fault(SharedFault::TableInitIndices, i.x != i.y);
    auto const& table = c_.table(swapped ? i.x : i.y);
    auto const elem = c_.elem(swapped ? i.y : i.x);
    if (!c_.match().val(elem, table.element))
        violate(fmt::format("type mismatch: element segment's type {} does not match table's {}",
            words(elem), words(table.element)));
    pop(std::array{as_valtype(table.limits.addr), i32, i32});
}

} // namespace touchstone
