#include "cases/script_words.hpp"

#include "cases/wast.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>

namespace touchstone {

namespace script_words {

namespace {

/// By `AbsHeapType`.
constexpr auto heap_names = std::to_array<std::string_view>({"any", "eq", "i31", "struct", "array",
    "none", "func", "nofunc", "extern", "noextern", "exn", "noexn", "bot"});

constexpr bool is_plain(char c)
{
    return c >= ' ' && c <= '~' && c != '"' && c != '\\';
}

/// Shortest decimals that read back as the same bits; NaNs by payload.
template <class Float, class Bits>
std::string float_text(Bits bits)
{
    constexpr Bits mantissa = (Bits{1} << (sizeof(Bits) == 4 ? 23 : 52)) - 1;
    auto const f = std::bit_cast<Float>(bits);
    auto const sign = std::signbit(f) ? "-" : "";
    if (std::isnan(f))
        return fmt::format("{}nan:{:#x}", sign, bits & mantissa);
    if (std::isinf(f))
        return fmt::format("{}inf", sign);
    return fmt::format("{}", f);
}

std::string vector_text(Value const& v)
{
    return fmt::format("i32x4 {:#010x} {:#010x} {:#010x} {:#010x}", v.lo & 0xFFFF'FFFF, v.lo >> 32,
        v.hi & 0xFFFF'FFFF, v.hi >> 32);
}

std::optional<std::string> reference_constant(Value const& v, AbsHeapType null)
{
    if (v.ref == RefKind::Null)
        return fmt::format("(ref.null {})", heap_names.at(static_cast<std::size_t>(null)));
    if (v.ref == RefKind::Host)
        return fmt::format("(ref.{} {})", v.is_extern ? "extern" : "host", v.lo);
    return std::nullopt;
}

std::string_view reference_pattern(Value const& v)
{
    if (v.is_extern)
        return "(ref.extern)";
    switch (v.ref) {
    case RefKind::Func: return "(ref.func)";
    case RefKind::I31: return "(ref.i31)";
    case RefKind::Struct: return "(ref.struct)";
    case RefKind::Array: return "(ref.array)";
    case RefKind::Exn: return "(ref.exn)";
    case RefKind::Null:
    case RefKind::Host: break;
    }
    return "(ref)";
}

} // namespace

std::string in_quotes(std::string_view bytes)
{
    std::string text = "\"";
    for (auto const c : bytes) {
        if (is_plain(c))
            text += c;
        else
            fmt::format_to(std::back_inserter(text), "\\{:02x}", static_cast<std::uint8_t>(c));
    }
    return text + '"';
}

std::string quoted_lines(std::span<std::uint8_t const> bytes, std::string_view indent)
{
    constexpr std::size_t bytes_per_line = 24;
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i % bytes_per_line == 0)
            text.append(i == 0 ? "" : "\"\n").append(indent).append("\"");
        fmt::format_to(std::back_inserter(text), "\\{:02x}", bytes[i]);
    }
    if (!bytes.empty())
        text += '"';
    return text;
}

std::optional<std::string> constant(Value const& v, AbsHeapType null)
{
    switch (v.kind) {
    case ValType::Kind::I32: return fmt::format("(i32.const {})", static_cast<std::int32_t>(v.lo));
    case ValType::Kind::I64: return fmt::format("(i64.const {})", static_cast<std::int64_t>(v.lo));
    case ValType::Kind::F32:
        return fmt::format("(f32.const {})", float_text<float>(static_cast<std::uint32_t>(v.lo)));
    case ValType::Kind::F64: return fmt::format("(f64.const {})", float_text<double>(v.lo));
    case ValType::Kind::V128: return fmt::format("(v128.const {})", vector_text(v));
    case ValType::Kind::Ref: return reference_constant(v, null);
    case ValType::Kind::Bot: break;
    }
    return std::nullopt;
}

std::string pattern(Value const& v, AbsHeapType null)
{
    if (auto text = constant(v, null))
        return *std::move(text);
    return std::string{reference_pattern(v)};
}

std::string one_line(std::string_view text)
{
    std::string line{text};
    for (auto& c : line)
        if (static_cast<std::uint8_t>(c) < ' ' || c == 0x7F)
            c = ' ';
    return line;
}

} // namespace script_words

std::string print_const(Value const& v)
{
    return script_words::pattern(v, AbsHeapType::Extern);
}

} // namespace touchstone
