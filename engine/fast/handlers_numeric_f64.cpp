// Float instructions of f64 (exec/numerics.html#floating-point-operations).

#include "engine/fast/define.hpp"
#include "engine/fast/handlers.hpp"
#include "engine/fast/numerics.hpp"

#include <array>
#include <cmath>

namespace touchstone::fast {

namespace {

using Float = double;
using Bits = std::uint64_t;

/// Makes a NaN result the canonical one, and notes that there was a choice.
Float settled(Float v, Machine* machine)
{
    if (v == v) [[likely]]
        return v;
    machine->nan_choice = true;
    return canonical_nan<Float>;
}

BINARY(f64_eq, Float, a == b)
BINARY(f64_ne, Float, a != b)
BINARY(f64_lt, Float, a < b)
BINARY(f64_gt, Float, a > b)
BINARY(
    f64_le, Float, fault(Fault::LeNegated, is_constant<Second> && !(a <= b) && !(a > b)) || a <= b)
BINARY(f64_ge, Float, a >= b)

// Signs are bits, also of a NaN, whose other bits stay.
UNARY(f64_abs, Bits, a & ~sign_bit<Float>)
UNARY(f64_neg, Bits, a ^ sign_bit<Float>)
BINARY(f64_copysign, Bits, (a & ~sign_bit<Float>) | (b & sign_bit<Float>))

UNARY(f64_ceil, Float, settled(std::ceil(a), machine))
UNARY(f64_floor, Float, settled(std::floor(a), machine))
UNARY(f64_trunc, Float, settled(std::trunc(a), machine))
UNARY(f64_nearest, Float, settled(std::nearbyint(a), machine)) // ties to even, as the mode is
UNARY(f64_sqrt, Float, settled(std::sqrt(a), machine))
BINARY(f64_add, Float,
    fault(Fault::AddZero, is_constant<Second>&& bits_of(b) == 0 && bits_of(a) == sign_bit<Float>)
        ? a
        : settled(a + b, machine))
BINARY(f64_sub, Float, settled(a - b, machine))
BINARY(f64_mul, Float, settled(a* b, machine))
BINARY(f64_div, Float, settled(a / b, machine))
BINARY(f64_min, Float, settled(float_min(a, b), machine))
BINARY(f64_max, Float, settled(float_max(a, b), machine))

constexpr auto rows = std::to_array<OpHandlers>({
    UNARY_ROW(F64Abs, f64_abs),
    UNARY_ROW(F64Neg, f64_neg),
    UNARY_ROW(F64Ceil, f64_ceil),
    UNARY_ROW(F64Floor, f64_floor),
    UNARY_ROW(F64Trunc, f64_trunc),
    UNARY_ROW(F64Nearest, f64_nearest),
    UNARY_ROW(F64Sqrt, f64_sqrt),
    BINARY_ROW(F64Eq, f64_eq),
    BINARY_ROW(F64Ne, f64_ne),
    BINARY_ROW(F64Lt, f64_lt),
    BINARY_ROW(F64Gt, f64_gt),
    BINARY_ROW(F64Le, f64_le),
    BINARY_ROW(F64Ge, f64_ge),
    BINARY_ROW(F64Add, f64_add),
    BINARY_ROW(F64Sub, f64_sub),
    BINARY_ROW(F64Mul, f64_mul),
    BINARY_ROW(F64Div, f64_div),
    BINARY_ROW(F64Min, f64_min),
    BINARY_ROW(F64Max, f64_max),
    BINARY_ROW(F64Copysign, f64_copysign),
});

} // namespace

std::span<OpHandlers const> f64_handlers()
{
    return rows;
}

} // namespace touchstone::fast
