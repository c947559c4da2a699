#include "engine/text/print_literals.hpp"

#include "engine/text/characters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

namespace touchstone::text {

template <class Float, class Bits>
static std::string float_text(Bits bits, int mantissa_bits)
{
    auto const value = std::bit_cast<Float>(bits);
    if (!std::isnan(value))
        return fmt::format("{}", value);
    auto const sign = bits >> (sizeof(Bits) * 8 - 1) != 0 ? "-" : "";
    auto const payload = bits & ((Bits{1} << mantissa_bits) - 1);
    if (payload == Bits{1} << (mantissa_bits - 1))
        return fmt::format("{}nan", sign);
    return fmt::format("{}nan:{:#x}", sign, payload);
}

std::string f32_text(std::uint32_t bits)
{
    return float_text<float>(bits, 23);
}

std::string f64_text(std::uint64_t bits)
{
    return float_text<double>(bits, 52);
}

static std::string quoted(std::string_view bytes, bool keep_utf8)
{
    std::string out = "\"";
    out.reserve(bytes.size() + 2);
    for (auto const c : bytes) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (is_control(c) || (!is_ascii(c) && !keep_utf8)) {
            fmt::format_to(std::back_inserter(out), "\\{:02x}", static_cast<unsigned char>(c));
        } else {
            out += c;
        }
    }
    out += '"';
    return out;
}

std::string bytes_text(std::string_view bytes)
{
    return quoted(bytes, false);
}

std::string name_text(std::string_view name)
{
    return quoted(name, is_utf8(name));
}

std::optional<std::string> id_text(std::string_view name)
{
    if (name.empty() || !is_utf8(name))
        return std::nullopt;
    if (std::ranges::all_of(name, is_id_char))
        return fmt::format("${}", name);
    return "$" + name_text(name);
}

} // namespace touchstone::text
