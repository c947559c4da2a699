#include "harness/script/json_values.hpp"

#include "engine/text/numbers.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace touchstone::script {

namespace {

using Json = nlohmann::json;

struct Number
{
    std::string_view name;
    ValType type;
    unsigned bits;
    bool is_float;
};
constexpr auto numbers =
    std::to_array<Number>({{"i32", i32, 32, false}, {"i64", i64, 64, false}, {"f32", f32, 32, true},
        {"f64", f64, 64, true}, {"i8", i32, 8, false}, {"i16", i32, 16, false}});

Number const* number_named(std::string_view name)
{
    auto const* const at = std::ranges::find(numbers, name, &Number::name);
    return at == numbers.end() ? nullptr : at;
}

struct Reference
{
    std::string_view name;
    Pattern::Kind any; ///< what the type stands for without a value
};
constexpr auto references =
    std::to_array<Reference>({{"anyref", Pattern::Kind::RefAny}, {"hostref", Pattern::Kind::RefAny},
        {"eqref", Pattern::Kind::RefEq}, {"i31ref", Pattern::Kind::RefI31},
        {"structref", Pattern::Kind::RefStruct}, {"arrayref", Pattern::Kind::RefArray},
        {"funcref", Pattern::Kind::RefFunc}, {"exnref", Pattern::Kind::RefExn},
        {"externref", Pattern::Kind::RefExtern}, {"refnull", Pattern::Kind::RefNull},
        {"nullref", Pattern::Kind::RefNull}, {"nullfuncref", Pattern::Kind::RefNull},
        {"nullexternref", Pattern::Kind::RefNull}, {"nullexnref", Pattern::Kind::RefNull}});

std::string text_of(Json const& j, char const* key)
{
    auto const at = j.is_object() ? j.find(key) : j.end();
    if (at == j.end() || !at->is_string())
        throw WrongValue{fmt::format("a value without `{}`", key)};
    return at->get<std::string>();
}

std::uint64_t bits_of(Json const& j, unsigned bits)
{
    auto const word = j.is_string() ? j.get<std::string>() : std::string{};
    auto const shape = text::number_shape(word);
    auto const is_integer = shape == text::NumberShape::Nat || shape == text::NumberShape::Int;
    auto const n = is_integer ? text::parse_int(word, bits) : std::nullopt;
    if (!n)
        throw WrongValue{fmt::format("`{}` is no number of {} bits",
            j.dump(-1, ' ', false, Json::error_handler_t::replace), bits)};
    return *n;
}

NanPattern nan_of(Json const& j)
{
    if (j == "nan:canonical")
        return NanPattern::Canonical;
    if (j == "nan:arithmetic")
        return NanPattern::Arithmetic;
    return NanPattern::None;
}

Pattern vector_of(Json const& j)
{
    auto const* const lane = number_named(text_of(j, "lane_type"));
    auto const value = j.find("value");
    if (lane == nullptr || value == j.end() || !value->is_array() ||
        value->size() * lane->bits != 128)
        throw WrongValue{"a v128 whose lanes are not 128 bits"};
    Pattern p{.kind = Pattern::Kind::Vec,
        .is_float_lanes = lane->is_float,
        .lane_bits = static_cast<std::uint8_t>(lane->bits),
        .either = {}};
    for (std::size_t i = 0; i < value->size(); ++i) {
        auto const& v = (*value)[i];
        if (lane->is_float) // of which there are four at most
            p.nan.at(i) = nan_of(v);
        if (lane->is_float && p.nan.at(i) != NanPattern::None)
            continue;
        auto const at = static_cast<unsigned>(i) * lane->bits;
        (at < 64 ? p.lo : p.hi) |= bits_of(v, lane->bits) << at % 64;
    }
    return p;
}

Pattern reference_of(Reference const& type, Json const& j)
{
    auto const value = j.find("value");
    if (value == j.end() || type.any == Pattern::Kind::RefNull)
        return {.kind = type.any, .either = {}};
    if (*value == "null")
        return {.kind = Pattern::Kind::RefNull, .either = {}};
    if (type.any == Pattern::Kind::RefExtern)
        return {.kind = Pattern::Kind::RefExternNum, .lo = bits_of(*value, 32), .either = {}};
    if (type.any == Pattern::Kind::RefAny)
        return {.kind = Pattern::Kind::RefHostNum, .lo = bits_of(*value, 32), .either = {}};
    throw WrongValue{fmt::format("a value of type {} that is not null", type.name)};
}

Pattern single_pattern(Json const& j)
{
    auto const type = text_of(j, "type");
    if (type == "v128")
        return vector_of(j);
    auto const* const reference = std::ranges::find(references, type, &Reference::name);
    if (reference != references.end())
        return reference_of(*reference, j);
    auto const* const number = number_named(type);
    auto const value = j.find("value");
    if (number == nullptr || number->bits < 32 || value == j.end())
        throw WrongValue{"a value of unknown type `" + type + "`, or without a value"};
    Pattern p{.kind = Pattern::Kind::Num, .type = number->type, .either = {}};
    if (number->is_float)
        p.nan[0] = nan_of(*value);
    if (p.nan[0] == NanPattern::None)
        p.lo = bits_of(*value, number->bits);
    return p;
}

} // namespace

Pattern pattern_from_json(Json const& j)
{
    if (text_of(j, "type") != "either")
        return single_pattern(j);
    auto const values = j.find("values");
    if (values == j.end() || !values->is_array())
        throw WrongValue{"`either` without a list of `values`"};
    Pattern p{.kind = Pattern::Kind::Either, .either = {}};
    for (auto const& v : *values)
        p.either.push_back(single_pattern(v));
    return p;
}

Const const_from_json(Json const& j)
{
    auto const p = single_pattern(j);
    auto const has_nan =
        std::ranges::any_of(p.nan, [](NanPattern n) { return n != NanPattern::None; });
    switch (p.kind) {
    case Pattern::Kind::Num:
        if (!has_nan)
            return {.kind = Const::Kind::Num, .type = p.type, .lo = p.lo};
        break;
    case Pattern::Kind::Vec:
        if (!has_nan)
            return {.kind = Const::Kind::Vec, .lo = p.lo, .hi = p.hi};
        break;
    case Pattern::Kind::RefNull: return {.kind = Const::Kind::RefNull};
    case Pattern::Kind::RefExternNum: return {.kind = Const::Kind::RefExtern, .lo = p.lo};
    case Pattern::Kind::RefHostNum: return {.kind = Const::Kind::RefHost, .lo = p.lo};
    default: break;
    }
    throw WrongValue{"an argument that is no single value"};
}

} // namespace touchstone::script
