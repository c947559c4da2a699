// Integer instructions of i32 (exec/numerics.html#integer-operations).

#include "engine/fast/define.hpp"
#include "engine/fast/handlers.hpp"
#include "engine/fast/numerics.hpp"

#include <array>
#include <limits>

namespace touchstone::fast {

namespace {

using Unsigned = std::uint32_t;
using Signed = std::int32_t;

UNARY(i32_eqz, Unsigned, a == 0)
BINARY(i32_eq, Unsigned, a == b)
BINARY(i32_ne, Unsigned, a != b)
BINARY(i32_lt_s, Signed, a < b)
BINARY(i32_lt_u, Unsigned, a < b)
BINARY(i32_gt_s, Signed, a > b)
BINARY(i32_gt_u, Unsigned, a > b)
BINARY(i32_le_s, Signed, a <= b)
BINARY(i32_le_u, Unsigned, a <= b)
BINARY(i32_ge_s, Signed, a >= b)
BINARY(i32_ge_u, Unsigned, a >= b)

UNARY(i32_clz, Unsigned, static_cast<Unsigned>(std::countl_zero(a)))
UNARY(i32_ctz, Unsigned, static_cast<Unsigned>(std::countr_zero(a)))
UNARY(i32_popcnt, Unsigned, static_cast<Unsigned>(std::popcount(a)))
BINARY(i32_add, Unsigned, a + b)
BINARY(i32_sub, Unsigned, a - b)
BINARY(i32_mul, Unsigned, a* b)
BINARY(i32_and, Unsigned, a& b)
BINARY(i32_or, Unsigned, a | b)
BINARY(i32_xor, Unsigned, a ^ b)
BINARY(i32_shl, Unsigned, a << shift_count(b))
BINARY(i32_shr_s, Unsigned, static_cast<Signed>(a) >> shift_count(b))
BINARY(i32_shr_u, Unsigned, a >> shift_count(b))
BINARY(i32_rotl, Unsigned, std::rotl(a, static_cast<int>(shift_count(b))))
BINARY(i32_rotr, Unsigned, std::rotr(a, static_cast<int>(shift_count(b))))
UNARY(i32_extend8_s, Unsigned, sign_extended<std::int8_t>(a))
UNARY(i32_extend16_s, Unsigned, sign_extended<std::int16_t>(a))

template <class Second>
HANDLER(i32_div_s)
{
    auto const a = first<Signed>(pc, fp);
    auto const b = Second::template second<Signed>(pc, fp);
    if (b == 0) [[unlikely]]
        TRAP(IntegerDivideByZero);
    if (b == -1 && a == std::numeric_limits<Signed>::min()) [[unlikely]]
        TRAP(IntegerOverflow); // idiv would raise SIGFPE here
    if (fault(Fault::DivSPowerOfTwo, is_constant<Second> && b > 1 &&
                                         std::has_single_bit(static_cast<Unsigned>(b)) && a < 0 &&
                                         a % b != 0)) {
        set_result(pc, fp, a >> std::countr_zero(static_cast<Unsigned>(b)));
        NEXT(3);
    }
    set_result(pc, fp, a / b);
    NEXT(3);
}

template <class Second>
HANDLER(i32_div_u)
{
    auto const a = first<Unsigned>(pc, fp);
    auto const b = Second::template second<Unsigned>(pc, fp);
    if (b == 0) [[unlikely]]
        TRAP(IntegerDivideByZero);
    set_result(pc, fp, a / b);
    NEXT(3);
}

template <class Second>
HANDLER(i32_rem_s)
{
    auto const a = first<Signed>(pc, fp);
    auto const b = Second::template second<Signed>(pc, fp);
    if (b == 0) [[unlikely]]
        TRAP(IntegerDivideByZero);
    if (fault(Fault::RemSOverflows,
            is_constant<Second> && b == -1 && a == std::numeric_limits<Signed>::min()))
        TRAP(IntegerOverflow);
    set_result(pc, fp, b == -1 ? Signed{0} : a % b); // the minimum % -1 would raise SIGFPE
    NEXT(3);
}

template <class Second>
HANDLER(i32_rem_u)
{
    auto const a = first<Unsigned>(pc, fp);
    auto const b = Second::template second<Unsigned>(pc, fp);
    if (b == 0) [[unlikely]]
        TRAP(IntegerDivideByZero);
    set_result(pc, fp, a % b);
    NEXT(3);
}

constexpr auto rows = std::to_array<OpHandlers>({
    UNARY_ROW(I32Eqz, i32_eqz),
    UNARY_ROW(I32Clz, i32_clz),
    UNARY_ROW(I32Ctz, i32_ctz),
    UNARY_ROW(I32Popcnt, i32_popcnt),
    UNARY_ROW(I32Extend8S, i32_extend8_s),
    UNARY_ROW(I32Extend16S, i32_extend16_s),
    BINARY_ROW(I32Eq, i32_eq),
    BINARY_ROW(I32Ne, i32_ne),
    BINARY_ROW(I32LtS, i32_lt_s),
    BINARY_ROW(I32LtU, i32_lt_u),
    BINARY_ROW(I32GtS, i32_gt_s),
    BINARY_ROW(I32GtU, i32_gt_u),
    BINARY_ROW(I32LeS, i32_le_s),
    BINARY_ROW(I32LeU, i32_le_u),
    BINARY_ROW(I32GeS, i32_ge_s),
    BINARY_ROW(I32GeU, i32_ge_u),
    BINARY_ROW(I32Add, i32_add),
    BINARY_ROW(I32Sub, i32_sub),
    BINARY_ROW(I32Mul, i32_mul),
    BINARY_ROW(I32DivS, i32_div_s),
    BINARY_ROW(I32DivU, i32_div_u),
    BINARY_ROW(I32RemS, i32_rem_s),
    BINARY_ROW(I32RemU, i32_rem_u),
    BINARY_ROW(I32And, i32_and),
    BINARY_ROW(I32Or, i32_or),
    BINARY_ROW(I32Xor, i32_xor),
    BINARY_ROW(I32Shl, i32_shl),
    BINARY_ROW(I32ShrS, i32_shr_s),
    BINARY_ROW(I32ShrU, i32_shr_u),
    BINARY_ROW(I32Rotl, i32_rotl),
    BINARY_ROW(I32Rotr, i32_rotr),
});

} // namespace

std::span<OpHandlers const> i32_handlers()
{
    return rows;
}

} // namespace touchstone::fast
