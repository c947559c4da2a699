// Table instructions (exec/instructions.html#table-instructions).

#include "engine/reference/growing.hpp"
#include "engine/reference/rules.hpp"

namespace touchstone::reference {

namespace {

/// Step_read/table.get-oob, Step_read/table.get-val — exec/instructions.html#exec-table.get
///   z; (at.const i) (table.get x)  ~>  trap                    if i >= |z.TABLES[x].REFS|
///   z; (at.const i) (table.get x)  ~>  z.TABLES[x].REFS[i]     otherwise
Step table_get(Machine& z, Instr const& in)
{
    auto const& refs = z.table(in.x).refs;
    auto const i = z.pop<std::uint64_t>();
    if (i >= refs.size())
        return z.trap(Trap::OutOfBoundsTableAccess, RuleName::TableGetOob);
    z.push(refs[static_cast<std::size_t>(i)]);
    return applied(RuleName::TableGetVal);
}

/// Step/table.set-oob, Step/table.set-val — exec/instructions.html#exec-table.set
///   z; (at.const i) ref (table.set x)  ~>  z; trap                          if i >=
///   |z.TABLES[x].REFS| z; (at.const i) ref (table.set x)  ~>  z[.TABLES[x].REFS[i] = ref]; eps
///   otherwise
Step table_set(Machine& z, Instr const& in)
{
    auto& refs = z.table(in.x).refs;
    auto const ref = z.pop();
    auto const i = z.pop<std::uint64_t>();
    if (i >= refs.size())
        return z.trap(Trap::OutOfBoundsTableAccess, RuleName::TableSetOob);
    refs[static_cast<std::size_t>(i)] = ref;
    return applied(RuleName::TableSetVal);
}

/// Step_read/table.size — exec/instructions.html#exec-table.size
///   z; (table.size x)  ~>  (at.const n)    if |z.TABLES[x].REFS| = n
Step table_size(Machine& z, Instr const& in)
{
    auto const& table = z.table(in.x);
    z.push_address(table.type.limits.addr, table.refs.size());
    return applied(RuleName::TableSize);
}

/// Step/table.grow-succeed, Step/table.grow-fail — exec/instructions.html#exec-table.grow
///   z; ref (at.const n) (table.grow x)  ~>  z[.TABLES[x] = ti]; (at.const |z.TABLES[x].REFS|)
///     if ti = growtable(z.TABLES[x], n, ref)
///   z; ref (at.const n) (table.grow x)  ~>  z; (at.const signed^-1(-1))
Step table_grow(Machine& z, Instr const& in)
{
    auto& table = z.table(in.x);
    auto const at = table.type.limits.addr;
    auto const n = z.pop<std::uint64_t>();
    auto const ref = z.pop();
    auto const size = table.refs.size();
    if (may_grow(table, n, z.limits)) {
        auto const cost = moving_cost(n, elements_at_once);
        if (!z.spend(cost))
            return z.out_of_fuel();
        if (grow(table, n, ref)) {
            z.push_address(at, size);
            return applied(RuleName::TableGrowSucceed);
        }
        z.refund(cost);
    }
    z.push_address(at, ~std::uint64_t{0});
    return applied(RuleName::TableGrowFail);
}

/// Step_read/table.fill-oob, Step_read/table.fill-zero, Step_read/table.fill-succ
///   — exec/instructions.html#exec-table.fill
///   z; (at.const i) val (at.const n) (table.fill x)  ~>  trap    if i + n > |z.TABLES[x].REFS|
///   ... (at.const 0) (table.fill x)  ~>  eps
///   ... (at.const n) (table.fill x)  ~>  (at.const i) val (table.set x)
///                                        (at.const i+1) val (at.const n-1) (table.fill x)
Step table_fill(Machine& z, Instr const& in)
{
    auto& refs = z.table(in.x).refs;
    auto const n = z.pop<std::uint64_t>();
    auto const val = z.pop();
    auto const i = z.pop<std::uint64_t>();
    if (!within(i, n, refs.size()))
        return z.trap(Trap::OutOfBoundsTableAccess, RuleName::TableFillOob);
    if (!z.spend(moving_cost(n, elements_at_once)))
        return z.out_of_fuel();
    for (std::uint64_t k = 0; k < n; ++k)
        refs[i + k] = val;
    z.also(RuleName::TableFillSucc, n);
    return applied(RuleName::TableFillZero);
}

/// Step_read/table.copy-oob, Step_read/table.copy-zero, Step_read/table.copy-le,
/// Step_read/table.copy-gt
///   — exec/instructions.html#exec-table.copy
///   z; (at1.const i1) (at2.const i2) (at'.const n) (table.copy x1 x2)  ~>  trap
///     if i1 + n > |z.TABLES[x1].REFS|  or  i2 + n > |z.TABLES[x2].REFS|
///   otherwise element by element, upwards if i1 <= i2, downwards if i1 > i2
Step table_copy(Machine& z, Instr const& in)
{
    auto& to = z.table(in.x).refs;
    auto& from = z.table(in.y).refs;
    auto const n = z.pop<std::uint64_t>();
    auto const i2 = z.pop<std::uint64_t>();
    auto const i1 = z.pop<std::uint64_t>();
    if (!within(i1, n, to.size()) || !within(i2, n, from.size()))
        return z.trap(Trap::OutOfBoundsTableAccess, RuleName::TableCopyOob);
    if (!z.spend(moving_cost(n, elements_at_once)))
        return z.out_of_fuel();
    if (i1 <= i2) {
        for (std::uint64_t k = 0; k < n; ++k)
            to[i1 + k] = from[i2 + k];
    } else {
        for (std::uint64_t k = n; k > 0; --k)
            to[i1 + k - 1] = from[i2 + k - 1];
    }
    z.also(i1 <= i2 ? RuleName::TableCopyLe : RuleName::TableCopyGt, n);
    return applied(RuleName::TableCopyZero);
}

/// Step/elem.drop — exec/instructions.html#exec-elem.drop
///   z; (elem.drop x)  ~>  z[.ELEMS[x].REFS = eps]; eps
Step elem_drop(Machine& z, Instr const& in)
{
    auto& elem = z.elem(in.x);
    elem.refs = {};
    elem.dropped = true;
    return applied(RuleName::ElemDrop);
}

} // namespace

/// Step_read/table.init-oob, Step_read/table.init-zero, Step_read/table.init-succ
///   — exec/instructions.html#exec-table.init
///   z; (at.const i) (i32.const j) (i32.const n) (table.init x y)  ~>  trap
///     if i + n > |z.TABLES[x].REFS|  or  j + n > |z.ELEMS[y].REFS|
///   ... (i32.const 0) (table.init x y)  ~>  eps
///   ... (i32.const n) (table.init x y)  ~>  (at.const i) z.ELEMS[y].REFS[j] (table.set x)
///         (at.const i+1) (i32.const j+1) (i32.const n-1) (table.init x y)
Step table_init(Machine& z, Instr const& in)
{
    auto& refs = z.table(in.y).refs;
    auto const& elem = z.elem(in.x).refs;
    auto const n = z.pop<std::uint32_t>();
    auto const j = z.pop<std::uint32_t>();
    auto const i = z.pop<std::uint64_t>();
    if (!within(i, n, refs.size()) || !within(j, n, elem.size()))
        return z.trap(Trap::OutOfBoundsTableAccess, RuleName::TableInitOob);
    if (!z.spend(moving_cost(n, elements_at_once)))
        return z.out_of_fuel();
    for (std::uint64_t k = 0; k < n; ++k)
        refs[i + k] = elem[j + k];
    z.also(RuleName::TableInitSucc, n);
    return applied(RuleName::TableInitZero);
}

void add_table_rules(RuleTable& rules)
{
    rules[Opcode::TableGet] = table_get;
    rules[Opcode::TableSet] = table_set;
    rules[Opcode::TableSize] = table_size;
    rules[Opcode::TableGrow] = table_grow;
    rules[Opcode::TableFill] = table_fill;
    rules[Opcode::TableCopy] = table_copy;
    rules[Opcode::TableInit] = table_init;
    rules[Opcode::ElemDrop] = elem_drop;
}

} // namespace touchstone::reference
