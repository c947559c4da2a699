#pragma once
// Expressions of the binary format (binary/instructions.html), written to a sink.

#include "engine/binary/sink.hpp"
#include "engine/syntax/module.hpp"

namespace touchstone::binary {

void write(Sink& out, Expr const& e);

} // namespace touchstone::binary
