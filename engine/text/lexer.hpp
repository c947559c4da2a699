#pragma once
// Text format: characters to tokens (text/lexical.html); comments are gone after this, and
// annotations but those that stand for custom sections.

#include "engine/syntax/error.hpp"
#include "engine/text/keywords.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone::text {

struct Token
{
    enum class Kind : std::uint8_t
    {
        Open,
        Close,
        Nat,
        Int,
        Float,
        String,
        Id,
        Keyword,
        EndOfText,
        Error, ///< the last token, in place of what could not be read: `TokenList::error`
    };

    std::uint32_t offset = 0;
    std::uint32_t length = 0;
    KeywordId keyword = no_keyword; ///< of Keyword
    Kind kind = Kind::EndOfText;
};

/// (@id ...), kept beside the tokens.
struct Annotation
{
    std::uint32_t offset = 0; ///< of the parenthesis
    std::size_t before = 0;   ///< the token that it stands before
    std::string_view id;      ///< custom, name or metadata.code.branch_hint
    std::vector<Token> words; ///< what is in it: Open, Close, String, all else as Keyword
};

struct TokenList
{
    std::string_view text;
    FeatureSet features;        ///< proposals whose text may be used
    bool keeps_unknown = false; ///< words that mean nothing are keywords, which no parser knows
    std::vector<Token> tokens;  ///< ends with EndOfText or Error
    std::vector<Annotation> annotations;
    std::optional<Error> error;
};

/// Iterative and linear. An error is found at its place by whoever reads the tokens.
[[nodiscard]] TokenList tokenize(
    std::string_view text, FeatureSet features = wasm3, bool keeps_unknown = false);

/// The bytes that a string token (with its quotes) stands for.
[[nodiscard]] std::string string_value(std::string_view token);

/// Malformed, with line and column of the offset.
[[nodiscard]] Error malformed_at(std::string_view text, std::size_t offset, std::string message);

} // namespace touchstone::text
