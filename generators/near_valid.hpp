#pragma once
// Modules that are almost valid, for comparing what decoders and validators accept: a generated
// module with a few changes to its bytes or to what they mean.

#include "engine/syntax/module.hpp"
#include "generators/entropy.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace touchstone::generators {

/// One to four edits of the bytes: bits, bytes, LEBs, runs inserted, dropped, doubled, the end cut.
[[nodiscard]] std::vector<std::uint8_t> change_bytes(Entropy& in, std::vector<std::uint8_t> bytes);

/// One or two edits of the module: an instruction dropped, doubled, exchanged with its neighbour or
/// another of its form, an index or a constant immediate, a type, a limit, a name. Sizes stay
/// right, so that the change is seen beyond the decoder.
void change_module(Entropy& in, Module& m);

/// One to three edits of a module's text: of characters, of tokens, of parenthesised groups; lines
/// folded, comments and annotations put in.
[[nodiscard]] std::string change_text(Entropy& in, std::string text);

} // namespace touchstone::generators
