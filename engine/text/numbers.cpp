#include "engine/text/numbers.hpp"

#include "engine/text/characters.hpp"

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <type_traits>

namespace touchstone::text {

namespace {

/// Reads a word from the left.
class Reader
{
public:
    explicit Reader(std::string_view word) : rest_{word} {}
    [[nodiscard]] bool done() const { return rest_.empty(); }
    [[nodiscard]] std::string_view rest() const { return rest_; }

    bool take(std::string_view prefix)
    {
        if (!rest_.starts_with(prefix))
            return false;
        rest_.remove_prefix(prefix.size());
        return true;
    }
    bool take_sign() { return take("+") || take("-"); }

    /// digit ('_'? digit)*
    bool take_digits(bool hex)
    {
        auto is_one = [hex](char c) { return hex ? is_hex_digit(c) : is_digit(c); };
        std::size_t n = 0;
        while (n < rest_.size()) {
            if (is_one(rest_[n]))
                ++n;
            else if (n > 0 && rest_[n] == '_' && n + 1 < rest_.size() && is_one(rest_[n + 1]))
                n += 2;
            else
                break;
        }
        rest_.remove_prefix(n);
        return n > 0;
    }

private:
    std::string_view rest_;
};

} // namespace

NumberShape number_shape(std::string_view word)
{
    Reader in{word};
    auto const is_signed = in.take_sign();
    if (in.rest() == "inf" || in.rest() == "nan")
        return NumberShape::Float;
    if (in.take("nan:0x"))
        return in.take_digits(true) && in.done() ? NumberShape::Float : NumberShape::None;
    auto const hex = in.take("0x");
    if (!in.take_digits(hex))
        return NumberShape::None;
    if (in.done())
        return is_signed ? NumberShape::Int : NumberShape::Nat;
    if (in.take("."))
        in.take_digits(hex);
    if (hex ? in.take("p") || in.take("P") : in.take("e") || in.take("E")) {
        in.take_sign();
        if (!in.take_digits(false))
            return NumberShape::None;
    }
    return in.done() ? NumberShape::Float : NumberShape::None;
}

std::optional<std::uint64_t> parse_nat(std::string_view word, unsigned bits)
{
    auto const hex = word.starts_with("0x");
    if (hex)
        word.remove_prefix(2);
    auto const base = hex ? 16U : 10U;
    auto const limit = bits < 64 ? (std::uint64_t{1} << bits) - 1 : ~std::uint64_t{0};
    std::uint64_t value = 0;
    for (auto const c : word) {
        if (c == '_')
            continue;
        if (!(hex ? is_hex_digit(c) : is_digit(c)))
            return std::nullopt;
        auto const digit = hex_value(c);
        if (value > (limit - digit) / base)
            return std::nullopt;
        value = value * base + digit;
    }
    return value;
}

std::optional<std::uint64_t> parse_int(std::string_view word, unsigned bits)
{
    auto const mask = bits < 64 ? (std::uint64_t{1} << bits) - 1 : ~std::uint64_t{0};
    auto const half = std::uint64_t{1} << (bits - 1);
    if (word.starts_with('-')) {
        auto const n = parse_nat(word.substr(1), bits);
        if (!n || *n > half)
            return std::nullopt;
        return (~*n + 1) & mask;
    }
    if (word.starts_with('+')) {
        auto const n = parse_nat(word.substr(1), bits);
        if (!n || *n >= half)
            return std::nullopt;
        return n;
    }
    return parse_nat(word, bits);
}

namespace {

template <class Float>
struct Format;
template <>
struct Format<float>
{
    using Bits = std::uint32_t;
    static constexpr int mantissa_bits = 23;
    static constexpr int max_exponent = 127;
    static constexpr int min_exponent = -126;
};
template <>
struct Format<double>
{
    using Bits = std::uint64_t;
    static constexpr int mantissa_bits = 52;
    static constexpr int max_exponent = 1023;
    static constexpr int min_exponent = -1022;
};

/// Exponents saturate here: no literal that fits a computer has so many digits.
constexpr std::int64_t exponent_limit = std::int64_t{1} << 59; // one more digit still fits

/// [+-]digits, saturated.
std::int64_t parse_exponent(std::string_view word)
{
    auto const negative = word.starts_with('-');
    if (negative || word.starts_with('+'))
        word.remove_prefix(1);
    std::int64_t value = 0;
    for (auto const c : word)
        if (c != '_' && value < exponent_limit)
            value = value * 10 + (c - '0');
    value = std::min(value, exponent_limit);
    return negative ? -value : value;
}

/// mantissa * 2^exponent, and `sticky` for anything that was cut off below; rounded to nearest,
/// ties to even.
template <class Float>
std::optional<typename Format<Float>::Bits> round_binary(
    std::uint64_t mantissa, std::int64_t exponent, bool sticky)
{
    using F = Format<Float>;
    using Bits = F::Bits;
    if (mantissa == 0)
        return Bits{0};
    auto const shift_up = std::countl_zero(mantissa);
    mantissa <<= shift_up;
    exponent -= shift_up;
    auto const top = exponent + 63; // 2^top <= value < 2^(top+1)
    if (top > F::max_exponent)
        return std::nullopt;
    // how many bits are kept: all, or fewer of a subnormal; 0: half of the smallest or more
    auto const kept = top >= F::min_exponent ? std::int64_t{F::mantissa_bits} + 1
                                             : top - F::min_exponent + F::mantissa_bits + 1;
    if (kept < 0)
        return Bits{0};
    auto const cut = static_cast<int>(64 - kept);
    auto rounded = cut == 64 ? 0 : mantissa >> cut;
    auto const rest = cut == 64 ? mantissa : mantissa & ((std::uint64_t{1} << cut) - 1);
    auto const half = std::uint64_t{1} << (cut - 1);
    if (rest > half || (rest == half && (sticky || (rounded & 1) != 0)))
        ++rounded;
    // A carry out of the mantissa runs into the exponent, which is what it should do.
    auto const biased =
        top >= F::min_exponent ? static_cast<std::uint64_t>(top - F::min_exponent) : 0;
    auto const bits = (biased << F::mantissa_bits) + rounded;
    auto const infinity = (std::uint64_t{F::max_exponent} * 2 + 1) << F::mantissa_bits;
    if (bits >= infinity)
        return std::nullopt;
    return static_cast<Bits>(bits);
}

/// After the "0x".
template <class Float>
std::optional<typename Format<Float>::Bits> parse_hex_float(std::string_view word)
{
    std::uint64_t mantissa = 0;
    std::int64_t exponent = 0;
    bool sticky = false;
    bool after_point = false;
    while (!word.empty()) {
        auto const c = word.front();
        word.remove_prefix(1);
        if (c == '_')
            continue;
        if (c == '.') {
            after_point = true;
            continue;
        }
        if (c == 'p' || c == 'P') {
            exponent += parse_exponent(word);
            break;
        }
        if (mantissa >> 60 == 0) {
            mantissa = mantissa << 4 | hex_value(c);
            exponent -= after_point ? 4 : 0;
        } else {
            sticky = sticky || c != '0';
            exponent += after_point ? 0 : 4;
        }
    }
    return round_binary<Float>(mantissa, exponent, sticky);
}

/// Is the decimal literal at least one? Asked only where the library says "out of range".
bool is_large(std::string_view word)
{
    std::int64_t before_point = 0; // digits from the first that is not zero up to the point
    std::int64_t zeros_after = 0;  // zeros between the point and the first that is not
    bool seen = false;
    bool after_point = false;
    std::int64_t exponent = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
        auto const c = word[i];
        if (c == 'e' || c == 'E') {
            exponent = parse_exponent(word.substr(i + 1));
            break;
        }
        if (c == '.') {
            after_point = true;
            continue;
        }
        seen = seen || c != '0';
        if (after_point)
            zeros_after += seen ? 0 : 1;
        else
            before_point += seen ? 1 : 0;
    }
    auto const magnitude = before_point > 0 ? before_point - 1 : -zeros_after - 1;
    return magnitude + exponent >= 0;
}

template <class Float>
std::optional<typename Format<Float>::Bits> parse_decimal(std::string_view word)
{
    std::string digits;
    digits.reserve(word.size());
    for (auto const c : word)
        if (c != '_')
            digits += c;
    Float value = 0;
    auto const* const end = digits.data() + digits.size();
    auto const result = std::from_chars(digits.data(), end, value);
    if (result.ec == std::errc::result_out_of_range) {
        if (is_large(digits))
            return std::nullopt;
        value = 0; // the library calls underflow "out of range", too
    } else if (result.ec != std::errc{} || result.ptr != end || std::isinf(value)) {
        return std::nullopt;
    }
    return std::bit_cast<typename Format<Float>::Bits>(value);
}

template <class Float>
std::optional<typename Format<Float>::Bits> parse_float(std::string_view word)
{
    using F = Format<Float>;
    using Bits = F::Bits;
    auto const sign = word.starts_with('-') ? Bits{1} << (sizeof(Bits) * 8 - 1) : Bits{0};
    if (word.starts_with('-') || word.starts_with('+'))
        word.remove_prefix(1);
    auto const infinity = Bits{F::max_exponent * 2 + 1} << F::mantissa_bits;
    auto magnitude = [&]() -> std::optional<Bits> {
        if (word == "inf")
            return infinity;
        if (word == "nan")
            return infinity | Bits{1} << (F::mantissa_bits - 1);
        if (word.starts_with("nan:")) {
            auto const payload = parse_nat(word.substr(4), F::mantissa_bits);
            if (!payload || *payload == 0)
                return std::nullopt;
            return infinity | static_cast<Bits>(*payload);
        }
        if (word.starts_with("0x"))
            return parse_hex_float<Float>(word.substr(2));
        return parse_decimal<Float>(word);
    }();
    if (!magnitude)
        return std::nullopt;
    return *magnitude | sign;
}

} // namespace

std::optional<std::uint32_t> parse_f32(std::string_view word)
{
    return parse_float<float>(word);
}

std::optional<std::uint64_t> parse_f64(std::string_view word)
{
    return parse_float<double>(word);
}

} // namespace touchstone::text
