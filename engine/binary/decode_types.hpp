#pragma once
// Types of the binary format (binary/types.html), read at a cursor.

#include "engine/binary/cursor.hpp"
#include "engine/syntax/module.hpp"

namespace touchstone::binary {

[[nodiscard]] HeapType read_heap_type(Cursor& in);
[[nodiscard]] ValType read_ref_type(Cursor& in);
[[nodiscard]] ValType read_val_type(Cursor& in);
[[nodiscard]] BlockType read_block_type(Cursor& in);
[[nodiscard]] SubType read_sub_type(Cursor& in);
[[nodiscard]] MemoryType read_memory_type(Cursor& in, FeatureSet features);
[[nodiscard]] TableType read_table_type(Cursor& in);
[[nodiscard]] GlobalType read_global_type(Cursor& in);
[[nodiscard]] TagType read_tag_type(Cursor& in);
[[nodiscard]] ExternType read_extern_type(Cursor& in, FeatureSet features);

/// The byte 0x00 that the format reserves in some places.
void read_zero(Cursor& in);

} // namespace touchstone::binary
