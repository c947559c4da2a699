#include "generators/boundary.hpp"
#include "generators/shape.hpp"
#include "generators/smith_function.hpp"

namespace touchstone::generators {

void FunctionWriter::statements(std::uint32_t most, std::uint32_t nesting)
{
    for (auto n = 1 + in_.below(most); n > 0; --n)
        statement(nesting);
}

void FunctionWriter::statement(std::uint32_t nesting)
{
    if (!wants_more())
        return;
    enum : std::uint32_t
    {
        Assign,
        Store,
        SetGlobal,
        If,
        Loop,
        Block,
        Switch,
        Call,
        Bulk,
        Table,
        Grow,
        Branch,
        Leave,
        Trap,
        Discard,
    };
    static constexpr auto weights =
        std::to_array<std::uint8_t>({44, 40, 22, 24, 26, 12, 8, 30, 12, 14, 5, 10, 4, 5, 3});
    auto const what = weighted(weights);
    auto const is_nested = what >= If && what <= Switch;
    if (is_nested && nesting == 0)
        return assign(plan_.number(in_));
    if (plan_.uses(Group::Gc) && in_.chance(shape.object_statement))
        return object_statement(nesting);
    if (plan_.uses(Group::Exceptions) && in_.chance(shape.exception_statement))
        return exception_statement(nesting);
    switch (what) {
    case Store:
        if (!budget_.bare)
            return store(shape.expression_depth);
        break;
    case SetGlobal: return set_global();
    case If: return conditional(nesting - 1);
    case Loop: return counted_loop(nesting - 1);
    case Block: return block(nesting - 1);
    case Switch: return switch_statement(nesting - 1);
    case Call: return call_statement();
    case Bulk:
        if (!budget_.bare && plan_.uses(Group::Bulk) && !plan_.memories.empty())
            return bulk_memory();
        break;
    case Table:
        if (!budget_.bare && plan_.uses(Group::Table) && !plan_.tables.empty())
            return table_statement();
        break;
    case Grow:
        if (!budget_.bare && plan_.uses(Group::Memory) && !plan_.memories.empty())
            return grow_memory();
        break;
    case Branch:
        if (plan_.uses(Group::Branches))
            return branch_out();
        break;
    case Leave:
        if (plan_.uses(Group::Branches))
            return leave_early();
        break;
    case Trap:
        if (risk())
            return trap_perhaps();
        break;
    case Discard: return discard();
    default: break;
    }
    assign(plan_.value(in_));
}

void FunctionWriter::assign(ValType t)
{
    auto const l = local(t, true);
    if (!l)
        return set_global();
    expression(t, shape.expression_depth);
    code_.op(Opcode::LocalSet, *l);
}

void FunctionWriter::set_global()
{
    auto const t = plan_.value(in_);
    if (auto const g = global(t, true)) {
        expression(t, shape.expression_depth);
        return code_.op(Opcode::GlobalSet, *g);
    }
    if (auto const l = local(i32, true)) {
        expression(i32, shape.expression_depth);
        code_.op(Opcode::LocalSet, *l);
    }
}

/// Keeps the value on top of the stack somewhere.
void FunctionWriter::keep(ValType t)
{
    if (!in_.chance(64))
        if (auto const l = local(t, true))
            return code_.op(Opcode::LocalSet, *l);
    if (auto const g = global(t, true)) {
        if (!t.is_ref()) {
            code_.op(Opcode::GlobalGet, *g);
            code_.op(combine(t.kind));
        }
        return code_.op(Opcode::GlobalSet, *g);
    }
    if (t.is_ref() && !t.nullable)
        return keep(ValType::ref(true, t.heap));
    if (auto const l = local(t, true))
        return code_.op(Opcode::LocalSet, *l);
    code_.op(Opcode::Drop);
}

void FunctionWriter::keep_all(ResultType const& types)
{
    for (auto i = types.size(); i > 0; --i)
        keep(types[i - 1]);
}

void FunctionWriter::open(Opcode op, ResultType params, ResultType results, bool may_branch)
{
    code_.block(op, block_type(plan_, params, results));
    labels_.push_back({op == Opcode::Loop ? std::move(params) : std::move(results), may_branch});
}

void FunctionWriter::close()
{
    code_.end();
    labels_.pop_back();
}

void FunctionWriter::conditional(std::uint32_t nesting)
{
    condition(shape.expression_depth - 1);
    open(Opcode::If, {}, {}, true);
    statements(2, nesting);
    if (in_.chance(150)) {
        code_.op(Opcode::Else);
        statements(2, nesting);
    }
    close();
}

void FunctionWriter::block(std::uint32_t nesting)
{
    open(Opcode::Block, {}, {}, true);
    statements(2, nesting);
    condition(2);
    code_.op(Opcode::BrIf, 0);
    statements(2, nesting);
    close();
}

void FunctionWriter::switch_statement(std::uint32_t nesting)
{
    auto const cases = 2 + in_.below(3);
    for (std::uint32_t i = 0; i <= cases; ++i)
        open(Opcode::Block, {}, {}, true);
    small(in_.chance(32) ? 64 : cases + 1, 3);
    std::vector<Index> targets;
    for (auto n = 1 + in_.below(cases + 2); n > 0; --n)
        targets.push_back(in_.below(cases + 1));
    code_.br_table(targets);
    close();
    for (std::uint32_t i = 0; i < cases; ++i) {
        statements(2, nesting);
        if (in_.chance(150)) // else it falls into the next case
            leave(Opcode::Br, static_cast<Index>(cases - 1 - i));
        close();
    }
}

/// A branch to somewhere around, taken or not.
void FunctionWriter::branch_out()
{
    auto const depth = in_.below(static_cast<std::uint32_t>(labels_.size()));
    auto const label = labels_[labels_.size() - 1 - depth];
    if (!label.may_branch)
        return assign(i32);
    for (auto const t : label.types)
        expression(t, 1);
    if (depth + 1 == labels_.size()) { // out of the function: not often
        small(16, 2);
        code_.i32_const(in_.below(16));
        code_.op(Opcode::I32Eq);
    } else {
        condition(2);
    }
    code_.op(Opcode::BrIf, depth);
    keep_all(label.types);
}

void FunctionWriter::leave_early()
{
    small(16, 2);
    code_.i32_const(in_.below(16));
    code_.op(Opcode::I32Eq);
    open(Opcode::If, {}, {}, true);
    for (auto const t : plan_.funcs[function_].type.results)
        expression(t, 2);
    leave(Opcode::Return);
    close();
}

void FunctionWriter::trap_perhaps()
{
    condition(3);
    open(Opcode::If, {}, {}, true);
    statements(1, 0);
    leave(Opcode::Unreachable);
    close();
}

/// What never comes back, and perhaps something that is never reached.
void FunctionWriter::leave(Opcode op, Index x)
{
    code_.op(op, x);
    if (!in_.chance(shape.dead_code))
        return;
    auto const t = plan_.number(in_);
    auto const& ops = plan_.palette.numeric[static_cast<std::size_t>(t.kind)];
    if (ops.empty())
        return leaf(t), code_.op(Opcode::Drop);
    auto const dead = ops[in_.below(static_cast<std::uint32_t>(ops.size()))];
    auto const params = info(dead).type.params();
    // the first operands may come from nowhere
    for (auto i = in_.below(static_cast<std::uint32_t>(params.size()) + 1); i < params.size(); ++i)
        leaf({number_kind(params[i])});
    operation(dead);
    code_.op(Opcode::Drop);
}

/// Something that may trap, and is of no use otherwise.
void FunctionWriter::discard()
{
    auto const table =
        plan_.uses(Group::Table) ? table_of(in_.chance(128) ? funcref : externref) : std::nullopt;
    if (table) {
        table_index(*table, 2);
        code_.op(Opcode::TableGet, *table);
    } else if (auto const t = plan_.number(in_); !load(t, 2)) {
        expression(t, 2);
    }
    code_.op(Opcode::Drop);
}

/// if (p0 & 7) self((p0 & 7) - 1, ...)
void FunctionWriter::recurse()
{
    auto const type = plan_.funcs[function_].type;
    code_.op(Opcode::LocalGet, 0);
    code_.i32_const(recursions);
    code_.op(Opcode::I32And);
    open(Opcode::If, {}, {}, true);
    for (std::size_t i = 0; i < type.params.size(); ++i) {
        if (i > 0) {
            expression(type.params[i], 2);
            continue;
        }
        code_.op(Opcode::LocalGet, 0);
        code_.i32_const(recursions);
        code_.op(Opcode::I32And);
        code_.i32_const(1);
        code_.op(Opcode::I32Sub);
    }
    code_.op(Opcode::Call, function_);
    keep_all(type.results);
    close();
}

} // namespace touchstone::generators
