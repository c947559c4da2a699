// Conversions between number types (exec/numerics.html#conversions).

#include "engine/fast/define.hpp"
#include "engine/fast/handlers.hpp"
#include "engine/fast/numerics.hpp"

#include <array>

namespace touchstone::fast {

namespace {

/// trunc: traps on NaN and out of range, and says which.
template <class Int, class Float>
HANDLER(truncate)
{
    auto const a = first<Float>(pc, fp);
    if (!truncates_into<Int>(a)) [[unlikely]] {
        if (a != a)
            TRAP(InvalidConversionToInteger);
        TRAP(IntegerOverflow);
    }
    set_result(pc, fp, static_cast<Int>(a));
    NEXT(2);
}

template <class Int, class Float>
UNARY(truncate_sat, Float, truncate_saturating<Int>(a))

template <class Float, class Int>
UNARY(convert, Int, static_cast<Float>(a))

UNARY(f32_convert_i64_u, std::uint64_t,
    fault(Fault::ConvertThroughDouble,
        static_cast<float>(static_cast<double>(a)) != static_cast<float>(a))
        ? static_cast<float>(static_cast<double>(a))
        : static_cast<float>(a))

    /// demote and promote: a NaN becomes the canonical one.
    template <class To, class From>
    HANDLER(resize)
{
    auto const a = first<From>(pc, fp);
    if (a != a) [[unlikely]] {
        machine->nan_choice = true;
        set_result(pc, fp, canonical_nan<To>);
    } else {
        set_result(pc, fp, static_cast<To>(a));
    }
    NEXT(2);
}

UNARY(wrap, std::uint64_t, static_cast<std::uint32_t>(a))
UNARY(extend_signed, std::int32_t, static_cast<std::int64_t>(a))
UNARY(same_bits, std::uint64_t, a) // reinterpretations; an i32 is zero-extended in its slot

constexpr auto rows = std::to_array<OpHandlers>({
    UNARY_ROW(I32WrapI64, wrap),
    UNARY_ROW(I64ExtendI32S, extend_signed),
    UNARY_ROW(I64ExtendI32U, same_bits),
    UNARY_ROW(I32ReinterpretF32, same_bits),
    UNARY_ROW(I64ReinterpretF64, same_bits),
    UNARY_ROW(F32ReinterpretI32, same_bits),
    UNARY_ROW(F64ReinterpretI64, same_bits),
    {Opcode::F32DemoteF64, &resize<float, double>},
    {Opcode::F64PromoteF32, &resize<double, float>},
    {Opcode::I32TruncF32S, &truncate<std::int32_t, float>},
    {Opcode::I32TruncF32U, &truncate<std::uint32_t, float>},
    {Opcode::I32TruncF64S, &truncate<std::int32_t, double>},
    {Opcode::I32TruncF64U, &truncate<std::uint32_t, double>},
    {Opcode::I64TruncF32S, &truncate<std::int64_t, float>},
    {Opcode::I64TruncF32U, &truncate<std::uint64_t, float>},
    {Opcode::I64TruncF64S, &truncate<std::int64_t, double>},
    {Opcode::I64TruncF64U, &truncate<std::uint64_t, double>},
    {Opcode::I32TruncSatF32S, &truncate_sat<std::int32_t, float>},
    {Opcode::I32TruncSatF32U, &truncate_sat<std::uint32_t, float>},
    {Opcode::I32TruncSatF64S, &truncate_sat<std::int32_t, double>},
    {Opcode::I32TruncSatF64U, &truncate_sat<std::uint32_t, double>},
    {Opcode::I64TruncSatF32S, &truncate_sat<std::int64_t, float>},
    {Opcode::I64TruncSatF32U, &truncate_sat<std::uint64_t, float>},
    {Opcode::I64TruncSatF64S, &truncate_sat<std::int64_t, double>},
    {Opcode::I64TruncSatF64U, &truncate_sat<std::uint64_t, double>},
    {Opcode::F32ConvertI32S, &convert<float, std::int32_t>},
    {Opcode::F32ConvertI32U, &convert<float, std::uint32_t>},
    {Opcode::F32ConvertI64S, &convert<float, std::int64_t>},
    UNARY_ROW(F32ConvertI64U, f32_convert_i64_u),
    {Opcode::F64ConvertI32S, &convert<double, std::int32_t>},
    {Opcode::F64ConvertI32U, &convert<double, std::uint32_t>},
    {Opcode::F64ConvertI64S, &convert<double, std::int64_t>},
    {Opcode::F64ConvertI64U, &convert<double, std::uint64_t>},
});

} // namespace

std::span<OpHandlers const> conversion_handlers()
{
    return rows;
}

} // namespace touchstone::fast
