#include "generators/boundary.hpp"
#include "generators/shape.hpp"
#include "generators/smith_function.hpp"

namespace touchstone::generators {

std::optional<Index> FunctionWriter::table_of(ValType element)
{
    if (budget_.bare)
        return std::nullopt;
    std::vector<Index> fitting;
    for (Index t = 0; t < plan_.tables.size(); ++t)
        if (plan_.tables[t].element == element)
            fitting.push_back(t);
    if (fitting.empty())
        return std::nullopt;
    return fitting[in_.below(static_cast<std::uint32_t>(fitting.size()))];
}

void FunctionWriter::table_index(Index table, std::uint32_t depth)
{
    near_index(table, depth);
    code_.to_address(plan_.tables[table].addr);
}

/// The index as an i32.
void FunctionWriter::near_index(Index table, std::uint32_t depth)
{
    auto const size = plan_.tables[table].size;
    if (!risk())
        return small(size, depth);
    switch (in_.below(4)) {
    case 0:
        if (!plan_.has(Feature::ReferenceTypes))
            return code_.i32_const(size);
        code_.op(Opcode::TableSize, table);
        return code_.from_address(plan_.tables[table].addr);
    case 1: return code_.i32_const(0xFFFF'FFFF);
    case 2: return code_.i32_const(shape.largest_table);
    default: return expression(i32, depth);
    }
}

/// A number of elements: none, some, or far too many.
void FunctionWriter::table_length(std::uint32_t safe)
{
    if (risk())
        return code_.i32_const(in_.chance(128) ? 0xFFFF'FFFF : shape.largest_table + 1);
    if (in_.chance(40))
        return code_.i32_const(0);
    small(safe + 1, 2);
}

void FunctionWriter::table_statement()
{
    auto const count = static_cast<std::uint32_t>(plan_.tables.size());
    auto const table = in_.below(count);
    auto const& t = plan_.tables[table];
    // a table that calls go through is seldom disturbed
    auto const is_free = t.runs.empty() || in_.chance(30);
    auto const how = in_.below(is_free ? 8 : 4);
    if (!affords(2))
        return assign(i32);
    spend(2);
    switch (how) {
    case 0:
    case 1:
    {
        if (!is_free) { // another function of the type that the slot has
            auto const run = t.runs[in_.below(static_cast<std::uint32_t>(t.runs.size()))];
            std::vector<Index> fitting;
            for (Index f = 0; f < plan_.funcs.size(); ++f)
                if (plan_.funcs[f].is_leaf && plan_.funcs[f].type == run.type)
                    fitting.push_back(f);
            if (fitting.empty())
                return assign(i32);
            code_.i32_const(run.first + in_.below(run.length));
            code_.to_address(t.addr);
            auto const f = fitting[in_.below(static_cast<std::uint32_t>(fitting.size()))];
            plan_.referenced.resize(plan_.funcs.size());
            plan_.referenced[f] = true;
            code_.op(Opcode::RefFunc, f);
        } else {
            table_index(table, 3);
            reference(t.element, 2);
        }
        return code_.op(Opcode::TableSet, table);
    }
    case 2:
    {
        reference(t.element, 1);
        if (in_.chance(24))
            code_.constant(ValType::Kind::I32, boundary_values(ValType::Kind::I32)[in_.below(24)]);
        else
            small(4, 2);
        code_.to_address(t.addr);
        code_.op(Opcode::TableGrow, table);
        code_.from_address(t.addr);
        return keep(i32);
    }
    case 3:
        code_.op(Opcode::TableSize, table);
        code_.from_address(t.addr);
        return keep(i32);
    case 4:
    case 5:
    {
        auto const from = in_.below(t.size);
        code_.i32_const(from);
        code_.to_address(t.addr);
        reference(t.element, 2);
        table_length(t.size - from);
        code_.to_address(t.addr);
        return code_.op(Opcode::TableFill, table);
    }
    case 6:
    {
        auto const source = *table_of(t.element);
        auto const room = std::min(t.size, plan_.tables[source].size);
        auto const length = in_.below(room + 1);
        auto const from = plan_.tables[source].addr;
        small(t.size - length + 1, 2);
        code_.to_address(t.addr);
        small(plan_.tables[source].size - length + 1, 2);
        code_.to_address(from);
        table_length(length);
        code_.to_address(std::min(t.addr, from));
        return code_.op(Opcode::TableCopy, table, source);
    }
    default: break;
    }
    std::vector<Index> fitting;
    for (Index e = 0; e < plan_.elems.size(); ++e)
        if (plan_.elems[e].element == t.element)
            fitting.push_back(e);
    if (fitting.empty())
        return assign(i32);
    auto const which = fitting[in_.below(static_cast<std::uint32_t>(fitting.size()))];
    auto const& segment = plan_.elems[which];
    if (in_.chance(40))
        return segment.stays ? assign(i32) : code_.op(Opcode::ElemDrop, which);
    auto const available = segment.is_passive ? segment.size : 0; // active ones were dropped
    auto const length = in_.below(std::min(available, t.size) + 1);
    small(t.size - length + 1, 2);
    code_.to_address(t.addr);
    code_.i32_const(in_.below(available - length + 1));
    table_length(length);
    code_.op(Opcode::TableInit, which, table);
}

} // namespace touchstone::generators
