// Float instructions of f32 (exec/numerics.html#floating-point-operations).

#include "engine/fast/define.hpp"
#include "engine/fast/handlers.hpp"
#include "engine/fast/numerics.hpp"

#include <array>
#include <cmath>

namespace touchstone::fast {

namespace {

using Float = float;
using Bits = std::uint32_t;

/// Makes a NaN result the canonical one, and notes that there was a choice.
Float settled(Float v, Machine* machine)
{
    if (v == v) [[likely]]
        return v;
    machine->nan_choice = true;
    return canonical_nan<Float>;
}

BINARY(f32_eq, Float, a == b)
BINARY(f32_ne, Float, a != b)
BINARY(f32_lt, Float, a < b)
BINARY(f32_gt, Float, a > b)
BINARY(f32_le, Float, a <= b)
BINARY(f32_ge, Float, a >= b)

// Signs are bits, also of a NaN, whose other bits stay.
UNARY(f32_abs, Bits, a & ~sign_bit<Float>)
UNARY(f32_neg, Bits, a ^ sign_bit<Float>)
BINARY(f32_copysign, Bits, (a & ~sign_bit<Float>) | (b & sign_bit<Float>))

UNARY(f32_ceil, Float, settled(std::ceil(a), machine))
UNARY(f32_floor, Float, settled(std::floor(a), machine))
UNARY(f32_trunc, Float, settled(std::trunc(a), machine))
UNARY(f32_nearest, Float, settled(std::nearbyint(a), machine)) // ties to even, as the mode is
UNARY(f32_sqrt, Float, settled(std::sqrt(a), machine))
BINARY(f32_add, Float, settled(a + b, machine))
BINARY(f32_sub, Float, settled(a - b, machine))
BINARY(f32_mul, Float, settled(a* b, machine))
BINARY(f32_div, Float, settled(a / b, machine))
BINARY(f32_min, Float,
    fault(Fault::MinOfZeros, is_constant<Second>&& bits_of(b) == 0 && bits_of(a) == sign_bit<Float>)
        ? b
        : settled(float_min(a, b), machine))
BINARY(f32_max, Float, settled(float_max(a, b), machine))

constexpr auto rows = std::to_array<OpHandlers>({
    UNARY_ROW(F32Abs, f32_abs),
    UNARY_ROW(F32Neg, f32_neg),
    UNARY_ROW(F32Ceil, f32_ceil),
    UNARY_ROW(F32Floor, f32_floor),
    UNARY_ROW(F32Trunc, f32_trunc),
    UNARY_ROW(F32Nearest, f32_nearest),
    UNARY_ROW(F32Sqrt, f32_sqrt),
    BINARY_ROW(F32Eq, f32_eq),
    BINARY_ROW(F32Ne, f32_ne),
    BINARY_ROW(F32Lt, f32_lt),
    BINARY_ROW(F32Gt, f32_gt),
    BINARY_ROW(F32Le, f32_le),
    BINARY_ROW(F32Ge, f32_ge),
    BINARY_ROW(F32Add, f32_add),
    BINARY_ROW(F32Sub, f32_sub),
    BINARY_ROW(F32Mul, f32_mul),
    BINARY_ROW(F32Div, f32_div),
    BINARY_ROW(F32Min, f32_min),
    BINARY_ROW(F32Max, f32_max),
    BINARY_ROW(F32Copysign, f32_copysign),
});

} // namespace

std::span<OpHandlers const> f32_handlers()
{
    return rows;
}

} // namespace touchstone::fast
