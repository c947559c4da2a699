#include "oracles/worker_values.hpp"

#include "oracles/observation.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <memory>

namespace touchstone {

struct NumberKind
{
    std::string_view name;
    ValType::Kind kind;
    std::size_t digits;
};

static constexpr auto numbers = std::to_array<NumberKind>({
    {"i32", ValType::Kind::I32, 8},
    {"i64", ValType::Kind::I64, 16},
    {"f32", ValType::Kind::F32, 8},
    {"f64", ValType::Kind::F64, 16},
    {"v128", ValType::Kind::V128, 32},
});

struct ReferenceKind
{
    std::string_view name;
    RefKind kind;
};

static constexpr auto references = std::to_array<ReferenceKind>({
    {"host", RefKind::Host},
    {"i31", RefKind::I31},
    {"struct", RefKind::Struct},
    {"array", RefKind::Array},
    {"exn", RefKind::Exn},
});

std::string worker_text(Value const& v)
{
    if (v.kind == ValType::Kind::V128)
        return fmt::format("v128:{:016x}{:016x}", v.hi, v.lo);
    for (auto const& n : numbers)
        if (n.kind == v.kind)
            return fmt::format("{}:{:x}", n.name, v.lo);
    for (auto const& r : references)
        if (r.kind == v.ref)
            return fmt::format("{}{}:{:x}", v.is_extern ? "extern-" : "", r.name, v.lo);
    return "null";
}

static std::optional<std::uint64_t> hexadecimal(std::string_view digits)
{
    std::uint64_t v = 0;
    auto const* const first = std::to_address(digits.begin());
    auto const* const last = first + digits.size();
    auto const [end, error] = std::from_chars(first, last, v, 16);
    return error == std::errc{} && end == last ? std::optional{v} : std::nullopt;
}

static std::optional<Value> number(NumberKind const& n, std::string_view digits)
{
    if (digits.empty() || digits.size() > n.digits)
        return std::nullopt;
    auto const high = digits.size() > 16 ? digits.size() - 16 : 0;
    auto const hi =
        high == 0 ? std::optional<std::uint64_t>{0} : hexadecimal(digits.substr(0, high));
    auto const lo = hexadecimal(digits.substr(high));
    if (!hi || !lo)
        return std::nullopt;
    return Value{.kind = n.kind, .lo = *lo, .hi = *hi};
}

/// MODULE:INDEX, or that it is some function
static std::optional<Value> function(std::string_view rest, bool& is_unknown)
{
    if (rest == "unknown") {
        is_unknown = true;
        return Value::reference(RefKind::Func, ~std::uint64_t{0});
    }
    auto const colon = rest.find(':');
    auto const module = hexadecimal(rest.substr(0, colon));
    auto const index = colon == rest.npos ? std::nullopt : hexadecimal(rest.substr(colon + 1));
    if (!module || !index)
        return std::nullopt;
    return Value::reference(RefKind::Func,
        function_identity(static_cast<std::uint32_t>(*module), static_cast<std::uint32_t>(*index)));
}

std::optional<Value> worker_value(std::string_view text, bool& is_unknown)
{
    if (text == "null")
        return Value::null_ref();
    if (text == "unknown") {
        is_unknown = true;
        return Value::null_ref();
    }
    auto const colon = text.find(':');
    if (colon == text.npos)
        return std::nullopt;
    auto kind = text.substr(0, colon);
    auto const rest = text.substr(colon + 1);
    for (auto const& n : numbers)
        if (n.name == kind)
            return number(n, rest);
    if (kind == "func")
        return function(rest, is_unknown);
    auto const is_extern = kind.starts_with("extern-");
    if (is_extern)
        kind.remove_prefix(std::string_view{"extern-"}.size());
    auto const bits = hexadecimal(rest);
    for (auto const& r : references)
        if (r.name == kind && bits)
            return Value::reference(r.kind, *bits, is_extern);
    return std::nullopt;
}

} // namespace touchstone
