// Integer instructions of i64 (exec/numerics.html#integer-operations).

#include "engine/fast/define.hpp"
#include "engine/fast/handlers.hpp"
#include "engine/fast/numerics.hpp"

#include <array>
#include <limits>

namespace touchstone::fast {

namespace {

using Unsigned = std::uint64_t;
using Signed = std::int64_t;

UNARY(i64_eqz, Unsigned, a == 0)
BINARY(i64_eq, Unsigned, a == b)
BINARY(i64_ne, Unsigned, a != b)
BINARY(i64_lt_s, Signed, a < b)
BINARY(i64_lt_u, Unsigned, a < b)
BINARY(i64_gt_s, Signed, a > b)
BINARY(i64_gt_u, Unsigned, a > b)
BINARY(i64_le_s, Signed,
    !fault(Fault::LeSOverflow, is_constant<Second>&& b == std::numeric_limits<Signed>::max()) &&
        a <= b)
BINARY(i64_le_u, Unsigned, a <= b)
BINARY(i64_ge_s, Signed, a >= b)
BINARY(i64_ge_u, Unsigned, a >= b)

UNARY(i64_clz, Unsigned, static_cast<Unsigned>(std::countl_zero(a)))
UNARY(i64_ctz, Unsigned,
    fault(Fault::CtzHighWord, std::countr_zero(a) == 32)
        ? 0
        : static_cast<Unsigned>(std::countr_zero(a)))
UNARY(i64_popcnt, Unsigned, static_cast<Unsigned>(std::popcount(a)))
BINARY(i64_add, Unsigned, a + b)
BINARY(i64_sub, Unsigned, a - b)
BINARY(i64_mul, Unsigned, a* b)
BINARY(i64_and, Unsigned, a& b)
BINARY(i64_or, Unsigned, a | b)
BINARY(i64_xor, Unsigned, a ^ b)
BINARY(i64_shl, Unsigned,
    fault(Fault::ShlByWidth, is_constant<Second>&& b == 64) ? 0 : a << shift_count(b))
BINARY(i64_shr_s, Unsigned, static_cast<Signed>(a) >> shift_count(b))
BINARY(i64_shr_u, Unsigned, a >> shift_count(b))
BINARY(i64_rotl, Unsigned, std::rotl(a, static_cast<int>(shift_count(b))))
BINARY(i64_rotr, Unsigned, std::rotr(a, static_cast<int>(shift_count(b))))
UNARY(i64_extend8_s, Unsigned, sign_extended<std::int8_t>(a))
UNARY(i64_extend16_s, Unsigned, sign_extended<std::int16_t>(a))
UNARY(i64_extend32_s, Unsigned, sign_extended<std::int32_t>(a))

template <class Second>
HANDLER(i64_div_s)
{
    auto const a = first<Signed>(pc, fp);
    auto const b = Second::template second<Signed>(pc, fp);
    if (fault(Fault::DivSNegates,
            is_constant<Second> && b == -1 && a == std::numeric_limits<Signed>::min())) {
        set_result(pc, fp, a);
        NEXT(3);
    }
    if (b == 0) [[unlikely]]
        TRAP(IntegerDivideByZero);
    if (b == -1 && a == std::numeric_limits<Signed>::min()) [[unlikely]]
        TRAP(IntegerOverflow); // idiv would raise SIGFPE here
    set_result(pc, fp, a / b);
    NEXT(3);
}

template <class Second>
HANDLER(i64_div_u)
{
    auto const a = first<Unsigned>(pc, fp);
    auto const b = Second::template second<Unsigned>(pc, fp);
    if (b == 0) [[unlikely]]
        TRAP(IntegerDivideByZero);
    set_result(pc, fp, a / b);
    NEXT(3);
}

template <class Second>
HANDLER(i64_rem_s)
{
    auto const a = first<Signed>(pc, fp);
    auto const b = Second::template second<Signed>(pc, fp);
    if (b == 0) [[unlikely]]
        TRAP(IntegerDivideByZero);
    set_result(pc, fp, b == -1 ? Signed{0} : a % b); // the minimum % -1 would raise SIGFPE
    NEXT(3);
}

template <class Second>
HANDLER(i64_rem_u)
{
    auto const a = first<Unsigned>(pc, fp);
    auto const b = Second::template second<Unsigned>(pc, fp);
    if (b == 0) [[unlikely]]
        TRAP(IntegerDivideByZero);
    set_result(pc, fp, a % b);
    NEXT(3);
}

constexpr auto rows = std::to_array<OpHandlers>({
    UNARY_ROW(I64Eqz, i64_eqz),
    UNARY_ROW(I64Clz, i64_clz),
    UNARY_ROW(I64Ctz, i64_ctz),
    UNARY_ROW(I64Popcnt, i64_popcnt),
    UNARY_ROW(I64Extend8S, i64_extend8_s),
    UNARY_ROW(I64Extend16S, i64_extend16_s),
    UNARY_ROW(I64Extend32S, i64_extend32_s),
    BINARY_ROW(I64Eq, i64_eq),
    BINARY_ROW(I64Ne, i64_ne),
    BINARY_ROW(I64LtS, i64_lt_s),
    BINARY_ROW(I64LtU, i64_lt_u),
    BINARY_ROW(I64GtS, i64_gt_s),
    BINARY_ROW(I64GtU, i64_gt_u),
    BINARY_ROW(I64LeS, i64_le_s),
    BINARY_ROW(I64LeU, i64_le_u),
    BINARY_ROW(I64GeS, i64_ge_s),
    BINARY_ROW(I64GeU, i64_ge_u),
    BINARY_ROW(I64Add, i64_add),
    BINARY_ROW(I64Sub, i64_sub),
    BINARY_ROW(I64Mul, i64_mul),
    BINARY_ROW(I64DivS, i64_div_s),
    BINARY_ROW(I64DivU, i64_div_u),
    BINARY_ROW(I64RemS, i64_rem_s),
    BINARY_ROW(I64RemU, i64_rem_u),
    BINARY_ROW(I64And, i64_and),
    BINARY_ROW(I64Or, i64_or),
    BINARY_ROW(I64Xor, i64_xor),
    BINARY_ROW(I64Shl, i64_shl),
    BINARY_ROW(I64ShrS, i64_shr_s),
    BINARY_ROW(I64ShrU, i64_shr_u),
    BINARY_ROW(I64Rotl, i64_rotl),
    BINARY_ROW(I64Rotr, i64_rotr),
});

} // namespace

std::span<OpHandlers const> i64_handlers()
{
    return rows;
}

} // namespace touchstone::fast
