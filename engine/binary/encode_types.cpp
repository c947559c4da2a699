#include "engine/binary/encode_types.hpp"

#include "engine/binary/type_codes.hpp"

namespace touchstone::binary {

namespace {

std::uint8_t code_of(AbsHeapType type)
{
    return abstract_codes.at(static_cast<std::size_t>(type));
}

void write(Sink& out, StorageType type)
{
    switch (type.pack) {
    case StorageType::Pack::No: binary::write(out, type.unpacked); break;
    case StorageType::Pack::I8: out.byte(packed_i8); break;
    case StorageType::Pack::I16: out.byte(packed_i16); break;
    }
}

void write(Sink& out, FieldType type)
{
    write(out, type.storage);
    out.byte(type.is_mutable ? 1 : 0);
}

void write(Sink& out, ResultType const& types)
{
    out.length(types.size());
    for (auto const t : types)
        binary::write(out, t);
}

void write(Sink& out, CompType const& type)
{
    switch (type.kind) {
    case CompType::Kind::Func:
        out.byte(func_type);
        write(out, type.func.params);
        write(out, type.func.results);
        break;
    case CompType::Kind::Struct:
        out.byte(struct_type);
        out.length(type.fields.size());
        for (auto const f : type.fields)
            write(out, f);
        break;
    case CompType::Kind::Array:
        out.byte(array_type);
        write(out, type.fields.at(0));
        break;
    }
}

void write(Sink& out, SizeLimits const& limits, unsigned other_flags)
{
    auto const flags =
        (limits.max ? 1U : 0U) | (limits.addr == AddrType::I64 ? 4U : 0U) | other_flags;
    out.byte(static_cast<std::uint8_t>(flags));
    out.unsigned_leb(limits.min);
    if (limits.max)
        out.unsigned_leb(*limits.max);
}

} // namespace

void write(Sink& out, HeapType type)
{
    if (type.is_abstract())
        out.byte(code_of(type.abstract()));
    else
        out.signed_leb(type.index());
}

void write(Sink& out, ValType type)
{
    if (!type.is_ref()) {
        out.byte(number_codes.at(static_cast<std::size_t>(type.kind)));
    } else if (type.nullable && type.heap.is_abstract()) {
        out.byte(code_of(type.heap.abstract()));
    } else {
        out.byte(type.nullable ? ref_null : ref_non_null);
        write(out, type.heap);
    }
}

void write(Sink& out, BlockType type)
{
    switch (type.kind) {
    case BlockType::Kind::Empty: out.byte(empty_block); break;
    case BlockType::Kind::Value: write(out, type.value); break;
    case BlockType::Kind::Type: out.signed_leb(type.type); break;
    }
}

void write(Sink& out, SubType const& type)
{
    if (!type.is_final || !type.supers.empty()) {
        out.byte(type.is_final ? sub_final : sub_open);
        out.length(type.supers.size());
        for (auto const x : type.supers)
            out.unsigned_leb(x);
    }
    write(out, type.comp);
}

void write(Sink& out, MemoryType const& type)
{
    bool const has_page_size = type.page_bytes() != page_size;
    write(out, type.limits, (type.is_shared ? 2U : 0U) | (has_page_size ? 8U : 0U));
    if (has_page_size)
        out.unsigned_leb(type.page_log2);
}

void write(Sink& out, TableType const& type)
{
    write(out, type.element);
    write(out, type.limits, 0);
}

void write(Sink& out, GlobalType type)
{
    write(out, type.value);
    out.byte(type.is_mutable ? 1 : 0);
}

void write(Sink& out, TagType type)
{
    out.byte(0);
    out.unsigned_leb(type.type);
}

void write(Sink& out, ExternType const& type)
{
    out.byte(static_cast<std::uint8_t>(type.kind));
    switch (type.kind) {
    case ExternKind::Func: out.unsigned_leb(type.func); break;
    case ExternKind::Table: write(out, type.table); break;
    case ExternKind::Memory: write(out, type.memory); break;
    case ExternKind::Global: write(out, type.global); break;
    case ExternKind::Tag: write(out, type.tag); break;
    }
}

} // namespace touchstone::binary
