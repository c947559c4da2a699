#include "generators/transform.hpp"

#include "generators/operations.hpp"
#include "generators/scratch.hpp"

#include <set>
#include <string>

namespace touchstone::generators {

namespace {

/// Does the instruction compute a float whose NaN bits are the engine's choice
/// (exec/numerics.html#aux-nans)? Moving and changing bits is no computing.
constexpr bool makes_nan(OpInfo const& row)
{
    if (!is_numeric(row))
        return false;
    auto const is_float = [](OpOperand o) { return o == OpOperand::F32 || o == OpOperand::F64; };
    auto const v = verb(row);
    return is_float(row.type.results()[0]) && is_float(row.type.params()[0]) && v != "abs" &&
           v != "neg" && v != "copysign";
}

constexpr auto makes_nan_by_row = [] consteval {
    std::array<bool, op_table.size()> makes{};
    for (std::size_t i = 0; i < op_table.size(); ++i)
        makes[i] = makes_nan(op_table[i]);
    return makes;
}();

/// tee x; canonical NaN; x = x; select
void canonicalise(std::vector<Instr>& out, ValType::Kind number, Index scratch)
{
    auto const is_f32 = number == ValType::Kind::F32;
    out.push_back({.op = Opcode::LocalTee, .x = scratch});
    out.push_back({.op = is_f32 ? Opcode::F32Const : Opcode::F64Const,
        .imm = is_f32 ? 0x7FC0'0000U : 0x7FF8'0000'0000'0000U});
    out.push_back({.op = Opcode::LocalGet, .x = scratch});
    out.push_back({.op = Opcode::LocalGet, .x = scratch});
    out.push_back({.op = is_f32 ? Opcode::F32Eq : Opcode::F64Eq});
    out.push_back({.op = Opcode::Select});
}

std::string fresh_name(std::string_view kind, Index index, std::set<std::string>& taken)
{
    auto name = "touchstone:" + std::string{kind} + ":" + std::to_string(index);
    while (!taken.insert(name).second)
        name += '\'';
    return name;
}

} // namespace

Module canonicalise_nans(Module m)
{
    for (auto& f : m.funcs) {
        Scratch scratch{m, f};
        if (!scratch.has_room())
            continue; // no engine runs such a function
        std::vector<Instr> out;
        out.reserve(f.body.instrs.size());
        for (auto const& i : f.body.instrs) {
            out.push_back(i);
            if (!makes_nan_by_row[static_cast<std::size_t>(i.op)])
                continue;
            auto const number = number_kind(info(i.op).type.results()[0]);
            canonicalise(out, number, scratch.of(number));
        }
        f.body.instrs = std::move(out);
    }
    return m;
}

Module export_everything(Module m)
{
    std::set<std::string> taken;
    for (auto const& e : m.exports)
        taken.insert(e.name);
    auto const export_all = [&](ExternKind kind, std::string_view text, std::size_t defined) {
        auto const count = count_imports(m, kind) + static_cast<Index>(defined);
        std::vector<bool> exported(count);
        for (auto const& e : m.exports)
            if (e.kind == kind)
                exported[e.index] = true;
        for (Index i = 0; i < count; ++i)
            if (!exported[i])
                m.exports.push_back({.name = fresh_name(text, i, taken), .kind = kind, .index = i});
    };
    export_all(ExternKind::Func, "func", m.funcs.size());
    export_all(ExternKind::Table, "table", m.tables.size());
    export_all(ExternKind::Memory, "memory", m.memories.size());
    export_all(ExternKind::Global, "global", m.globals.size());
    return m;
}

} // namespace touchstone::generators
