#include "harness/script/match.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace touchstone::script {

static Pattern number(ValType type, std::uint64_t bits, NanPattern nan = NanPattern::None)
{
    Pattern p;
    p.type = type;
    p.lo = bits;
    p.nan[0] = nan;
    return p;
}

static Pattern of_kind(Pattern::Kind kind, std::uint64_t n = 0)
{
    Pattern p;
    p.kind = kind;
    p.lo = n;
    return p;
}

static Value f32_bits(std::uint32_t bits)
{
    return {.kind = ValType::Kind::F32, .lo = bits};
}

static Value f64_bits(std::uint64_t bits)
{
    return {.kind = ValType::Kind::F64, .lo = bits};
}

TEST(Match, NumbersByBitsAndType)
{
    EXPECT_TRUE(matches(number(i32, 7), Value::from_i32(7)));
    EXPECT_FALSE(matches(number(i32, 7), Value::from_i32(8)));
    EXPECT_FALSE(matches(number(i32, 7), Value::from_i64(7)));
    EXPECT_TRUE(matches(number(f32, 0x8000'0000), Value::from_f32(-0.0F)));
    EXPECT_FALSE(matches(number(f32, 0x8000'0000), Value::from_f32(0.0F)));
    EXPECT_FALSE(matches(number(f32, 0x7FC0'0000), f32_bits(0x7FC0'0001)));
}

// syntax/values.html: canonical is the quiet bit alone, arithmetic is at least the quiet bit
TEST(Match, ClassesOfNans)
{
    auto const canonical = number(f32, 0, NanPattern::Canonical);
    EXPECT_TRUE(matches(canonical, f32_bits(0x7FC0'0000)));
    EXPECT_TRUE(matches(canonical, f32_bits(0xFFC0'0000)));
    EXPECT_FALSE(matches(canonical, f32_bits(0x7FC0'0001)));
    EXPECT_FALSE(matches(canonical, f32_bits(0x7F80'0000)));
    auto const arithmetic = number(f32, 0, NanPattern::Arithmetic);
    EXPECT_TRUE(matches(arithmetic, f32_bits(0xFFC0'1234)));
    EXPECT_FALSE(matches(arithmetic, f32_bits(0x7FA0'0000)));
    EXPECT_FALSE(matches(arithmetic, Value::from_f32(1.0F)));

    EXPECT_TRUE(matches(number(f64, 0, NanPattern::Canonical), f64_bits(0xFFF8'0000'0000'0000)));
    EXPECT_FALSE(matches(number(f64, 0, NanPattern::Canonical), f64_bits(0x7FF8'0000'0000'0001)));
    EXPECT_TRUE(matches(number(f64, 0, NanPattern::Arithmetic), f64_bits(0x7FFC'0000'0000'0000)));
    EXPECT_FALSE(matches(number(f64, 0, NanPattern::Arithmetic), f64_bits(0x7FF4'0000'0000'0000)));
    // the two widths are not mixed up
    EXPECT_FALSE(matches(number(f64, 0, NanPattern::Canonical), f32_bits(0x7FC0'0000)));
}

TEST(Match, VectorsLaneByLane)
{
    auto p = of_kind(Pattern::Kind::Vec);
    p.is_float_lanes = true;
    p.lane_bits = 32;
    p.lo = 0x3F80'0000ULL << 32; // lanes: canonical, 1.0, arithmetic, 0.0
    p.nan = {NanPattern::Canonical, NanPattern::None, NanPattern::Arithmetic, NanPattern::None};
    auto const vector = [](std::uint64_t lo, std::uint64_t hi) {
        return Value{.kind = ValType::Kind::V128, .lo = lo, .hi = hi};
    };
    EXPECT_TRUE(matches(p, vector(0x3F80'0000'7FC0'0000, 0x0000'0000'7FC0'0001)));
    EXPECT_FALSE(matches(p, vector(0x3F80'0000'7FC0'0001, 0x0000'0000'7FC0'0001)));
    EXPECT_FALSE(matches(p, vector(0x3F80'0001'7FC0'0000, 0x0000'0000'7FC0'0001)));
    EXPECT_FALSE(matches(p, vector(0x3F80'0000'7FC0'0000, 0x0000'0001'7FC0'0001)));
    EXPECT_FALSE(matches(p, Value::from_i32(0)));

    auto plain = of_kind(Pattern::Kind::Vec, 1);
    plain.lane_bits = 8;
    plain.hi = 2;
    EXPECT_TRUE(matches(plain, vector(1, 2)));
    EXPECT_FALSE(matches(plain, vector(1, 3)));
}

TEST(Match, OneOfSeveral)
{
    auto p = of_kind(Pattern::Kind::Either);
    p.either = {number(i32, 1), number(i32, 3)};
    EXPECT_TRUE(matches(p, Value::from_i32(3)));
    EXPECT_FALSE(matches(p, Value::from_i32(2)));
}

TEST(Match, References)
{
    using Kind = Pattern::Kind;
    auto const null = Value::null_ref();
    auto const func = Value::reference(RefKind::Func, 3);
    auto const host = Value::reference(RefKind::Host, 5);
    auto const external = Value::host_extern(5);
    auto const object = Value::reference(RefKind::Struct, 0);
    auto const array = Value::reference(RefKind::Array, 0);
    auto const small = Value::reference(RefKind::I31, 9);

    EXPECT_TRUE(matches(of_kind(Kind::RefNull), null));
    EXPECT_FALSE(matches(of_kind(Kind::RefNull), func));
    EXPECT_TRUE(matches(of_kind(Kind::RefFunc), func));
    EXPECT_FALSE(matches(of_kind(Kind::RefFunc), null));
    EXPECT_TRUE(matches(of_kind(Kind::RefExternNum, 5), external));
    EXPECT_FALSE(matches(of_kind(Kind::RefExternNum, 6), external));
    EXPECT_FALSE(matches(of_kind(Kind::RefExternNum, 5), host));
    EXPECT_TRUE(matches(of_kind(Kind::RefHostNum, 5), host));
    EXPECT_FALSE(matches(of_kind(Kind::RefHostNum, 5), external));
    EXPECT_TRUE(matches(of_kind(Kind::RefExtern), external));
    EXPECT_TRUE(matches(of_kind(Kind::RefExtern), Value::reference(RefKind::Struct, 1, true)));
    for (auto const& v : {host, object, array, small})
        EXPECT_TRUE(matches(of_kind(Kind::RefAny), v)) << show(v);
    for (auto const& v : {func, external, null, Value::reference(RefKind::Exn, 0)})
        EXPECT_FALSE(matches(of_kind(Kind::RefAny), v)) << show(v);
    EXPECT_FALSE(matches(of_kind(Kind::RefEq), host));
    EXPECT_TRUE(matches(of_kind(Kind::RefEq), small));
    EXPECT_TRUE(matches(of_kind(Kind::RefStruct), object));
    EXPECT_FALSE(matches(of_kind(Kind::RefStruct), array));
}

TEST(Match, AsManyAsExpected)
{
    auto const one = std::vector{number(i32, 1)};
    EXPECT_TRUE(matches(one, std::vector{Value::from_i32(1)}));
    EXPECT_FALSE(matches(one, std::vector<Value>{}));
    EXPECT_FALSE(matches(one, std::vector{Value::from_i32(1), Value::from_i32(1)}));
}

TEST(Match, TrapTextsByTheirBeginning)
{
    EXPECT_TRUE(trap_matches({Trap::UninitializedElement}, "uninitialized element 2"));
    EXPECT_TRUE(trap_matches({Trap::UninitializedElement}, "uninitialized"));
    EXPECT_FALSE(trap_matches({Trap::UndefinedElement}, "uninitialized element"));
    EXPECT_FALSE(trap_matches({Trap::IntegerOverflow}, "integer divide by zero"));
    EXPECT_TRUE(trap_matches({Trap::IntegerOverflow, Trap::InvalidConversionToInteger},
        "invalid conversion to integer"));
    EXPECT_FALSE(trap_matches({}, "unreachable"));
}

TEST(Match, WhatRanOut)
{
    CallObservation seen;
    seen.end = End::OutOfFuel;
    EXPECT_TRUE(exhaustion_matches(seen, "out of fuel"));
    EXPECT_FALSE(exhaustion_matches(seen, "call stack exhausted"));
    seen.end = End::Exhausted;
    EXPECT_TRUE(exhaustion_matches(seen, "stack values exhausted"))
        << "it does not say which limit";
    seen.limit = Limit::Frames;
    EXPECT_TRUE(exhaustion_matches(seen, "call stack exhausted"));
    EXPECT_TRUE(exhaustion_matches(seen, "frames exhausted"));
    EXPECT_FALSE(exhaustion_matches(seen, "stack values exhausted"));
    EXPECT_FALSE(exhaustion_matches(seen, "out of fuel"));
    seen.end = End::Returned;
    EXPECT_FALSE(exhaustion_matches(seen, "call stack exhausted"));
}

TEST(Match, MessagesBehindTheirPlace)
{
    EXPECT_TRUE(message_matches("byte 0x8: malformed: unexpected end", "unexpected end"));
    EXPECT_TRUE(message_matches("unknown import \"a\" \"b\"", "unknown import"));
    EXPECT_FALSE(message_matches("byte 0x8: malformed: unexpected end", "length out of bounds"));
    EXPECT_FALSE(message_matches("", "unexpected end"));
}

TEST(Match, ValuesAsText)
{
    EXPECT_EQ(show(Value::from_i32(0xFFFF'FFFF)), "i32:-1");
    EXPECT_EQ(show(Value::from_f64(0.1)), "f64:0.1");
    EXPECT_EQ(show(f32_bits(0xFFC0'0001)), "f32:-nan:0x400001");
    EXPECT_EQ(show(Value::from_f32(std::numeric_limits<float>::infinity())), "f32:inf");
    EXPECT_EQ(show(Value::host_extern(3)), "ref.extern:3");
    EXPECT_EQ(show(std::span<Value const>{}), "nothing");
}

} // namespace touchstone::script
