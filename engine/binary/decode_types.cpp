#include "engine/binary/decode_types.hpp"

#include "engine/binary/type_codes.hpp"
#include "engine/syntax/faults.hpp"

namespace touchstone::binary {

namespace {

constexpr Index type_index_end = 0x8000'0000; // what HeapType can hold

/// Negative one-byte LEBs are type codes; everything else starts a type index.
constexpr bool is_code(std::uint8_t b)
{
    return b >= 0x40 && b < 0x80;
}

std::optional<ValType> number_with_code(std::uint8_t code)
{
    for (std::size_t i = 0; i < number_codes.size(); ++i)
        if (number_codes[i] == code)
            return ValType{static_cast<ValType::Kind>(i)};
    return std::nullopt;
}

/// A type code that stands where no type index may: one byte.
std::uint8_t read_code(Cursor& in)
{
    auto const b = in.byte();
    if (b >= 0x80)
        in.fail(in.offset(), "integer representation too long");
    return b;
}

bool read_mutability(Cursor& in)
{
    auto const b = in.byte();
    if (b > 1)
        in.fail(in.offset() - 1, "malformed mutability");
    return b == 1;
}

StorageType read_storage_type(Cursor& in)
{
    switch (in.peek()) {
    case packed_i8: in.byte(); return {.pack = StorageType::Pack::I8};
    case packed_i16: in.byte(); return {.pack = StorageType::Pack::I16};
    default: break;
    }
    auto const b = in.peek();
    if (!number_with_code(b) && !abstract_with_code(b) && b != ref_null && b != ref_non_null &&
        b < 0x80)
        in.fail(in.offset(), "malformed storage type");
    return {.unpacked = read_val_type(in)};
}

FieldType read_field_type(Cursor& in)
{
    auto const storage = read_storage_type(in);
    return {.storage = storage, .is_mutable = read_mutability(in)};
}

ResultType read_result_type(Cursor& in)
{
    auto const count = in.length();
    ResultType types;
    in.reserve(types, count);
    for (std::uint32_t i = 0; i < count; ++i)
        types.push_back(read_val_type(in));
    return types;
}

CompType read_comp_type(Cursor& in)
{
    CompType type;
    switch (read_code(in)) {
    case func_type:
        type.kind = CompType::Kind::Func;
        type.func.params = read_result_type(in);
        type.func.results = read_result_type(in);
        return type;
    case struct_type:
    {
        type.kind = CompType::Kind::Struct;
        auto const count = in.length();
        in.reserve(type.fields, count);
        for (std::uint32_t i = 0; i < count; ++i)
            type.fields.push_back(read_field_type(in));
        return type;
    }
    case array_type:
        type.kind = CompType::Kind::Array;
        type.fields.push_back(read_field_type(in));
        return type;
    default: in.fail(in.offset() - 1, "malformed definition type");
    }
}

// Flags of limits. The last two are of proposals, and of memories only.
constexpr std::uint8_t has_max = 1;
constexpr std::uint8_t is_shared = 2;
constexpr std::uint8_t is_64 = 4;
constexpr std::uint8_t has_page_size = 8;

std::uint8_t read_flags(Cursor& in, unsigned known)
{
    auto const flags = in.byte();
    if ((flags & ~known) != 0)
        in.fail(in.offset() - 1, "malformed limits flags");
    return flags;
}

SizeLimits read_limits(Cursor& in, std::uint8_t flags)
{
    SizeLimits limits;
    limits.addr = (flags & is_64) != 0 ? AddrType::I64 : AddrType::I32;
    limits.min = in.u64();
    if ((flags & has_max) != 0)
        limits.max = in.u64();
    if (fault(SharedFault::MaximumLess, limits.max && *limits.max > limits.min))
        --*limits.max;
    return limits;
}

} // namespace

HeapType read_heap_type(Cursor& in)
{
    auto const where = in.offset();
    if (is_code(in.peek())) {
        if (auto const abs = abstract_with_code(in.byte()))
            return *abs;
        in.fail(where, "malformed heap type");
    }
    auto const index = in.s33();
    if (index < 0)
        in.fail(where, "integer representation too long");
    if (index >= type_index_end)
        in.fail(where, "malformed type index");
    return HeapType::type(static_cast<Index>(index));
}

ValType read_ref_type(Cursor& in)
{
    auto const code = read_code(in);
    if (auto const abs = abstract_with_code(code))
        return ValType::ref(true, *abs);
    if (code == ref_null || code == ref_non_null)
        return ValType::ref(code == ref_null, read_heap_type(in));
    in.fail(in.offset() - 1, "malformed reference type");
}

ValType read_val_type(Cursor& in)
{
    if (auto const number = number_with_code(in.peek())) {
        in.byte();
        return *number;
    }
    return read_ref_type(in);
}

BlockType read_block_type(Cursor& in)
{
    auto const where = in.offset();
    auto const b = in.peek();
    if (b == empty_block) {
        in.byte();
        return {};
    }
    if (is_code(b))
        return {.kind = BlockType::Kind::Value, .value = read_val_type(in)};
    auto const index = in.s33();
    if (index < 0)
        in.fail(where, "integer representation too long");
    return {.kind = BlockType::Kind::Type, .type = static_cast<Index>(index)};
}

SubType read_sub_type(Cursor& in)
{
    SubType type;
    auto const b = in.peek();
    if (b == sub_open || b == sub_final) {
        in.byte();
        type.is_final = b == sub_final;
        auto const count = in.length();
        in.reserve(type.supers, count);
        for (std::uint32_t i = 0; i < count; ++i)
            type.supers.push_back(in.u32());
    }
    type.comp = read_comp_type(in);
    return type;
}

/// custom-page-sizes: behind the limits stands the logarithm of the size of a page.
MemoryType read_memory_type(Cursor& in, FeatureSet features)
{
    auto const flags = read_flags(
        in, unsigned{has_max} | is_64 | (features.has(Feature::Threads) ? is_shared : 0U) |
                (features.has(Feature::CustomPageSizes) ? has_page_size : 0U));
    MemoryType type{.limits = read_limits(in, flags), .is_shared = (flags & is_shared) != 0};
    if ((flags & has_page_size) != 0) {
        auto const where = in.offset();
        auto const log2 = in.u32();
        if (log2 >= 64)
            in.fail(where, "invalid custom page size");
        type.page_log2 = static_cast<std::uint8_t>(log2);
    }
    return type;
}

TableType read_table_type(Cursor& in)
{
    auto const element = read_ref_type(in);
    auto const flags = read_flags(in, unsigned{has_max} | is_64);
    return {.limits = read_limits(in, flags), .element = element};
}

GlobalType read_global_type(Cursor& in)
{
    auto const value = read_val_type(in);
    return {.value = value, .is_mutable = read_mutability(in)};
}

TagType read_tag_type(Cursor& in)
{
    read_zero(in);
    return {in.u32()};
}

ExternType read_extern_type(Cursor& in, FeatureSet features)
{
    ExternType type;
    auto const kind = in.byte();
    if (kind > static_cast<std::uint8_t>(ExternKind::Tag))
        in.fail(in.offset() - 1, "malformed import kind");
    type.kind = static_cast<ExternKind>(kind);
    switch (type.kind) {
    case ExternKind::Func: type.func = in.u32(); break;
    case ExternKind::Table: type.table = read_table_type(in); break;
    case ExternKind::Memory: type.memory = read_memory_type(in, features); break;
    case ExternKind::Global: type.global = read_global_type(in); break;
    case ExternKind::Tag: type.tag = read_tag_type(in); break;
    }
    return type;
}

void read_zero(Cursor& in)
{
    if (in.byte() != 0)
        in.fail(in.offset() - 1, "zero byte expected");
}

} // namespace touchstone::binary
