#include "engine/text/literals.hpp"

#include "engine/text/numbers.hpp"

namespace touchstone::text {

bool is_number(Token const& token)
{
    return token.kind == Token::Kind::Nat || token.kind == Token::Kind::Int ||
           token.kind == Token::Kind::Float;
}

std::vector<Token> number_tokens(Cursor& in)
{
    std::vector<Token> tokens;
    while (is_number(in.peek()))
        tokens.push_back(in.take());
    return tokens;
}

static std::uint64_t number_bits(Cursor const& in, Token const& token, bool is_float, unsigned bits)
{
    auto const word = in.spelling(token);
    std::optional<std::uint64_t> value;
    if (!is_float)
        value = parse_int(word, bits);
    else if (bits == 32)
        value = parse_f32(word);
    else
        value = parse_f64(word);
    if (!value)
        in.refuse(token.offset, "constant out of range");
    return *value;
}

std::uint64_t number_literal(Cursor& in, Opcode op)
{
    auto const type = info(op).immediates;
    auto const is_float = type == Immediates::F32 || type == Immediates::F64;
    auto const narrow = type == Immediates::I32 || type == Immediates::F32;
    if (!is_number(in.peek()))
        in.unexpected();
    return number_bits(in, in.take(), is_float, narrow ? 32 : 64);
}

std::optional<Shape> shape_named(Word word)
{
    switch (word) {
    case Word::I8x16: return Shape{8, 16, false};
    case Word::I16x8: return Shape{16, 8, false};
    case Word::I32x4: return Shape{32, 4, false};
    case Word::I64x2: return Shape{64, 2, false};
    case Word::F32x4: return Shape{32, 4, true};
    case Word::F64x2: return Shape{64, 2, true};
    default: return std::nullopt;
    }
}

Shape expect_shape(Cursor& in)
{
    auto const& token = in.peek();
    auto const shape = token.kind == Token::Kind::Keyword
                           ? shape_named(static_cast<Word>(token.keyword))
                           : std::nullopt;
    if (!shape)
        in.unexpected();
    in.take();
    return *shape;
}

std::uint64_t lane_literal(Cursor const& in, Shape shape, Token const& token)
{
    return number_bits(in, token, shape.is_float, shape.lane_bits);
}

void set_lane(V128& vector, Shape shape, std::size_t lane, std::uint64_t bits)
{
    auto const bytes = shape.lane_bits / 8;
    for (std::size_t i = 0; i < bytes; ++i)
        vector.bytes[lane * bytes + i] = static_cast<std::uint8_t>(bits >> 8 * i);
}

V128 vector_literal(Cursor& in)
{
    auto const shape = expect_shape(in);
    auto const at = in.offset();
    auto const tokens = number_tokens(in);
    if (tokens.size() != shape.lanes)
        in.refuse(at, "wrong number of lane literals");
    V128 vector;
    for (std::size_t lane = 0; lane < tokens.size(); ++lane)
        set_lane(vector, shape, lane, lane_literal(in, shape, tokens[lane]));
    return vector;
}

} // namespace touchstone::text
