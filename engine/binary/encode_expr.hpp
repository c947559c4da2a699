#pragma once
// Expressions of the binary format (binary/instructions.html), written to a sink.

#include "engine/binary/sink.hpp"
#include "engine/syntax/module.hpp"

namespace touchstone::binary {

void write(Sink& out, Expr const& e);

/// One of its instructions.
void write(Sink& out, Expr const& e, Instr const& i);

/// The locals that a function's code begins with.
void write_locals(Sink& out, Func const& f);

} // namespace touchstone::binary
