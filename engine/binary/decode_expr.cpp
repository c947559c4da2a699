#include "engine/binary/decode_expr.hpp"

#include "engine/binary/decode_types.hpp"
#include "engine/syntax/faults.hpp"

#include <fmt/format.h>

namespace touchstone::binary {

namespace {

void read_memarg(Cursor& in, Instr& i)
{
    constexpr std::uint32_t has_memory = 0x40;
    auto const where = in.offset();
    auto const flags = in.u32();
    if (flags >= 2 * has_memory)
        in.fail(where, "malformed memop flags");
    i.align = static_cast<std::uint8_t>(flags & (has_memory - 1));
    if ((flags & has_memory) != 0)
        i.x = in.u32();
    i.imm = in.u64();
    if (fault(SharedFault::MemargOffset, i.imm > 0xFFFF))
        i.imm &= 0xFFFF;
}

/// The bits of a float constant as they are; `ConstQuieted` makes a quiet NaN of a signalling one.
std::uint32_t quieted(std::uint32_t bits)
{
    constexpr std::uint32_t infinity = 0x7F80'0000;
    constexpr std::uint32_t quiet = 0x0040'0000;
    auto const is_signalling = (bits & 0x7FFF'FFFF) > infinity && (bits & quiet) == 0;
    return fault(SharedFault::ConstQuieted, is_signalling) ? bits | quiet : bits;
}

template <class T>
void move_exact(std::vector<T>& to, std::vector<T>& from)
{
    to.assign(from.begin(), from.end());
    from.clear();
}

} // namespace

Expr ExprReader::read(Cursor& in)
{
    using Role = OpEntry::Role;
    grown_.instrs.clear();
    grown_.labels.clear();
    grown_.types.clear();
    grown_.vectors.clear();
    grown_.catches.clear();
    open_.clear();
    data_use_.reset();

    for (bool ended = false; !ended;) {
        auto const where = in.offset();
        auto const first = in.byte();
        auto entry = op_bytes[first];
        if (entry.role >= Role::Prefix) [[unlikely]]
            entry = read_rare(in, first);
        auto& i = grown_.instrs.emplace_back();
        i.op = entry.op;
        i.where.offset = static_cast<std::uint32_t>(where);
        if (entry.role != Role::Plain) [[unlikely]]
            ended = nest(in, entry.role);
        switch (entry.immediates) { // the commonest stay in the loop
        case Immediates::None: break;
        case Immediates::Label:
        case Immediates::Func:
        case Immediates::Local:
        case Immediates::Global: i.x = in.u32(); break;
        case Immediates::I32: i.imm = static_cast<std::uint32_t>(in.s32()); break;
        case Immediates::Memarg: read_memarg(in, i); break;
        default: read_rarer_immediates(in, entry.immediates, i); break;
        }
    }

    Expr e;
    move_exact(e.instrs, grown_.instrs);
    move_exact(e.labels, grown_.labels);
    move_exact(e.types, grown_.types);
    move_exact(e.vectors, grown_.vectors);
    move_exact(e.catches, grown_.catches);
    return e;
}

std::optional<OpEntry> ExprReader::allowed(OpEntry entry) const
{
    if (entry.role == OpEntry::Role::Illegal)
        return std::nullopt;
    if (entry.role != OpEntry::Role::Proposed)
        return entry;
    auto const& row = info(entry.op);
    if (!features_.has(row.since))
        return std::nullopt;
    entry.role = detail::role_of(row);
    return entry;
}

OpEntry ExprReader::read_rare(Cursor& in, std::uint8_t first) const
{
    using Role = OpEntry::Role;
    auto const where = in.offset() - 1;
    auto const prefix = op_bytes[first];
    if (prefix.role != Role::Prefix) {
        if (auto const entry = allowed(prefix))
            return *entry;
        in.fail(where, fmt::format("illegal opcode {:02x}", first));
    }
    auto const number = in.u32();
    if (number < prefixed_size)
        if (auto const entry = allowed(prefixed_ops[first - first_prefix][number]))
            return *entry;
    in.fail(where, fmt::format("illegal opcode {:02x} {:02x}", first, number));
}

bool ExprReader::nest(Cursor const& in, OpEntry::Role role)
{
    using Role = OpEntry::Role;
    auto const inside = [&](Open block, Open other) {
        if (open_.empty() || (open_.back() != block && open_.back() != other))
            in.fail(in.offset() - 1, "END opcode expected");
    };
    switch (role) {
    case Role::Opens: open_.push_back(Open::Block); return false;
    case Role::OpensIf: open_.push_back(Open::If); return false;
    case Role::OpensTry: open_.push_back(Open::Try); return false;
    case Role::Else:
        inside(Open::If, Open::If);
        open_.back() = Open::Block;
        return false;
    case Role::Catch:
        inside(Open::Try, Open::TryCatch);
        open_.back() = Open::TryCatch;
        return false;
    case Role::CatchAll:
        inside(Open::Try, Open::TryCatch);
        open_.back() = Open::Block;
        return false;
    case Role::Delegate:
        inside(Open::Try, Open::Try);
        open_.pop_back();
        return false;
    default: // End
        if (open_.empty())
            return true;
        open_.pop_back();
        return false;
    }
}

void ExprReader::read_rarer_immediates(Cursor& in, Immediates immediates, Instr& i)
{
    switch (immediates) {
    case Immediates::None:
    case Immediates::Label:
    case Immediates::Func:
    case Immediates::Local:
    case Immediates::Global:
    case Immediates::I32:
    case Immediates::Memarg: break; // read already
    case Immediates::Block: i.set_block_type(read_block_type(in)); break;
    case Immediates::TryTable: read_catches(in, i); break;
    case Immediates::Labels: read_labels(in, i); break;
    case Immediates::SelectTypes: read_types(in, i); break;
    case Immediates::BrCast: read_br_cast(in, i); break;
    case Immediates::Data: data_use_ = i.where.offset; [[fallthrough]];
    case Immediates::Type:
    case Immediates::Tag:
    case Immediates::Table:
    case Immediates::Elem:
    case Immediates::Memory: i.x = in.u32(); break;
    case Immediates::DataMemory:
    case Immediates::TypeData: data_use_ = i.where.offset; [[fallthrough]];
    case Immediates::TypeTable:
    case Immediates::TableTable:
    case Immediates::ElemTable:
    case Immediates::MemoryMemory:
    case Immediates::TypeField:
    case Immediates::TypeCount:
    case Immediates::TypeElem:
    case Immediates::TypeType:
        i.x = in.u32();
        i.y = in.u32();
        break;
    case Immediates::MemargLane:
        read_memarg(in, i);
        i.lane = in.byte();
        break;
    case Immediates::Lane: i.lane = in.byte(); break;
    case Immediates::Zero: read_zero(in); break;
    case Immediates::Lanes16:
    case Immediates::V128: read_vector(in, i); break;
    case Immediates::I64: i.imm = static_cast<std::uint64_t>(in.s64()); break;
    case Immediates::F32: i.imm = quieted(in.word32()); break;
    case Immediates::F64: i.imm = in.word64(); break;
    case Immediates::HeapType: i.set_heap_type(read_heap_type(in)); break;
    }
}

void ExprReader::read_labels(Cursor& in, Instr& i)
{
    auto const count = in.length();
    i.x = static_cast<Index>(grown_.labels.size());
    for (std::uint32_t n = 0; n < count; ++n)
        grown_.labels.push_back(in.u32());
    auto const last = in.u32();
    grown_.labels.push_back(
        fault(SharedFault::BrTableDefault, count >= 4) ? grown_.labels.back() : last);
    i.y = count + 1;
}

void ExprReader::read_types(Cursor& in, Instr& i)
{
    auto const count = in.length();
    i.x = static_cast<Index>(grown_.types.size());
    for (std::uint32_t n = 0; n < count; ++n)
        grown_.types.push_back(read_val_type(in));
    i.y = count;
}

void ExprReader::read_catches(Cursor& in, Instr& i)
{
    i.set_block_type(read_block_type(in));
    auto const count = in.length();
    i.x = static_cast<Index>(grown_.catches.size());
    for (std::uint32_t n = 0; n < count; ++n) {
        auto const kind = in.byte();
        if (kind > static_cast<std::uint8_t>(Catch::Kind::CatchAllRef))
            in.fail(in.offset() - 1, "malformed catch clause");
        Catch c{.kind = static_cast<Catch::Kind>(kind)};
        if (c.kind == Catch::Kind::Catch || c.kind == Catch::Kind::CatchRef)
            c.tag = in.u32();
        c.label = in.u32();
        grown_.catches.push_back(c);
    }
    i.y = count;
}

void ExprReader::read_br_cast(Cursor& in, Instr& i)
{
    auto const flags = in.byte();
    if (flags > 3)
        in.fail(in.offset() - 1, "malformed br_on_cast flags");
    i.x = in.u32();
    i.y = static_cast<Index>(grown_.types.size());
    auto const from = read_heap_type(in);
    auto const to = read_heap_type(in);
    grown_.types.push_back(ValType::ref((flags & 1) != 0, from));
    grown_.types.push_back(ValType::ref((flags & 2) != 0, to));
}

void ExprReader::read_vector(Cursor& in, Instr& i)
{
    V128 v;
    std::ranges::copy(in.bytes(v.bytes.size()), v.bytes.begin());
    i.x = static_cast<Index>(grown_.vectors.size());
    grown_.vectors.push_back(v);
}

} // namespace touchstone::binary
