#include "engine/binary/branch_hints.hpp"

#include "engine/binary/cursor.hpp"
#include "engine/binary/encode_expr.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace touchstone {

namespace binary {

namespace {

/// The instruction at this many bytes behind the start of a function's code.
std::uint32_t instruction_at(Func const& f, std::uint32_t offset, Cursor const& in)
{
    auto const wanted = std::uint64_t{f.where.offset} + offset;
    auto const& instrs = f.body.instrs;
    auto const at = std::ranges::lower_bound(
        instrs, wanted, std::ranges::less{}, [](Instr const& i) { return i.where.offset; });
    if (at == instrs.end() || at->where.offset != wanted ||
        (at->op != Opcode::If && at->op != Opcode::BrIf))
        throw Refused{{.kind = Error::Kind::Invalid,
            .message = fmt::format("{}: invalid target", branch_hint_section),
            .offset = in.offset()}};
    return static_cast<std::uint32_t>(at - instrs.begin());
}

void read_hint(Cursor& in, Func const& f, std::optional<std::uint32_t>& last, FuncHints& hints)
{
    auto const offset = in.u32();
    if (last && offset <= *last)
        in.fail(in.offset(), "branch hints out of order");
    last = offset;
    if (in.u32() != 1)
        in.fail(in.offset(), "invalid hint size");
    auto const value = in.byte();
    if (value > 1)
        in.fail(in.offset(), "invalid hint");
    hints.emplace(instruction_at(f, offset, in), value == 1);
}

BranchHints read_hints(Cursor in, Module const& m)
{
    BranchHints all;
    auto const imported = count_imports(m, ExternKind::Func);
    for (auto count = in.length(); count > 0; --count) {
        auto const index = in.u32();
        if (!all.empty() && index <= all.rbegin()->first)
            in.fail(in.offset(), "functions of branch hints out of order");
        if (index < imported || index - imported >= m.funcs.size())
            in.fail(in.offset(), "unknown function");
        auto& hints = all[index];
        std::optional<std::uint32_t> last;
        for (auto n = in.length(); n > 0; --n)
            read_hint(in, m.funcs[index - imported], last, hints);
    }
    if (!in.at_end())
        in.fail(in.offset(), "junk after the branch hints");
    return all;
}

void write_hints(Sink& out, Func const& f, FuncHints const& hints)
{
    Sink code;
    write_locals(code, f);
    auto hint = hints.begin();
    for (std::uint32_t i = 0; i < f.body.instrs.size() && hint != hints.end(); ++i) {
        if (i == hint->first) {
            out.unsigned_leb(code.taken().size());
            out.unsigned_leb(1);
            out.byte(hint->second ? 1 : 0);
            ++hint;
        }
        write(code, f.body, f.body.instrs[i]);
    }
}

} // namespace

} // namespace binary

std::expected<BranchHints, Error> decode_branch_hints(Module const& module)
{
    auto const section = std::ranges::find(module.customs, branch_hint_section, &Custom::name);
    if (section == module.customs.end())
        return BranchHints{};
    try {
        if (std::ranges::count(module.customs, branch_hint_section, &Custom::name) > 1)
            binary::Cursor{section->bytes}.fail(0, "several branch hint sections");
        return binary::read_hints(binary::Cursor{section->bytes}, module);
    } catch (Refused const& refused) {
        return std::unexpected{refused.error};
    }
}

std::vector<std::uint8_t> encode_branch_hints(Module const& module)
{
    binary::Sink out;
    auto const imported = count_imports(module, ExternKind::Func);
    out.length(module.branch_hints.size());
    for (auto const& [index, hints] : module.branch_hints) {
        out.unsigned_leb(index);
        out.length(hints.size());
        binary::write_hints(out, module.funcs.at(index - imported), hints);
    }
    return std::move(out).take();
}

} // namespace touchstone
