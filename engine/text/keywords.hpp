#pragma once
// The words of the text format that are no instructions; those come from the instruction table.

#include "engine/syntax/opcode.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace touchstone::text {

/// A keyword: a row of the instruction table, or one of `Word`.
using KeywordId = std::uint16_t;

/// A keyword that is no instruction. `OffsetEq` and `AlignEq` stand for the word with its number.
enum class Word : KeywordId
{
    BeforeFirst = op_table.size() - 1, // rows of the instruction table come first
#define WORD(name, text) name,
#include "engine/text/words.inc"
#undef WORD
    End,
};

inline constexpr KeywordId no_keyword = 0xFFFF;

/// The keyword with this spelling, or `no_keyword` also where it is a proposal's that is not among
/// `features`. Of mnemonics that share a spelling the first row; a word comes before a mnemonic
/// (catch, catch_all).
[[nodiscard]] KeywordId find_keyword(std::string_view spelling, FeatureSet features);

[[nodiscard]] constexpr bool is_opcode(KeywordId k)
{
    return k < op_table.size();
}

} // namespace touchstone::text
