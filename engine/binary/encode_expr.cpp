#include "engine/binary/encode_expr.hpp"

#include "engine/binary/encode_types.hpp"

namespace touchstone::binary {

namespace {

void write_memarg(Sink& out, Instr const& i)
{
    constexpr std::uint8_t has_memory = 0x40;
    out.byte(static_cast<std::uint8_t>(i.align | (i.x != 0 ? has_memory : 0)));
    if (i.x != 0)
        out.unsigned_leb(i.x);
    out.unsigned_leb(i.imm);
}

void write_labels(Sink& out, Instr const& i, Expr const& e)
{
    auto const labels = std::span{e.labels}.subspan(i.x, i.y);
    out.length(labels.size() - 1);
    for (auto const l : labels)
        out.unsigned_leb(l);
}

void write_types(Sink& out, Instr const& i, Expr const& e)
{
    out.length(i.y);
    for (auto const t : std::span{e.types}.subspan(i.x, i.y))
        write(out, t);
}

void write_catches(Sink& out, Instr const& i, Expr const& e)
{
    write(out, i.block_type());
    out.length(i.y);
    for (auto const c : std::span{e.catches}.subspan(i.x, i.y)) {
        out.byte(static_cast<std::uint8_t>(c.kind));
        if (c.kind == Catch::Kind::Catch || c.kind == Catch::Kind::CatchRef)
            out.unsigned_leb(c.tag);
        out.unsigned_leb(c.label);
    }
}

void write_br_cast(Sink& out, Instr const& i, Expr const& e)
{
    auto const from = e.types.at(i.y);
    auto const to = e.types.at(i.y + 1);
    out.byte(static_cast<std::uint8_t>((from.nullable ? 1 : 0) | (to.nullable ? 2 : 0)));
    out.unsigned_leb(i.x);
    write(out, from.heap);
    write(out, to.heap);
}

void write_immediates(Sink& out, Instr const& i, Expr const& e)
{
    switch (info(i.op).immediates) {
    case Immediates::None: break;
    case Immediates::Block: write(out, i.block_type()); break;
    case Immediates::TryTable: write_catches(out, i, e); break;
    case Immediates::Labels: write_labels(out, i, e); break;
    case Immediates::SelectTypes: write_types(out, i, e); break;
    case Immediates::BrCast: write_br_cast(out, i, e); break;
    case Immediates::Label:
    case Immediates::Func:
    case Immediates::Type:
    case Immediates::Tag:
    case Immediates::Local:
    case Immediates::Global:
    case Immediates::Table:
    case Immediates::Elem:
    case Immediates::Memory:
    case Immediates::Data: out.unsigned_leb(i.x); break;
    case Immediates::TypeTable:
    case Immediates::TableTable:
    case Immediates::ElemTable:
    case Immediates::MemoryMemory:
    case Immediates::DataMemory:
    case Immediates::TypeField:
    case Immediates::TypeCount:
    case Immediates::TypeData:
    case Immediates::TypeElem:
    case Immediates::TypeType:
        out.unsigned_leb(i.x);
        out.unsigned_leb(i.y);
        break;
    case Immediates::Memarg: write_memarg(out, i); break;
    case Immediates::MemargLane:
        write_memarg(out, i);
        out.byte(i.lane);
        break;
    case Immediates::Lane: out.byte(i.lane); break;
    case Immediates::Zero: out.byte(0); break;
    case Immediates::Lanes16:
    case Immediates::V128: out.bytes(e.vectors.at(i.x).bytes); break;
    case Immediates::I32: out.signed_leb(static_cast<std::int32_t>(i.imm)); break;
    case Immediates::I64: out.signed_leb(static_cast<std::int64_t>(i.imm)); break;
    case Immediates::F32: out.word(i.imm, 4); break;
    case Immediates::F64: out.word(i.imm, 8); break;
    case Immediates::HeapType: write(out, i.heap_type()); break;
    }
}

} // namespace

void write(Sink& out, Expr const& e, Instr const& i)
{
    auto const code = info(i.op).code;
    if (code <= 0xFF) {
        out.byte(static_cast<std::uint8_t>(code));
    } else {
        out.byte(static_cast<std::uint8_t>(code >> 16));
        out.unsigned_leb(code & 0xFFFF);
    }
    write_immediates(out, i, e);
}

void write(Sink& out, Expr const& e)
{
    for (auto const& i : e.instrs)
        write(out, e, i);
}

void write_locals(Sink& out, Func const& f)
{
    out.length(f.locals.size());
    for (auto const& l : f.locals) {
        out.unsigned_leb(l.count);
        write(out, l.type);
    }
}

} // namespace touchstone::binary
