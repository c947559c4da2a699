#include "harness/campaign/cause.hpp"

#include "engine/binary/decode.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace touchstone::campaign {

namespace {

/// Growing, and the instructions that use what has grown.
struct Resizing
{
    Opcode grow;
    std::string_view object;
};

constexpr std::array resizings{
    Resizing{Opcode::MemoryGrow, "memory"}, Resizing{Opcode::TableGrow, "table"}};

bool contains(Case const& c, Opcode op)
{
    return std::ranges::any_of(c.modules, [op](CaseModule const& bytes) {
        auto const m = decode(bytes.bytes);
        return m && std::ranges::any_of(m->funcs, [op](Func const& f) {
            return std::ranges::find(f.body.instrs, op, &Instr::op) != f.body.instrs.end();
        });
    });
}

bool uses_memory(OpInfo const& row)
{
    return row.immediates == Immediates::Memarg || row.immediates == Immediates::MemargLane ||
           row.text.starts_with("memory.");
}

bool uses_table(OpInfo const& row)
{
    return row.text.starts_with("table.") || row.text.find("call_indirect") != row.text.npos;
}

bool uses(std::string_view instruction, Opcode grow)
{
    auto const row = std::ranges::find(op_table, instruction, &OpInfo::text);
    if (row == op_table.end())
        return false;
    return grow == Opcode::MemoryGrow ? uses_memory(*row) : uses_table(*row);
}

/// An engine that should have trapped and did not, and the other way round, is one thing.
std::string effect_of(std::string const& reason)
{
    if (reason == "end" || reason == "limit")
        return "trap";
    return reason == "values" ? "result" : reason;
}

} // namespace

std::string Cause::text() const
{
    if (instruction.empty())
        return fmt::format("{}, {}", effect, oracles);
    return fmt::format("{}: {}, {}", instruction, effect, oracles);
}

Cause cause_of(Signature const& s, std::optional<Location> const& l)
{
    if (l)
        return {.suspect = s.suspect,
            .oracles = s.oracles,
            .instruction = l->text,
            .effect = effect_of(l->effect)};
    return {.suspect = s.suspect,
        .oracles = s.oracles,
        .instruction = s.instruction,
        .effect = s.classes.empty() ? s.kind : fmt::format("{} {}", s.kind, s.classes)};
}

Cause refined(Cause cause, Case const& minimal)
{
    for (auto const& r : resizings) {
        auto const grow = info(r.grow).text;
        if (cause.instruction == grow || !uses(cause.instruction, r.grow) ||
            !contains(minimal, r.grow))
            continue;
        cause.instruction = fmt::format("{} access after {}", r.object, grow);
        cause.effect = "state";
    }
    return cause;
}

} // namespace touchstone::campaign
