#include "engine/text/lexer.hpp"

#include "engine/text/characters.hpp"
#include "engine/text/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace touchstone::text {

namespace {

constexpr char const* malformed_utf8 = "malformed UTF-8 encoding";

bool is_newline(char c)
{
    return c == '\n' || c == '\r';
}

class Lexer
{
public:
    Lexer(std::string_view text, FeatureSet features, bool keeps_unknown) : text_{text}
    {
        list_.text = text;
        list_.features = features;
        list_.keeps_unknown = keeps_unknown;
        list_.tokens.reserve(text.size() / 5 + 2);
    }

    TokenList run()
    {
        try {
            if (text_.size() > std::numeric_limits<std::uint32_t>::max())
                fail(0, "text too large");
            while (pos_ < text_.size())
                next();
            if (!annotations_.empty())
                fail(annotations_.front(), "unclosed annotation");
            add(Token::Kind::EndOfText, pos_);
        } catch (Refused const& refused) {
            list_.tokens.push_back({.offset = static_cast<std::uint32_t>(refused.error.offset),
                .kind = Token::Kind::Error});
            list_.error = refused.error;
        }
        return std::move(list_);
    }

private:
    [[noreturn]] void fail(std::size_t at, std::string message) const
    {
        throw Refused{malformed_at(text_, at, std::move(message))};
    }

    [[nodiscard]] bool looking_at(std::string_view what) const
    {
        return text_.substr(pos_).starts_with(what);
    }

    void add(Token::Kind kind, std::size_t from, KeywordId keyword = no_keyword)
    {
        list_.tokens.push_back({static_cast<std::uint32_t>(from),
            static_cast<std::uint32_t>(pos_ - from), keyword, kind});
    }

    void next()
    {
        auto const c = text_[pos_];
        auto const from = pos_;
        if (c == ' ' || c == '\t' || is_newline(c)) {
            ++pos_;
        } else if (c == '(') {
            open();
        } else if (c == ')') {
            ++pos_;
            if (annotations_.empty())
                add(Token::Kind::Close, from);
            else
                close_in_annotation(from);
        } else if (looking_at(";;")) {
            skip_line_comment();
        } else if (is_id_char(c) || c == '"') {
            word();
        } else if (c == ',' || c == ';' || c == '[' || c == ']' || c == '{' || c == '}') {
            ++pos_;
            if (annotations_.empty())
                fail(from, fmt::format("unknown operator {}", c));
            keep(Token::Kind::Keyword, from);
        } else if (utf8_length(text_.substr(pos_)) == 0) {
            fail(pos_, malformed_utf8);
        } else if (!annotations_.empty()) {
            fail(pos_, "illegal character");
        } else {
            fail(pos_, is_ascii(c) ? "misplaced control character" : "misplaced unicode character");
        }
    }

    void open()
    {
        auto const from = pos_;
        if (looking_at("(;"))
            return skip_block_comment();
        if (looking_at("(@")) {
            pos_ += 2;
            if (annotation_id())
                return open_annotation(from);
            if (annotations_.empty())
                fail(from, "empty annotation id");
            pos_ = from; // a parenthesis, and a word that starts with @
        }
        ++pos_;
        if (annotations_.empty())
            return add(Token::Kind::Open, from);
        keep(Token::Kind::Open, from);
        annotations_.push_back(from);
    }

    /// Behind "(@id".
    void open_annotation(std::size_t from)
    {
        constexpr auto kept =
            std::to_array<std::string_view>({"custom", "name", "metadata.code.branch_hint"});
        auto const id = text_.substr(from + 2, pos_ - from - 2);
        if (annotations_.empty()) {
            keeps_ = std::ranges::find(kept, id) != kept.end();
            if (keeps_)
                list_.annotations.push_back({.offset = static_cast<std::uint32_t>(from),
                    .before = list_.tokens.size(),
                    .id = id,
                    .words = {}});
        } else {
            keep(Token::Kind::Open, from);
        }
        annotations_.push_back(from);
    }

    void close_in_annotation(std::size_t from)
    {
        annotations_.pop_back();
        if (!annotations_.empty())
            keep(Token::Kind::Close, from);
    }

    /// A token of an annotation that somebody may ask for.
    void keep(Token::Kind kind, std::size_t from)
    {
        if (keeps_)
            list_.annotations.back().words.push_back({static_cast<std::uint32_t>(from),
                static_cast<std::uint32_t>(pos_ - from), no_keyword, kind});
    }

    /// After "(@": idchar+ or a string that is a name and not empty.
    bool annotation_id()
    {
        auto const from = pos_;
        while (pos_ < text_.size() && is_id_char(text_[pos_]))
            ++pos_;
        if (pos_ > from)
            return true;
        if (pos_ == text_.size() || text_[pos_] != '"' || string_end(pos_).problem)
            return false;
        pos_ = string_end(pos_).at;
        auto const id = string_value(text_.substr(from, pos_ - from));
        if (id.empty())
            fail(from, "empty annotation id");
        if (!is_utf8(id))
            fail(from, malformed_utf8);
        return true;
    }

    void skip_line_comment()
    {
        while (pos_ < text_.size() && !is_newline(text_[pos_]))
            skip_char();
    }

    void skip_block_comment()
    {
        auto const from = pos_;
        std::size_t depth = 0;
        do {
            if (looking_at("(;")) {
                pos_ += 2;
                ++depth;
            } else if (looking_at(";)")) {
                pos_ += 2;
                --depth;
            } else if (pos_ < text_.size()) {
                skip_char();
            } else {
                fail(from, "unclosed comment");
            }
        } while (depth > 0);
    }

    void skip_char()
    {
        auto const length = is_ascii(text_[pos_]) ? 1 : utf8_length(text_.substr(pos_));
        if (length == 0)
            fail(pos_, malformed_utf8);
        pos_ += length;
    }

    /// Where a string ends, or why it does not and where.
    struct StringEnd
    {
        std::size_t at;
        char const* problem = nullptr;
    };

    [[nodiscard]] StringEnd string_end(std::size_t from) const
    {
        auto at = from + 1;
        while (at < text_.size() && !is_newline(text_[at])) {
            auto const c = text_[at];
            if (c == '"')
                return {at + 1};
            if (c == '\\') {
                auto const length = escape_length(text_.substr(at + 1));
                if (length == 0)
                    return {at, "illegal escape"};
                at += 1 + length;
            } else if (is_control(c)) {
                return {at, "illegal control character in string literal"};
            } else {
                auto const length = is_ascii(c) ? 1 : utf8_length(text_.substr(at));
                if (length == 0)
                    return {at, malformed_utf8};
                at += length;
            }
        }
        return {from, "unclosed string literal"};
    }

    /// The length of what may follow a backslash; 0: nothing that may.
    [[nodiscard]] static std::size_t escape_length(std::string_view rest)
    {
        if (rest.empty())
            return 0;
        if (std::string_view{"nrt\\'\""}.contains(rest[0]))
            return 1;
        if (rest.size() >= 2 && is_hex_digit(rest[0]) && is_hex_digit(rest[1]))
            return 2;
        if (!rest.starts_with("u{"))
            return 0;
        std::size_t n = 2;
        std::uint32_t code_point = 0;
        while (n < rest.size() && (is_hex_digit(rest[n]) || (rest[n] == '_' && n > 2))) {
            if (rest[n] == '_' && !(n + 1 < rest.size() && is_hex_digit(rest[n + 1])))
                return 0;
            if (rest[n] != '_')
                code_point = code_point << 4 | hex_value(rest[n]);
            if (code_point >= 0x11'0000)
                return 0;
            ++n;
        }
        std::string out;
        return n > 2 && n < rest.size() && rest[n] == '}' && append_utf8(out, code_point) ? n + 1
                                                                                          : 0;
    }

    /// A maximal run of id characters and strings, and what it is.
    void word()
    {
        auto const from = pos_;
        bool strings = false;
        while (pos_ < text_.size()) {
            if (is_id_char(text_[pos_])) {
                ++pos_;
            } else if (text_[pos_] == '"') {
                auto const end = string_end(pos_);
                if (end.problem != nullptr) {
                    if (pos_ == from + 1 && text_[from] == '$')
                        fail(from, "empty identifier");
                    fail(end.at, end.problem);
                }
                pos_ = end.at;
                strings = true;
            } else {
                break;
            }
        }
        auto const run = text_.substr(from, pos_ - from);
        if (run == "$" || run == "$\"\"")
            fail(from, "empty identifier");
        if (!annotations_.empty()) {
            auto const is_string = run[0] == '"' && string_end(from).at == pos_;
            return keep(is_string ? Token::Kind::String : Token::Kind::Keyword, from);
        }
        if (strings)
            word_with_strings(run, from);
        else
            plain_word(run, from);
    }

    void word_with_strings(std::string_view run, std::size_t from)
    {
        auto const is_id = run.starts_with("$\"");
        auto const quote = from + (is_id ? 1 : 0);
        if (text_[quote] != '"' || string_end(quote).at != pos_)
            unknown_operator(run, from);
        if (is_id && !is_utf8(string_value(run.substr(1))))
            fail(from, malformed_utf8);
        add(is_id ? Token::Kind::Id : Token::Kind::String, from);
    }

    void plain_word(std::string_view run, std::size_t from)
    {
        if (run[0] == '$')
            return add(Token::Kind::Id, from);
        if (run[0] >= 'a' && run[0] <= 'z') {
            if (auto const keyword = find_keyword(run, list_.features); keyword != no_keyword)
                return add_keyword(keyword, run, from);
            for (auto const& [prefix, word] :
                {std::pair{"offset=", Word::OffsetEq}, std::pair{"align=", Word::AlignEq}})
                if (run.starts_with(prefix) &&
                    number_shape(run.substr(std::string_view{prefix}.size())) == NumberShape::Nat)
                    return add(Token::Kind::Keyword, from, static_cast<KeywordId>(word));
        }
        switch (number_shape(run)) {
        case NumberShape::Nat: return add(Token::Kind::Nat, from);
        case NumberShape::Int: return add(Token::Kind::Int, from);
        case NumberShape::Float: return add(Token::Kind::Float, from);
        case NumberShape::None:
            if (!list_.keeps_unknown)
                unknown_operator(run, from);
            add(Token::Kind::Keyword, from);
        }
    }

    void add_keyword(KeywordId keyword, std::string_view run, std::size_t from)
    {
        if (keyword == static_cast<KeywordId>(Word::OffsetEq) ||
            keyword == static_cast<KeywordId>(Word::AlignEq))
            unknown_operator(run, from); // without its number
        add(Token::Kind::Keyword, from, keyword);
    }

    [[noreturn]] void unknown_operator(std::string_view run, std::size_t from) const
    {
        fail(from, fmt::format("unknown operator {}", shortened(run)));
    }

    std::string_view text_;
    std::size_t pos_ = 0;
    std::vector<std::size_t> annotations_; // offsets of the open parentheses; the first is "(@"
    bool keeps_ = false;                   // the annotation that is open
    TokenList list_;
};

} // namespace

TokenList tokenize(std::string_view text, FeatureSet features, bool keeps_unknown)
{
    return Lexer{text, features, keeps_unknown}.run();
}

std::string string_value(std::string_view token)
{
    std::string value;
    value.reserve(token.size());
    for (std::size_t i = 1; i + 1 < token.size(); ++i) {
        if (token[i] != '\\') {
            value += token[i];
            continue;
        }
        ++i;
        switch (token[i]) {
        case 'n': value += '\n'; break;
        case 'r': value += '\r'; break;
        case 't': value += '\t'; break;
        case '\\':
        case '\'':
        case '"': value += token[i]; break;
        case 'u':
        {
            std::uint32_t code_point = 0;
            for (i += 2; token[i] != '}'; ++i)
                if (token[i] != '_')
                    code_point = code_point << 4 | hex_value(token[i]);
            static_cast<void>(append_utf8(value, code_point));
            break;
        }
        default:
            value += static_cast<char>(hex_value(token[i]) << 4 | hex_value(token[i + 1]));
            ++i;
        }
    }
    return value;
}

Error malformed_at(std::string_view text, std::size_t offset, std::string message)
{
    Error error{.kind = Error::Kind::Malformed, .message = std::move(message), .offset = offset};
    error.line = 1;
    std::size_t line_start = 0;
    for (std::size_t i = 0; i < offset && i < text.size(); ++i)
        if (text[i] == '\n' || (text[i] == '\r' && !text.substr(i + 1).starts_with('\n'))) {
            ++error.line;
            line_start = i + 1;
        }
    error.column = static_cast<std::uint32_t>(offset - line_start + 1);
    return error;
}

} // namespace touchstone::text
