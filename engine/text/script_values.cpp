#include "engine/text/script_values.hpp"

#include "engine/text/literals.hpp"
#include "engine/text/module_parser.hpp"

namespace touchstone::text {

namespace {

using script::Const;
using script::NanPattern;
using script::Pattern;

/// i32.const and so on: the type.
std::optional<ValType> const_type(Token const& token)
{
    if (token.kind != Token::Kind::Keyword || !is_opcode(token.keyword))
        return std::nullopt;
    switch (info(static_cast<Opcode>(token.keyword)).immediates) {
    case Immediates::I32: return i32;
    case Immediates::I64: return i64;
    case Immediates::F32: return f32;
    case Immediates::F64: return f64;
    case Immediates::V128: return v128;
    default: return std::nullopt;
    }
}

std::uint64_t half(V128 const& v, std::size_t from)
{
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 8; ++i)
        bits |= std::uint64_t{v.bytes[from + i]} << 8 * i;
    return bits;
}

bool at_opcode(Cursor const& in, Opcode op)
{
    return in.at(Token::Kind::Keyword) && in.peek().keyword == static_cast<KeywordId>(op);
}

/// The heap type of (ref.null ht): a script has no types of its own.
ValType null_type(Cursor& in)
{
    if (in.at(Token::Kind::Nat))
        return ValType::ref(true, HeapType::type(static_cast<Index>(in.nat(31, "i32"))));
    if (in.at(Token::Kind::Id))
        in.refuse("unknown type");
    auto const heap = in.at(Token::Kind::Keyword)
                          ? abstract_heap_type(static_cast<Word>(in.peek().keyword))
                          : std::nullopt;
    if (!heap)
        in.unexpected();
    in.take();
    return ValType::ref(true, *heap);
}

Const constant(Cursor& in)
{
    Const c;
    in.expect(Token::Kind::Open);
    if (auto const type = const_type(in.peek())) {
        auto const op = static_cast<Opcode>(in.take().keyword);
        c.type = *type;
        if (*type == v128) {
            auto const vector = vector_literal(in);
            c.kind = Const::Kind::Vec;
            c.lo = half(vector, 0);
            c.hi = half(vector, 8);
        } else {
            c.lo = number_literal(in, op);
        }
    } else if (at_opcode(in, Opcode::RefNull)) {
        in.take();
        c.kind = Const::Kind::RefNull;
        c.type = null_type(in);
    } else if (in.take_if(Word::RefExtern)) {
        c.kind = Const::Kind::RefExtern;
        c.type = externref;
        c.lo = in.nat(32, "i32");
    } else {
        in.expect(Word::RefHost);
        c.kind = Const::Kind::RefHost;
        c.type = anyref;
        c.lo = in.nat(32, "i32");
    }
    in.close();
    return c;
}

NanPattern nan_pattern_opt(Cursor& in)
{
    if (in.take_if(Word::NanCanonical))
        return NanPattern::Canonical;
    if (in.take_if(Word::NanArithmetic))
        return NanPattern::Arithmetic;
    return NanPattern::None;
}

void vector_pattern(Cursor& in, Pattern& p)
{
    p.kind = Pattern::Kind::Vec;
    auto const shape = expect_shape(in);
    p.is_float_lanes = shape.is_float;
    p.lane_bits = static_cast<std::uint8_t>(shape.lane_bits);
    V128 vector;
    auto const at = in.offset();
    for (std::size_t lane = 0; lane < shape.lanes; ++lane) {
        auto const lane_at = in.offset();
        if (auto const nan = nan_pattern_opt(in); nan != NanPattern::None) {
            if (!shape.is_float)
                in.refuse(lane_at, "invalid vector constant");
            p.nan[lane] = nan;
        } else if (is_number(in.peek())) {
            set_lane(vector, shape, lane, lane_literal(in, shape, in.take()));
        } else {
            in.refuse(at, "wrong number of lane literals");
        }
    }
    p.lo = half(vector, 0);
    p.hi = half(vector, 8);
}

void number_pattern(Cursor& in, Pattern& p, Opcode op)
{
    auto const at = in.offset();
    p.nan[0] = nan_pattern_opt(in);
    if (p.nan[0] == NanPattern::None)
        p.lo = number_literal(in, op);
    else if (p.type != f32 && p.type != f64)
        in.refuse(at, "NaN pattern with non-float type");
}

/// (ref.i31), (ref.extern 3) ...: after the parenthesis
void reference_pattern(Cursor& in, Pattern& p)
{
    using Kind = Pattern::Kind;
    auto of = [&in](Opcode op) {
        if (!at_opcode(in, op))
            return false;
        in.take();
        return true;
    };
    if (of(Opcode::RefNull)) {
        p.kind = Kind::RefNull;
        if (!in.at(Token::Kind::Close))
            p.type = null_type(in);
    } else if (in.take_if(Word::RefExtern)) {
        p.kind = in.at(Token::Kind::Nat) ? Kind::RefExternNum : Kind::RefExtern;
        if (p.kind == Kind::RefExternNum)
            p.lo = in.nat(32, "i32");
    } else if (in.take_if(Word::RefHost)) {
        p.kind = Kind::RefHostNum;
        p.lo = in.nat(32, "i32");
    } else if (of(Opcode::RefEq)) {
        p.kind = Kind::RefEq;
    } else if (of(Opcode::RefI31)) {
        p.kind = Kind::RefI31;
    } else if (of(Opcode::RefFunc)) {
        p.kind = Kind::RefFunc;
    } else if (in.take_if(Word::RefStruct)) {
        p.kind = Kind::RefStruct;
    } else if (in.take_if(Word::RefArray)) {
        p.kind = Kind::RefArray;
    } else if (in.take_if(Word::RefExn)) {
        p.kind = Kind::RefExn;
    } else {
        in.expect(Word::Ref);
        p.kind = Kind::RefAny;
    }
}

/// Any result but (either ...).
Pattern pattern(Cursor& in)
{
    Pattern p;
    in.expect(Token::Kind::Open);
    if (auto const type = const_type(in.peek())) {
        auto const op = static_cast<Opcode>(in.take().keyword);
        p.type = *type;
        if (*type == v128)
            vector_pattern(in, p);
        else
            number_pattern(in, p, op);
    } else {
        reference_pattern(in, p);
    }
    in.close();
    return p;
}

} // namespace

std::vector<Const> constants(Cursor& in)
{
    std::vector<Const> all;
    while (in.at(Token::Kind::Open))
        all.push_back(constant(in));
    return all;
}

std::vector<Pattern> patterns(Cursor& in)
{
    constexpr std::size_t deepest = 100; // destructors of Pattern recurse
    std::vector<std::vector<Pattern>> open(1);
    for (;;) {
        if (in.take_open_if(Word::Either)) {
            if (open.size() > deepest)
                in.refuse("alternatives nested too deep");
            open.emplace_back();
        } else if (in.at(Token::Kind::Open)) {
            open.back().push_back(pattern(in));
        } else if (open.size() > 1) {
            if (open.back().empty())
                in.unexpected();
            in.close();
            Pattern p;
            p.kind = Pattern::Kind::Either;
            p.either = std::move(open.back());
            open.pop_back();
            open.back().push_back(std::move(p));
        } else {
            return std::move(open.back());
        }
    }
}

} // namespace touchstone::text
