#include "cases/value_json.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>
#include <stdexcept>

namespace touchstone {

namespace {

struct TypeRow
{
    std::string_view name;
    ValType::Kind kind;
    unsigned digits;
};

constexpr auto types = std::to_array<TypeRow>({
    {"i32", ValType::Kind::I32, 8},
    {"i64", ValType::Kind::I64, 16},
    {"f32", ValType::Kind::F32, 8},
    {"f64", ValType::Kind::F64, 16},
    {"v128", ValType::Kind::V128, 32},
});

/// References: which of them the file format knows.
struct RefRow
{
    std::string_view name;
    RefKind kind;
    bool is_extern;
};

constexpr auto references = std::to_array<RefRow>({
    {"null", RefKind::Null, false},
    {"extern", RefKind::Host, true},
    {"host", RefKind::Host, false},
    {"i31", RefKind::I31, false},
});

constexpr unsigned reference_digits = 16;

std::uint64_t parse_hex(std::string_view digits)
{
    std::uint64_t v = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), v, 16);
    if (error != std::errc{} || end != digits.data() + digits.size())
        throw std::invalid_argument{"bits that are not hexadecimal"};
    return v;
}

/// "0x" and at most `digits` hexadecimal digits.
void read_bits(nlohmann::ordered_json const& j, unsigned digits, Value& v)
{
    auto const at = j.find("bits");
    if (at == j.end() || !at->is_string())
        throw std::invalid_argument{"a value without \"bits\""};
    std::string_view text = at->get_ref<std::string const&>();
    if (!text.starts_with("0x") || text.size() < 3 || text.size() > 2 + digits)
        throw std::invalid_argument{fmt::format("bits that are not 0x and {} digits", digits)};
    text.remove_prefix(2);
    auto const high = text.size() > 16 ? text.size() - 16 : 0;
    if (high != 0)
        v.hi = parse_hex(text.substr(0, high));
    v.lo = parse_hex(text.substr(high));
}

std::string text_of(nlohmann::ordered_json const& j, char const* key)
{
    auto const at = j.find(key);
    if (at == j.end() || !at->is_string())
        throw std::invalid_argument{fmt::format("a value without \"{}\"", key)};
    return at->get<std::string>();
}

} // namespace

nlohmann::ordered_json value_to_json(Value const& v)
{
    for (auto const& t : types) {
        if (t.kind != v.kind)
            continue;
        auto const bits = v.kind == ValType::Kind::V128
                              ? fmt::format("0x{:016x}{:016x}", v.hi, v.lo)
                              : fmt::format("0x{:0{}x}", v.lo, t.digits);
        return {{"type", t.name}, {"bits", bits}};
    }
    if (v.is_null())
        return {{"type", "ref"}, {"ref", "null"}};
    for (auto const& r : references)
        if (v.kind == ValType::Kind::Ref && r.kind == v.ref && r.is_extern == v.is_extern)
            return {{"type", "ref"}, {"ref", r.name}, {"bits", fmt::format("0x{:x}", v.lo)}};
    throw std::invalid_argument{"a reference that means nothing outside of its store"};
}

Value value_from_json(nlohmann::ordered_json const& j)
{
    if (!j.is_object())
        throw std::invalid_argument{"a value that is no object"};
    auto const type = text_of(j, "type");
    Value v;
    for (auto const& t : types) {
        if (t.name != type)
            continue;
        v.kind = t.kind;
        read_bits(j, t.digits, v);
        return v;
    }
    if (type != "ref")
        throw std::invalid_argument{fmt::format("a value of unknown type \"{}\"", type)};
    auto const ref = text_of(j, "ref");
    for (auto const& r : references) {
        if (r.name != ref)
            continue;
        v = Value::reference(r.kind, 0, r.is_extern);
        if (r.kind != RefKind::Null)
            read_bits(j, reference_digits, v);
        return v;
    }
    throw std::invalid_argument{fmt::format("a reference of unknown kind \"{}\"", ref)};
}

} // namespace touchstone
