#pragma once
// Types of the binary format (binary/types.html), written to a sink.

#include "engine/binary/sink.hpp"
#include "engine/syntax/module.hpp"

namespace touchstone::binary {

void write(Sink& out, HeapType type);
void write(Sink& out, ValType type);
void write(Sink& out, BlockType type);
void write(Sink& out, SubType const& type);
void write(Sink& out, MemoryType const& type);
void write(Sink& out, TableType const& type);
void write(Sink& out, GlobalType type);
void write(Sink& out, TagType type);
void write(Sink& out, ExternType const& type);

} // namespace touchstone::binary
