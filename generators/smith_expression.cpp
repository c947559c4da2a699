#include "generators/boundary.hpp"
#include "generators/shape.hpp"
#include "generators/smith_function.hpp"

namespace touchstone::generators {

void FunctionWriter::constant(ValType t)
{
    if (t.is_vec())
        return code_.vector(Opcode::V128Const, vector_bytes(boundary_vector(in_)));
    code_.constant(t.kind, boundary_biased(in_, t.kind));
}

void FunctionWriter::leaf(ValType t)
{
    if (t.is_ref())
        return reference(t, 0);
    auto const how = in_.below(16);
    if (how < 2 && t == i32 && !counters_.empty())
        return code_.op(Opcode::LocalGet, counters_.back());
    if (how < 9)
        if (auto const l = local(t, false))
            return code_.op(Opcode::LocalGet, *l);
    if (how < 12)
        if (auto const g = global(t, false))
            return code_.op(Opcode::GlobalGet, *g);
    constant(t);
}

void FunctionWriter::reference(ValType t, std::uint32_t depth)
{
    if (is_typed(t) || (plan_.uses(Group::Gc) && in_.chance(shape.object_number)))
        return typed_reference(t, depth);
    if (depth > 0 && in_.chance(40)) {
        reference(t, depth - 1);
        reference(t, depth - 1);
        condition(depth - 1);
        return code_.select(t);
    }
    if (in_.chance(shape.null_reference))
        return code_.ref_null(t.heap.abstract());
    auto const how = in_.below(4);
    if (how == 0)
        if (auto const l = local(t, false))
            return code_.op(Opcode::LocalGet, *l);
    if (how == 1)
        if (auto const g = global(t, false))
            return code_.op(Opcode::GlobalGet, *g);
    if (how == 2 && plan_.uses(Group::Table) && depth > 0)
        if (auto const table = table_of(t)) {
            table_index(*table, depth - 1);
            return code_.op(Opcode::TableGet, *table);
        }
    if (t == funcref && plan_.has(Feature::ReferenceTypes) && !plan_.funcs.empty()) {
        auto const f = in_.below(static_cast<std::uint32_t>(plan_.funcs.size()));
        plan_.referenced.resize(plan_.funcs.size());
        plan_.referenced[f] = true;
        return code_.op(Opcode::RefFunc, f);
    }
    if (auto const l = local(t, false))
        return code_.op(Opcode::LocalGet, *l);
    code_.ref_null(t.heap.abstract());
}

void FunctionWriter::expression(ValType t, std::uint32_t depth)
{
    if (depth == 0 || !wants_more())
        return leaf(t);
    if (t.is_ref())
        return reference(t, depth);
    if (plan_.uses(Group::Gc) && in_.chance(shape.object_number) && object_number(t, depth))
        return;
    if (plan_.uses(Group::Exceptions) && depth > 1 && in_.chance(shape.try_value))
        return try_value(t, depth - 1);
    auto const& ops = plan_.palette.numeric[static_cast<std::size_t>(t.kind)];
    enum : std::uint32_t
    {
        Leaf,
        Numeric,
        Comparison,
        Load,
        Select,
        Tee,
        Call,
        If,
        Block,
        Loop,
        Switch,
        Size,
    };
    static constexpr auto weights =
        std::to_array<std::uint8_t>({26, 120, 16, 26, 8, 10, 14, 7, 7, 6, 4, 4});
    switch (weighted(weights)) {
    case Leaf: return leaf(t);
    case Comparison:
        if (t == i32)
            return condition(depth);
        break;
    case Load:
        if (load(t, depth))
            return;
        break;
    case Select:
        expression(t, depth - 1);
        expression(t, depth - 1);
        condition(depth - 1);
        if (plan_.has(Feature::ReferenceTypes) && in_.chance(100))
            return code_.select(t);
        return code_.op(Opcode::Select);
    case Tee:
        if (auto const l = local(t, true)) {
            expression(t, depth - 1);
            return code_.op(Opcode::LocalTee, *l);
        }
        break;
    case Call:
        if (call_value(t, depth))
            return;
        break;
    case If: return conditional_value(t, depth);
    case Block: return block_value(t, depth);
    case Loop: return loop_value(t, depth);
    case Switch: return switch_value(t, depth);
    case Size:
        if (t != i32 || budget_.bare)
            break;
        if (plan_.uses(Group::Memory) && !plan_.memories.empty()) {
            auto const m = in_.below(static_cast<std::uint32_t>(plan_.memories.size()));
            code_.op(Opcode::MemorySize, m);
            return code_.from_address(plan_.memories[m].addr);
        }
        if (plan_.uses(Group::Table) && !plan_.tables.empty()) {
            auto const table = in_.below(static_cast<std::uint32_t>(plan_.tables.size()));
            code_.op(Opcode::TableSize, table);
            return code_.from_address(plan_.tables[table].addr);
        }
        break;
    default: break;
    }
    if (ops.empty())
        return leaf(t);
    numeric(ops[in_.below(static_cast<std::uint32_t>(ops.size()))], depth);
}

void FunctionWriter::numeric(Opcode op, std::uint32_t depth)
{
    auto const params = info(op).type.params();
    auto const kind = number_kind(params[0]);
    auto const hazard = hazard_of(info(op));
    if (hazard == Hazard::Truncate && !risk())
        return truncatable(op, depth);
    auto const before = code_.size();
    expression({kind}, depth - 1);
    for (std::size_t i = 1; i < params.size(); ++i) {
        auto const next = number_kind(params[i]);
        auto const is_repeatable =
            code_.size() == before + 1 && code_.last().op == Opcode::LocalGet && next == kind;
        if (hazard == Hazard::Divide && !risk())
            divisor(next, depth);
        else if (is_repeatable && in_.chance(shape.same_operand))
            code_.op(Opcode::LocalGet, code_.last().x);
        else
            expression({next}, depth - 1 - (in_.below(2) & (depth > 1 ? 1U : 0U)));
    }
    operation(op);
}

/// A divisor that is not zero.
void FunctionWriter::divisor(ValType::Kind number, std::uint32_t depth)
{
    if (in_.chance(100)) {
        auto const pool = boundary_values(number).subspan(1); // zero is the first
        return code_.constant(number, pool[in_.below(static_cast<std::uint32_t>(pool.size()))]);
    }
    expression({number}, depth - 1);
    code_.constant(number, 1);
    code_.op(number == ValType::Kind::I64 ? Opcode::I64Or : Opcode::I32Or);
}

/// A truncation that does not trap: of an integer that was shifted into range.
void FunctionWriter::truncatable(Opcode op, std::uint32_t depth)
{
    auto const from = number_kind(info(op).type.params()[0]);
    auto const is_unsigned = verb(info(op)).ends_with("_u");
    expression(i32, depth - 1);
    code_.i32_const(1 + in_.below(24));
    code_.op(is_unsigned ? Opcode::I32ShrU : Opcode::I32ShrS);
    if (from == ValType::Kind::F32)
        code_.op(is_unsigned ? Opcode::F32ConvertI32U : Opcode::F32ConvertI32S);
    else
        code_.op(is_unsigned ? Opcode::F64ConvertI32U : Opcode::F64ConvertI32S);
    if (in_.chance(96)) {
        code_.constant(from, from == ValType::Kind::F32 ? 0x3F00'0000 : 0x3FE0'0000'0000'0000);
        code_.op(from == ValType::Kind::F32 ? Opcode::F32Mul : Opcode::F64Mul);
    }
    code_.op(op);
}

/// An i32 that is mostly the answer of a comparison.
void FunctionWriter::condition(std::uint32_t depth)
{
    auto const& comparisons = plan_.palette.comparisons;
    if (depth == 0 || !wants_more() || comparisons.empty() || in_.chance(32))
        return leaf(i32);
    if (plan_.uses(Group::References) && in_.chance(32)) {
        reference(in_.chance(128) ? externref : funcref, depth - 1);
        return code_.op(Opcode::RefIsNull);
    }
    numeric(comparisons[in_.below(static_cast<std::uint32_t>(comparisons.size()))], depth);
}

/// An i32 below `below`: a constant, or something masked; `below` at least one.
void FunctionWriter::small(std::uint32_t below, std::uint32_t depth)
{
    if (below < 2 || depth == 0 || !wants_more() || in_.chance(80))
        return code_.i32_const(in_.below(below));
    expression(i32, depth - 1);
    std::uint32_t mask = 1;
    while (mask * 2 + 1 < below)
        mask = mask * 2 + 1;
    if (in_.chance(64)) {
        code_.i32_const(below);
        return code_.op(Opcode::I32RemU);
    }
    code_.i32_const(mask);
    code_.op(Opcode::I32And);
}

} // namespace touchstone::generators
