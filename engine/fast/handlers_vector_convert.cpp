// Between shapes of lanes: wider, narrower, to integers and to floats (exec/numerics.html#op-vec).

#include "engine/fast/vectors.hpp"

#include <algorithm>
#include <limits>

namespace touchstone::fast {

namespace {

enum class Half : std::uint8_t
{
    Low,
    High,
};

/// Where the lanes of a half begin.
template <class Lane, Half half>
consteval std::size_t start()
{
    return half == Half::Low ? 0 : 8 / sizeof(Lane);
}

template <class From, class To, Half half>
HANDLER(extend)
{
    auto const a = first_vector<From>(pc, fp);
    Lanes<To> v;
    for (std::size_t k = 0; k < v.size(); ++k)
        v[k] = static_cast<To>(+a[start<From, half>() + k]); // as an int, if that is wider
    set_vector_result(pc, fp, v);
    NEXT(2);
}

/// Products of two lanes are exact in `To`.
template <class From, class To, Half half>
HANDLER(extmul)
{
    auto const a = first_vector<From>(pc, fp);
    auto const b = next_vector<From>(pc, fp, 2);
    Lanes<To> v;
    for (std::size_t k = 0; k < v.size(); ++k)
        v[k] = static_cast<To>(static_cast<To>(a[start<From, half>() + k]) *
                               static_cast<To>(b[start<From, half>() + k]));
    set_vector_result(pc, fp, v);
    NEXT(3);
}

template <class From, class To>
HANDLER(extadd_pairwise)
{
    auto const a = first_vector<From>(pc, fp);
    Lanes<To> v;
    for (std::size_t k = 0; k < v.size(); ++k)
        v[k] = static_cast<To>(a[2 * k] + a[2 * k + 1]);
    set_vector_result(pc, fp, v);
    NEXT(2);
}

/// The lanes of both operands, as the nearest that `To` holds.
template <class From, class To>
HANDLER(narrow)
{
    constexpr auto nearest = [](From lane) {
        return static_cast<To>(
            std::clamp<i64>(lane, std::numeric_limits<To>::min(), std::numeric_limits<To>::max()));
    };
    auto const a = first_vector<From>(pc, fp);
    auto const b = next_vector<From>(pc, fp, 2);
    Lanes<To> v;
    for (std::size_t k = 0; k < a.size(); ++k) {
        v[k] = nearest(a[k]);
        v[a.size() + k] = nearest(b[k]);
    }
    set_vector_result(pc, fp, v);
    NEXT(3);
}

/// trunc_sat; of two lanes, the upper two of the result are zero.
template <class Float, class Int>
HANDLER(truncate)
{
    auto const a = first_vector<Float>(pc, fp);
    Lanes<Int> v{};
    for (std::size_t k = 0; k < a.size(); ++k)
        v[k] = truncate_saturating<Int>(a[k]);
    set_vector_result(pc, fp, v);
    NEXT(2);
}

/// As many lanes as the result has.
template <class Int, class Float>
HANDLER(convert)
{
    auto const a = first_vector<Int>(pc, fp);
    Lanes<Float> v;
    for (std::size_t k = 0; k < v.size(); ++k)
        v[k] = static_cast<Float>(a[k]);
    set_vector_result(pc, fp, v);
    NEXT(2);
}

#define ROW(op, ...) {Opcode::op, &__VA_ARGS__, nullptr}
#define WIDENING(to, from, s, u, wide_s, wide_u)                                                   \
    ROW(to##ExtendLow##from##S, extend<s, wide_s, Half::Low>),                                     \
        ROW(to##ExtendLow##from##U, extend<u, wide_u, Half::Low>),                                 \
        ROW(to##ExtendHigh##from##S, extend<s, wide_s, Half::High>),                               \
        ROW(to##ExtendHigh##from##U, extend<u, wide_u, Half::High>),                               \
        ROW(to##ExtmulLow##from##S, extmul<s, wide_s, Half::Low>),                                 \
        ROW(to##ExtmulLow##from##U, extmul<u, wide_u, Half::Low>),                                 \
        ROW(to##ExtmulHigh##from##S, extmul<s, wide_s, Half::High>),                               \
        ROW(to##ExtmulHigh##from##U, extmul<u, wide_u, Half::High>)

constexpr auto rows = std::to_array<OpHandlers>({
    WIDENING(I16x8, I8x16, i8, u8, i16, u16),
    WIDENING(I32x4, I16x8, i16, u16, i32, u32),
    WIDENING(I64x2, I32x4, i32, u32, i64, u64),
    ROW(I16x8ExtaddPairwiseI8x16S, extadd_pairwise<i8, i16>),
    ROW(I16x8ExtaddPairwiseI8x16U, extadd_pairwise<u8, u16>),
    ROW(I32x4ExtaddPairwiseI16x8S, extadd_pairwise<i16, i32>),
    ROW(I32x4ExtaddPairwiseI16x8U, extadd_pairwise<u16, u32>),
    ROW(I8x16NarrowI16x8S, narrow<i16, i8>),
    ROW(I8x16NarrowI16x8U, narrow<i16, u8>),
    ROW(I16x8NarrowI32x4S, narrow<i32, i16>),
    ROW(I16x8NarrowI32x4U, narrow<i32, u16>),
    ROW(I32x4TruncSatF32x4S, truncate<f32, i32>),
    ROW(I32x4TruncSatF32x4U, truncate<f32, u32>),
    ROW(I32x4TruncSatF64x2SZero, truncate<f64, i32>),
    ROW(I32x4TruncSatF64x2UZero, truncate<f64, u32>),
    ROW(I32x4RelaxedTruncF32x4S, truncate<f32, i32>),
    ROW(I32x4RelaxedTruncF32x4U, truncate<f32, u32>),
    ROW(I32x4RelaxedTruncF64x2SZero, truncate<f64, i32>),
    ROW(I32x4RelaxedTruncF64x2UZero, truncate<f64, u32>),
    ROW(F32x4ConvertI32x4S, convert<i32, f32>),
    ROW(F32x4ConvertI32x4U, convert<u32, f32>),
    ROW(F64x2ConvertLowI32x4S, convert<i32, f64>),
    ROW(F64x2ConvertLowI32x4U, convert<u32, f64>),
});

} // namespace

std::span<OpHandlers const> vector_convert_handlers()
{
    return rows;
}

} // namespace touchstone::fast
