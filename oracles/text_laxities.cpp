#include "oracles/text_laxities.hpp"

#include "engine/syntax/opcode.hpp"
#include "engine/text/lexer.hpp"
#include "engine/text/parse.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

namespace touchstone::laxities {

namespace {

/// Undoes one mistake after the other until the text is a module; false if it does not become one.
bool parses_after(std::string_view text, bool (*repair)(std::string&, Error const&))
{
    constexpr auto most = 16;
    std::string repaired{text};
    for (auto repairs = 0; repairs <= most; ++repairs) {
        auto const module = parse_module(repaired);
        if (module)
            return repairs > 0;
        if (!repair(repaired, module.error()))
            return false;
    }
    return false;
}

bool name_annotation(std::string& text, Error const& e)
{
    if (!e.message.starts_with("empty annotation id"))
        return false;
    auto const at = text.find("(@", e.offset < 2 ? 0 : e.offset - 2);
    if (at == std::string::npos || at > e.offset)
        return false;
    text.insert(at + 2, 1, 'x');
    return true;
}

bool is_control(char c)
{
    return (c >= 0 && c < ' ') || c == '\x7F';
}

/// A carriage return may end a line, and so leaves a string open.
bool replace_control_character(std::string& text, Error const& e)
{
    auto const is_open = e.message.starts_with("unclosed string");
    if (!is_open && !e.message.starts_with("illegal control character in string"))
        return false;
    auto const at =
        std::find_if(text.begin() + static_cast<std::ptrdiff_t>(e.offset), text.end(), is_control);
    if (at == text.end() || (is_open && *at != '\r'))
        return false;
    *at = '_';
    return true;
}

/// The token that begins there, and those around it.
struct TokenAt
{
    std::string_view token;
    std::string_view before;
    std::string_view before_that;
    std::string_view after;
};

std::optional<TokenAt> token_at(std::string_view text, std::size_t offset)
{
    auto const all = text::tokenize(text);
    auto const word = [&](std::size_t i) {
        return i < all.tokens.size() ? text.substr(all.tokens[i].offset, all.tokens[i].length)
                                     : std::string_view{};
    };
    for (std::size_t i = 2; i < all.tokens.size(); ++i)
        if (all.tokens[i].offset == offset)
            return TokenAt{word(i), word(i - 1), word(i - 2), word(i + 1)};
    return std::nullopt;
}

bool is_number(std::string_view word)
{
    return !word.empty() && word[0] >= '0' && word[0] <= '9';
}

bool shorten_index(std::string& text, Error const& e)
{
    auto const at = token_at(text, e.offset);
    if (!at || !is_number(at->token) || !e.message.starts_with("i32 constant out of range") ||
        at->before.ends_with(".const"))
        return false;
    text.replace(e.offset, at->token.size(), "0");
    return true;
}

bool drop_plus(std::string& text, Error const& e)
{
    if (!e.message.starts_with("constant out of range") || text[e.offset] != '+')
        return false;
    text.erase(e.offset, 1);
    return true;
}

/// Of `(elem 0 (offset ...` and `(data 0 (offset ...`; in its place the kind where it is missing,
/// as in `(elem 0 1)` and `(elem)`.
bool drop_bare_index(std::string& text, Error const& e)
{
    auto const at = token_at(text, e.offset);
    if (!at)
        return false;
    auto const before = at->before.starts_with('$') ? at->before_that : at->before;
    auto const is_elem = before == "elem" || before == "declare";
    if (is_elem && at->token == ")") {
        text.insert(e.offset, " func");
        return true;
    }
    auto const is_index = is_number(at->token) || at->token.starts_with('$');
    if (!is_index || (!is_elem && before != "data"))
        return false;
    auto const lacks_kind = is_elem && (is_number(at->after) || at->after == ")");
    text.replace(e.offset, at->token.size(), lacks_kind ? "func" : "");
    return true;
}

/// Of an instruction that has two or none; the parser stops at what follows, or within its group.
bool drop_single_index(std::string& text, Error const& e)
{
    auto const all = text::tokenize(text).tokens;
    auto const stop = std::ranges::find(all, e.offset, &text::Token::offset) - all.begin();
    auto const word = [&](std::ptrdiff_t i) {
        return std::string_view{text}.substr(all[i].offset, all[i].length);
    };
    for (auto i = stop - 1; i > 0 && i >= stop - 2; --i) {
        auto const instruction = word(i - 1);
        if (!is_number(word(i)) || (instruction != "memory.copy" && instruction != "table.copy"))
            continue;
        text.erase(all[i].offset, all[i].length);
        return true;
    }
    return false;
}

/// Something that an instruction begins with.
bool is_instruction(std::string_view word)
{
    return word != "end" && word != "else" &&
           std::ranges::find(op_table, word, &OpInfo::text) != op_table.end();
}

/// A text as parentheses, strings and words, whatever else is wrong with it; without comments.
class Words
{
public:
    explicit Words(std::string_view text)
    {
        for (std::size_t at = 0; at < text.size();)
            at = read(text, at);
    }

    [[nodiscard]] std::size_t size() const { return words_.size(); }
    [[nodiscard]] std::string_view operator[](std::size_t i) const
    {
        return i < size() ? words_[i] : std::string_view{};
    }
    /// Of the group that opens here, or the end of the text.
    [[nodiscard]] std::size_t behind_group(std::size_t open) const
    {
        std::size_t depth = 0;
        for (auto i = open; i < size(); ++i) {
            if (words_[i] == "(")
                ++depth;
            else if (words_[i] == ")" && --depth == 0)
                return i + 1;
        }
        return size();
    }

private:
    /// Where what stands here ends.
    std::size_t read(std::string_view text, std::size_t at)
    {
        constexpr std::string_view spaces = " \t\r\n";
        auto const rest = text.substr(at);
        if (spaces.contains(rest[0]))
            return at + 1;
        if (rest.starts_with(";;"))
            return at + std::min(rest.find('\n'), rest.size());
        if (rest.starts_with("(;"))
            return at + comment(rest);
        auto length = std::size_t{1};
        if (rest[0] == '"')
            length = string(rest);
        else if (rest[0] != '(' && rest[0] != ')')
            length = std::min(rest.find_first_of(" \t\r\n()\";"), rest.size());
        length = std::max<std::size_t>(length, 1);
        words_.push_back(rest.substr(0, length));
        return at + length;
    }

    static std::size_t comment(std::string_view rest)
    {
        std::size_t depth = 0;
        for (std::size_t i = 0; i < rest.size(); ++i) {
            auto const two = rest.substr(i, 2);
            if (two == "(;") {
                ++depth;
                ++i;
            } else if (two == ";)") {
                ++i;
                if (--depth == 0)
                    return i + 1;
            }
        }
        return rest.size();
    }

    static std::size_t string(std::string_view rest)
    {
        std::size_t i = 1;
        while (i < rest.size() && rest[i] != '"')
            i += rest[i] == '\\' ? 2 : 1;
        return std::min(i + 1, rest.size());
    }

    std::vector<std::string_view> words_;
};

bool is_reference_type(Words const& words, std::size_t at)
{
    if (words[at] == "(")
        return words[at + 1] == "ref";
    return words[at] == "funcref" || words[at] == "externref";
}

/// What wabt takes for the begin of an item, or skips: an annotation.
bool is_expected(std::string_view word)
{
    auto const is_annotation = word.starts_with('@') && word.size() > 1;
    return word == "item" || is_annotation || is_instruction(word);
}

/// The groups behind the reference type, if there is one before any other list.
bool lists_no_expression(Words const& words, std::size_t elem)
{
    auto listing = words[elem - 2] == "funcref" || words[elem - 2] == "externref";
    for (auto at = elem + 1; at < words.size() && words[at] != ")";) {
        auto const is_group = words[at] == "(";
        if (is_reference_type(words, at))
            listing = true;
        else if (listing && is_group && !is_expected(words[at + 1]))
            return true;
        at = is_group ? words.behind_group(at) : at + 1;
    }
    return false;
}

} // namespace

bool has_nameless_annotations(std::string_view text)
{
    return parses_after(text, name_annotation);
}

bool has_control_characters_in_strings(std::string_view text)
{
    return parses_after(text, replace_control_character);
}

bool has_indices_beyond_32_bits(std::string_view text)
{
    return parses_after(text, shorten_index);
}

bool has_large_integers_with_plus(std::string_view text)
{
    return parses_after(text, drop_plus);
}

bool has_no_expression_in_elements(std::string_view text)
{
    Words const words{text};
    for (std::size_t i = 2; i < words.size(); ++i)
        if (words[i] == "elem" && words[i - 1] == "(" && lists_no_expression(words, i))
            return true;
    return false;
}

bool has_bare_index_of_segment(std::string_view text)
{
    return parses_after(text, drop_bare_index);
}

bool has_one_index_of_two(std::string_view text)
{
    return parses_after(text, drop_single_index);
}

bool has_quoted_id(std::string_view text)
{
    return text.find("$\"") != std::string_view::npos;
}

bool has_annotation(std::string_view text)
{
    return text.find("(@") != std::string_view::npos;
}

bool has_table_with_address_type(std::string_view text)
{
    Words const words{text};
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (words[i] != "table")
            continue;
        auto const at = words[i + 1].starts_with('$') ? i + 2 : i + 1;
        if (words[at] == "i32" || words[at] == "i64")
            return true;
    }
    return false;
}

bool has_table_instruction_without_index(std::string_view text)
{
    constexpr auto instructions = std::to_array<std::string_view>(
        {"table.get", "table.set", "table.size", "table.grow", "table.fill"});
    Words const words{text};
    for (std::size_t i = 0; i < words.size(); ++i)
        if (std::ranges::find(instructions, words[i]) != instructions.end() &&
            !is_number(words[i + 1]) && !words[i + 1].starts_with('$'))
            return true;
    return false;
}

} // namespace touchstone::laxities
