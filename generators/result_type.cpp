#include "generators/result_type.hpp"

#include "cases/function_types.hpp"

#include <algorithm>

namespace touchstone::generators {

namespace {

using Kind = ValType::Kind;

std::optional<Kind> number(ValType t)
{
    return t.kind <= Kind::V128 ? std::optional{t.kind} : std::nullopt;
}

std::optional<Kind> only_number(std::vector<ValType> const& results)
{
    return results.size() == 1 ? number(results.front()) : std::nullopt;
}

Kind number(AddrType at)
{
    return at == AddrType::I64 ? Kind::I64 : Kind::I32;
}

std::optional<Kind> result_of(FuncType const* type)
{
    return type != nullptr ? only_number(type->results) : std::nullopt;
}

} // namespace

ResultTypes::ResultTypes(Module const& m, Func const& f)
    : module_{m}, body_{f.body}, params_{m.types[f.type].comp.func.params}
{
    auto end = static_cast<std::uint64_t>(params_.size());
    for (auto const& group : f.locals) {
        end += group.count;
        group_ends_.push_back(end);
        group_types_.push_back(group.type);
    }
    for (auto const& i : m.imports) {
        if (i.type.kind == ExternKind::Global)
            globals_.push_back(i.type.global.value);
        if (i.type.kind == ExternKind::Memory)
            memories_.push_back(i.type.memory.limits.addr);
        if (i.type.kind == ExternKind::Table)
            tables_.push_back(i.type.table.limits.addr);
    }
    for (auto const& g : m.globals)
        globals_.push_back(g.type.value);
    for (auto const& memory : m.memories)
        memories_.push_back(memory.type.limits.addr);
    for (auto const& t : m.tables)
        tables_.push_back(t.type.limits.addr);
}

std::optional<Kind> ResultTypes::of_block_end()
{
    if (blocks_.empty())
        return std::nullopt; // the function's own: nothing may come behind it
    auto const result = blocks_.back();
    blocks_.pop_back();
    return result;
}

std::optional<Kind> ResultTypes::of_table(Instr const& i) const
{
    auto const& type = info(i.op).type;
    if (type.own_rule() || type.results().size() != 1)
        return std::nullopt;
    auto const result = type.results().front();
    if (result == OpOperand::Addr)
        return number(memories_[i.x]);
    return result <= OpOperand::V128 ? std::optional{static_cast<Kind>(result)} : std::nullopt;
}

std::optional<Kind> ResultTypes::number_result(Instr const& i)
{
    switch (i.op) {
    case Opcode::Block:
    case Opcode::Loop:
    case Opcode::If:
    case Opcode::TryTable:
    {
        auto const type = i.block_type();
        auto const result = type.kind == BlockType::Kind::Value ? number(type.value)
                            : type.kind == BlockType::Kind::Type
                                ? only_number(module_.types[type.type].comp.func.results)
                                : std::nullopt;
        blocks_.push_back(result);
        return std::nullopt;
    }
    case Opcode::End: return of_block_end();
    case Opcode::LocalGet:
    case Opcode::LocalTee:
    {
        if (i.x < params_.size())
            return number(params_[i.x]);
        auto const group = std::ranges::upper_bound(group_ends_, std::uint64_t{i.x});
        return number(group_types_[static_cast<std::size_t>(group - group_ends_.begin())]);
    }
    case Opcode::GlobalGet: return number(globals_[i.x]);
    case Opcode::SelectT: return i.y == 1 ? number(body_.types[i.x]) : std::nullopt;
    case Opcode::Call: return result_of(type_of_function(module_, i.x));
    case Opcode::CallIndirect:
    case Opcode::CallRef: return only_number(module_.types[i.x].comp.func.results);
    case Opcode::TableSize:
    case Opcode::TableGrow: return number(tables_[i.x]);
    default: return of_table(i);
    }
}

} // namespace touchstone::generators
