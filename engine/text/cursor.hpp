#pragma once
// A place in a list of tokens, and the ways to go on from there or to refuse.

#include "engine/text/lexer.hpp"

#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace touchstone::text {

class Cursor
{
public:
    explicit Cursor(TokenList const& list) : list_{&list} {}

    [[nodiscard]] Token const& peek(std::size_t ahead = 0) const
    {
        auto const last = list_->tokens.size() - 1;
        return list_->tokens[pos_ + ahead < last ? pos_ + ahead : last];
    }
    [[nodiscard]] bool at(Token::Kind kind) const { return peek().kind == kind; }
    [[nodiscard]] bool at(Word word) const { return is_word(peek(), word); }
    /// Before "(word".
    [[nodiscard]] bool at_open(Word word) const
    {
        return at(Token::Kind::Open) && is_word(peek(1), word);
    }
    /// Takes "(mnemonic".
    bool take_open_if(Opcode op)
    {
        auto const& word = peek(1);
        if (!at(Token::Kind::Open) || word.kind != Token::Kind::Keyword ||
            word.keyword != static_cast<KeywordId>(op))
            return false;
        pos_ += 2;
        return true;
    }
    [[nodiscard]] bool at_end() const
    {
        return at(Token::Kind::EndOfText) || at(Token::Kind::Error);
    }
    [[nodiscard]] std::string_view spelling(Token const& token) const
    {
        return list_->text.substr(token.offset, token.length);
    }
    [[nodiscard]] std::uint32_t offset() const { return peek().offset; }

    [[nodiscard]] TokenList const& list() const { return *list_; }
    [[nodiscard]] std::size_t position() const { return pos_; }
    void move_to(std::size_t position) { pos_ = position; }

    Token const& take()
    {
        auto const& token = peek();
        ++pos_;
        return token;
    }
    bool take_if(Word word)
    {
        if (!at(word))
            return false;
        ++pos_;
        return true;
    }
    bool take_open_if(Word word)
    {
        if (!at_open(word))
            return false;
        pos_ += 2;
        return true;
    }
    Token const& expect(Token::Kind kind)
    {
        if (!at(kind))
            unexpected();
        return take();
    }
    void expect(Word word)
    {
        if (!take_if(word))
            unexpected();
    }
    void expect_open(Word word)
    {
        expect(Token::Kind::Open);
        expect(word);
    }
    void close() { expect(Token::Kind::Close); }

    /// From inside a pair of parentheses to behind it, or to the end of the text.
    void skip_to_close();
    /// From an open parenthesis to behind its pair.
    void skip_parens()
    {
        ++pos_;
        skip_to_close();
    }

    /// The bytes of the next string.
    std::string string();
    /// The next string, which must be UTF-8.
    std::string name();
    /// The strings from here on, concatenated.
    std::string strings();
    /// What an identifier token says, without the dollar; lives as long as the cursor's text, or
    /// the cursor.
    std::string_view id(Token const& token);
    /// The next token if it is an identifier.
    std::optional<std::string_view> id_opt();

    /// A Nat below 2^bits; `what` names the type in "i32 constant out of range".
    std::uint64_t nat(unsigned bits, char const* what);
    std::uint64_t nat(Token const& token, std::string_view digits, unsigned bits, char const* what);

    [[noreturn]] void refuse(std::uint32_t offset, std::string message) const;
    [[noreturn]] void refuse(std::string message) const { refuse(offset(), std::move(message)); }
    /// "unexpected token", or what the lexer has to say about it.
    [[noreturn]] void unexpected() const;
    /// Where the lexer gave up: a name may be missing only because the text after it is.
    void refuse_if_cut() const;

private:
    [[nodiscard]] static bool is_word(Token const& token, Word word)
    {
        return token.kind == Token::Kind::Keyword && token.keyword == static_cast<KeywordId>(word);
    }

    TokenList const* list_;
    std::size_t pos_ = 0;
    std::deque<std::string> quoted_; // identifiers that are not written as they are
};

} // namespace touchstone::text
