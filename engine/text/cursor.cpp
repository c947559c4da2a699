#include "engine/text/cursor.hpp"

#include "engine/text/characters.hpp"
#include "engine/text/numbers.hpp"

#include <fmt/format.h>

namespace touchstone::text {

void Cursor::skip_to_close()
{
    std::size_t depth = 1;
    while (depth > 0 && !at_end()) {
        auto const kind = take().kind;
        if (kind == Token::Kind::Open)
            ++depth;
        else if (kind == Token::Kind::Close)
            --depth;
    }
}

std::string Cursor::string()
{
    return string_value(spelling(expect(Token::Kind::String)));
}

std::string Cursor::name()
{
    auto const at = offset();
    auto value = string();
    if (!is_utf8(value))
        refuse(at, "malformed UTF-8 encoding");
    return value;
}

std::string Cursor::strings()
{
    std::string all;
    while (at(Token::Kind::String))
        all += string();
    return all;
}

std::string_view Cursor::id(Token const& token)
{
    auto const written = spelling(token).substr(1);
    if (!written.starts_with('"'))
        return written;
    if (!written.contains('\\'))
        return written.substr(1, written.size() - 2);
    return quoted_.emplace_back(string_value(written));
}

std::optional<std::string_view> Cursor::id_opt()
{
    if (!at(Token::Kind::Id))
        return std::nullopt;
    return id(take());
}

std::uint64_t Cursor::nat(unsigned bits, char const* what)
{
    auto const& token = expect(Token::Kind::Nat);
    return nat(token, spelling(token), bits, what);
}

std::uint64_t Cursor::nat(
    Token const& token, std::string_view digits, unsigned bits, char const* what)
{
    auto const value = parse_nat(digits, bits);
    if (!value)
        refuse(token.offset, fmt::format("{} constant out of range", what));
    return *value;
}

void Cursor::refuse(std::uint32_t offset, std::string message) const
{
    if (at(Token::Kind::Error))
        refuse_if_cut(); // a list of lanes is short because one of them is no number
    throw Refused{malformed_at(list_->text, offset, std::move(message))};
}

void Cursor::refuse_if_cut() const
{
    if (list_->error)
        throw Refused{*list_->error};
}

void Cursor::unexpected() const
{
    // What stands in parentheses is told by its first word.
    auto const& token = peek(at(Token::Kind::Open) && peek(1).kind >= Token::Kind::Keyword ? 1 : 0);
    if (token.kind == Token::Kind::Error)
        refuse_if_cut(); // from behind the parenthesis, too
    if (token.kind == Token::Kind::EndOfText)
        refuse(token.offset, "unexpected token: end of text");
    refuse(token.offset, fmt::format("unexpected token {}", shortened(spelling(token))));
}

} // namespace touchstone::text
