#include "harness/script/match.hpp"

#include "oracles/outcome_seen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace touchstone::script {

/// Exact bits, or a class of NaNs (syntax/values.html#canonical-nan, #arithmetic-nan).
static bool float_matches(
    std::uint64_t expected, NanPattern nan, std::uint64_t bits, unsigned width)
{
    auto const quiet = width == 32 ? 0x7FC0'0000ULL : 0x7FF8'0000'0000'0000ULL;
    auto const sign = 1ULL << (width - 1);
    switch (nan) {
    case NanPattern::None: return bits == expected;
    case NanPattern::Canonical: return (bits & ~sign) == quiet;
    case NanPattern::Arithmetic: return (bits & quiet) == quiet;
    }
    return false;
}

static bool vector_matches(Pattern const& p, Value const& v)
{
    if (!p.is_float_lanes || (p.lane_bits != 32 && p.lane_bits != 64))
        return v.lo == p.lo && v.hi == p.hi;
    auto const lane = [&](std::uint64_t lo, std::uint64_t hi, unsigned i) {
        if (p.lane_bits == 64)
            return i == 0 ? lo : hi;
        return (i < 2 ? lo : hi) >> (i % 2 * 32) & 0xFFFF'FFFF;
    };
    for (unsigned i = 0; i < 128U / p.lane_bits; ++i)
        if (!float_matches(lane(p.lo, p.hi, i), p.nan[i], lane(v.lo, v.hi, i), p.lane_bits))
            return false;
    return true;
}

/// A reference into the hierarchy under `any`.
static bool is_internal(Value const& v)
{
    return !v.is_extern && (v.ref == RefKind::Host || v.ref == RefKind::I31 ||
                               v.ref == RefKind::Struct || v.ref == RefKind::Array);
}

static bool reference_matches(Pattern const& p, Value const& v)
{
    if (p.kind == Pattern::Kind::RefNull)
        return v.ref == RefKind::Null;
    if (v.ref == RefKind::Null)
        return false;
    switch (p.kind) {
    case Pattern::Kind::RefAny: return is_internal(v);
    case Pattern::Kind::RefEq: return is_internal(v) && v.ref != RefKind::Host;
    case Pattern::Kind::RefI31: return is_internal(v) && v.ref == RefKind::I31;
    case Pattern::Kind::RefStruct: return is_internal(v) && v.ref == RefKind::Struct;
    case Pattern::Kind::RefArray: return is_internal(v) && v.ref == RefKind::Array;
    case Pattern::Kind::RefFunc: return v.ref == RefKind::Func;
    case Pattern::Kind::RefExn: return v.ref == RefKind::Exn;
    case Pattern::Kind::RefExtern: return v.is_extern;
    case Pattern::Kind::RefExternNum: return v.is_extern && v.ref == RefKind::Host && v.lo == p.lo;
    case Pattern::Kind::RefHostNum: return !v.is_extern && v.ref == RefKind::Host && v.lo == p.lo;
    default: return false;
    }
}

bool matches(Pattern const& p, Value const& v)
{
    switch (p.kind) {
    case Pattern::Kind::Num:
        if (v.kind != p.type.kind)
            return false;
        switch (v.kind) {
        case ValType::Kind::F32: return float_matches(p.lo, p.nan[0], v.lo, 32);
        case ValType::Kind::F64: return float_matches(p.lo, p.nan[0], v.lo, 64);
        default: return v.lo == p.lo;
        }
    case Pattern::Kind::Vec: return v.kind == ValType::Kind::V128 && vector_matches(p, v);
    case Pattern::Kind::Either:
        return std::ranges::any_of(p.either, [&](Pattern const& one) {
            return one.kind != Pattern::Kind::Either && matches(one, v);
        });
    default: return v.kind == ValType::Kind::Ref && reference_matches(p, v);
    }
}

bool matches(std::span<Pattern const> patterns, std::span<Value const> values)
{
    return std::ranges::equal(
        patterns, values, [](Pattern const& p, Value const& v) { return matches(p, v); });
}

/// Either goes on where the other ends.
static bool same_beginning(std::string_view a, std::string_view b)
{
    return a.starts_with(b) || (!a.empty() && b.starts_with(a));
}

bool trap_matches(TrapSet traps, std::string_view text)
{
    for (std::size_t i = 0; i < trap_count; ++i)
        if (traps.has(static_cast<Trap>(i)) && same_beginning(trap_messages[i], text))
            return true;
    return false;
}

static bool names_a_limit(std::string_view text)
{
    return std::ranges::any_of(limit_names, [text](std::string_view limit) {
        return text.starts_with(limit) && text.substr(limit.size()) == " exhausted";
    });
}

bool exhaustion_matches(CallObservation const& seen, std::string_view text)
{
    auto const of_fuel = text == "out of fuel";
    if (seen.end != End::Exhausted || of_fuel)
        return seen.end == End::OutOfFuel && of_fuel;
    return !seen.limit || !names_a_limit(text) || text == exhaustion_text(seen);
}

bool message_matches(std::string_view message, std::string_view text)
{
    if (message.starts_with(text))
        return true;
    for (auto const stage : {"malformed: ", "invalid: ", "unlinkable: "})
        if (auto const at = message.find(stage); at != message.npos)
            return message.substr(at + std::string_view{stage}.size()).starts_with(text);
    return false;
}

Value to_value(Const const& c)
{
    switch (c.kind) {
    case Const::Kind::Num: return {.kind = c.type.kind, .lo = c.lo};
    case Const::Kind::Vec: return {.kind = ValType::Kind::V128, .lo = c.lo, .hi = c.hi};
    case Const::Kind::RefNull: return Value::null_ref();
    case Const::Kind::RefExtern: return Value::host_extern(c.lo);
    case Const::Kind::RefHost: return Value::reference(RefKind::Host, c.lo);
    }
    return {};
}

template <class Float, class Bits>
static std::string show_float(std::uint64_t wide)
{
    constexpr auto mantissa_bits = std::numeric_limits<Float>::digits - 1;
    auto const bits = static_cast<Bits>(wide);
    auto const value = std::bit_cast<Float>(bits);
    if (!std::isnan(value))
        return fmt::format("{}", value);
    auto const payload = bits & ((Bits{1} << mantissa_bits) - 1);
    return fmt::format("{}nan:{:#x}", std::signbit(value) ? "-" : "", payload);
}

static std::string show_number(ValType::Kind kind, std::uint64_t bits)
{
    switch (kind) {
    case ValType::Kind::I32: return fmt::format("i32:{}", static_cast<std::int32_t>(bits));
    case ValType::Kind::I64: return fmt::format("i64:{}", static_cast<std::int64_t>(bits));
    case ValType::Kind::F32: return "f32:" + show_float<float, std::uint32_t>(bits);
    case ValType::Kind::F64: return "f64:" + show_float<double, std::uint64_t>(bits);
    default: return "?";
    }
}

static std::string_view ref_name(RefKind r)
{
    switch (r) {
    case RefKind::Null: return "ref.null";
    case RefKind::Func: return "ref.func";
    case RefKind::Host: return "ref.host";
    case RefKind::I31: return "ref.i31";
    case RefKind::Struct: return "ref.struct";
    case RefKind::Array: return "ref.array";
    case RefKind::Exn: return "ref.exn";
    }
    return "?";
}

std::string show(Value const& v)
{
    switch (v.kind) {
    case ValType::Kind::V128: return fmt::format("v128:0x{:016x}{:016x}", v.hi, v.lo);
    case ValType::Kind::Ref:
        if (v.ref == RefKind::Null)
            return "ref.null";
        if (v.ref == RefKind::Host)
            return fmt::format("{}:{}", v.is_extern ? "ref.extern" : "ref.host", v.lo);
        if (v.ref == RefKind::I31 && !v.is_extern)
            return fmt::format("ref.i31:{}", v.lo);
        return fmt::format("{}{}", v.is_extern ? "ref.extern of " : "", ref_name(v.ref));
    default: return show_number(v.kind, v.lo);
    }
}

static std::string_view show_nan(NanPattern nan)
{
    return nan == NanPattern::Canonical ? "nan:canonical" : "nan:arithmetic";
}

static std::string show_vector(Pattern const& p)
{
    auto text = fmt::format("v128:0x{:016x}{:016x}", p.hi, p.lo);
    auto const lanes = p.lane_bits == 0 ? 0U : std::min(128U / p.lane_bits, 4U);
    for (unsigned i = 0; p.is_float_lanes && i < lanes; ++i)
        if (p.nan[i] != NanPattern::None)
            text += fmt::format(" lane {} {}", i, show_nan(p.nan[i]));
    return text;
}

std::string show(Pattern const& p)
{
    switch (p.kind) {
    case Pattern::Kind::Num:
        if (p.nan[0] != NanPattern::None)
            return fmt::format(
                "{}:{}", p.type.kind == ValType::Kind::F32 ? "f32" : "f64", show_nan(p.nan[0]));
        return show_number(p.type.kind, p.lo);
    case Pattern::Kind::Vec: return show_vector(p);
    case Pattern::Kind::RefNull: return "ref.null";
    case Pattern::Kind::RefAny: return "ref";
    case Pattern::Kind::RefEq: return "ref.eq";
    case Pattern::Kind::RefI31: return "ref.i31";
    case Pattern::Kind::RefStruct: return "ref.struct";
    case Pattern::Kind::RefArray: return "ref.array";
    case Pattern::Kind::RefFunc: return "ref.func";
    case Pattern::Kind::RefExn: return "ref.exn";
    case Pattern::Kind::RefExtern: return "ref.extern";
    case Pattern::Kind::RefExternNum: return fmt::format("ref.extern:{}", p.lo);
    case Pattern::Kind::RefHostNum: return fmt::format("ref.host:{}", p.lo);
    case Pattern::Kind::Either: break;
    }
    std::string text = "either";
    for (auto const& one : p.either)
        if (one.kind != Pattern::Kind::Either)
            text += " " + show(one);
    return text;
}

template <class T>
static std::string show_all(std::span<T const> all)
{
    if (all.empty())
        return "nothing";
    std::string text;
    for (auto const& one : all)
        text += (text.empty() ? "" : " ") + show(one);
    return text;
}

std::string show(std::span<Value const> values)
{
    return show_all(values);
}

std::string show(std::span<Pattern const> patterns)
{
    return show_all(patterns);
}

static std::string show(TrapSet traps)
{
    std::string text;
    for (std::size_t i = 0; i < trap_count; ++i)
        if (traps.has(static_cast<Trap>(i)))
            text += fmt::format("{}{}", text.empty() ? "" : " or ", trap_messages[i]);
    return text;
}

std::string show(CallObservation const& seen)
{
    auto text = std::string{name(seen.end)};
    if (seen.end == End::Returned || seen.end == End::Threw)
        return text + " " + show(std::span{seen.values});
    if (seen.end == End::Trapped && seen.traps != TrapSet{})
        return text + ": " + show(seen.traps);
    if (seen.limit)
        text += fmt::format(": {}", name(*seen.limit));
    if (seen.feature)
        text += fmt::format(": {}", name(*seen.feature));
    if (!seen.detail.empty())
        text += ": " + seen.detail;
    return text;
}

} // namespace touchstone::script
