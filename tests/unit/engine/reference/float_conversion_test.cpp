// Conversions between integers and floats against MPFR.

#include "engine/reference/numerics_convert.hpp"
#include "tests/unit/engine/reference/mpfr_float.hpp"
#include "tests/unit/engine/reference/operands.hpp"

#include <gtest/gtest.h>

namespace touchstone::tests {
namespace {

using namespace reference;

std::uint64_t random_operands()
{
    return test_cases(150'000);
}

template <class F>
class FloatConversion : public testing::Test
{};
using Formats = testing::Types<F32, F64>;
TYPED_TEST_SUITE(FloatConversion, Formats);

template <Integer iN>
std::vector<iN> boundary_integers()
{
    std::vector<iN> all;
    for (unsigned shift = 0; shift < N<iN>; ++shift)
        for (iN const low : {iN{0}, iN{1}, static_cast<iN>(-1)}) {
            all.push_back(static_cast<iN>((iN{1} << shift) + low));
            all.push_back(static_cast<iN>(-(iN{1} << shift) + low));
            // a tie in either format, one less and one more
            for (unsigned const width : {24U, 53U})
                if (shift > width)
                    all.push_back(
                        static_cast<iN>((iN{1} << shift) + (iN{1} << (shift - width)) + low));
        }
    return all;
}

template <Float F, Integer iN>
void check_convert(iN i)
{
    MpfrFloat<F> u;
    auto const wanted_u = u.rounded(mpfr_set_ui(u.get(), i, MPFR_RNDN));
    MpfrFloat<F> s;
    auto const wanted_s = s.rounded(mpfr_set_si(s.get(), signed_(i), MPFR_RNDN));
    if (convert_u<F>(i) != wanted_u || convert_s<F>(i) != wanted_s)
        ADD_FAILURE() << std::hex << "converting 0x" << std::uint64_t{i} << " gives 0x"
                      << convert_u<F>(i).bits << " and 0x" << convert_s<F>(i).bits
                      << ", should be 0x" << wanted_u.bits << " and 0x" << wanted_s.bits;
}

TYPED_TEST(FloatConversion, FromIntegers)
{
    for (auto const i : boundary_integers<std::uint32_t>())
        check_convert<TypeParam>(i);
    for (auto const i : boundary_integers<std::uint64_t>())
        check_convert<TypeParam>(i);
    RandomFloats<TypeParam> random{test_seed()};
    for (auto k = random_operands(); k > 0; --k) {
        check_convert<TypeParam>(random.bits());
        check_convert<TypeParam>(static_cast<std::uint32_t>(random.bits()));
    }
}

/// What the definitions of trunc_ and trunc_sat_ say, with truncz(z) from MPFR.
template <Integer iN, bool is_signed, Float F>
void check_trunc(F z)
{
    Partial<iN> wanted = std::unexpected{Trap::IntegerOverflow};
    iN saturated = 0;
    if (z.is_nan()) {
        wanted = std::unexpected{Trap::InvalidConversionToInteger};
    } else {
        // wide enough for every boundary, in MPFR's widest range
        mpfr_set_emin(mpfr_get_emin_min());
        mpfr_set_emax(mpfr_get_emax_max());
        MpfrFloat<F> const value{z};
        mpfr_set_emin(mpfr_get_emin_min());
        mpfr_set_emax(mpfr_get_emax_max());
        mpfr_t whole;
        mpfr_init2(whole, 80);
        mpfr_rint_trunc(whole, value.get(), MPFR_RNDZ);
        constexpr auto bits = static_cast<int>(N<iN>);
        bool const too_low =
            is_signed ? mpfr_cmp_si_2exp(whole, -1, bits - 1) < 0 : mpfr_sgn(whole) < 0;
        bool const too_high = mpfr_cmp_si_2exp(whole, 1, is_signed ? bits - 1 : bits) >= 0;
        auto const half = iN{1} << (bits - 1);
        if (too_low) {
            saturated = is_signed ? half : 0;
        } else if (too_high) {
            saturated = is_signed ? static_cast<iN>(half - 1) : static_cast<iN>(-1);
        } else {
            saturated = is_signed ? static_cast<iN>(mpfr_get_si(whole, MPFR_RNDZ))
                                  : static_cast<iN>(mpfr_get_ui(whole, MPFR_RNDZ));
            wanted = saturated;
        }
        mpfr_clear(whole);
    }
    auto const got = is_signed ? trunc_s<iN>(z) : trunc_u<iN>(z);
    auto const got_saturated = is_signed ? trunc_sat_s<iN>(z) : trunc_sat_u<iN>(z);
    if (got != wanted || got_saturated != saturated)
        ADD_FAILURE() << std::hex << "truncating 0x" << z.bits << " to "
                      << (is_signed ? "signed " : "unsigned ") << std::dec << N<iN> << " bits";
}

TYPED_TEST(FloatConversion, ToIntegers)
{
    auto const check = [](TypeParam z) {
        check_trunc<std::uint32_t, true>(z);
        check_trunc<std::uint32_t, false>(z);
        check_trunc<std::uint64_t, true>(z);
        check_trunc<std::uint64_t, false>(z);
    };
    for (auto const z : boundary_floats<TypeParam>())
        check(z);
    RandomFloats<TypeParam> random{test_seed()};
    for (auto k = random_operands(); k > 0; --k)
        check(random.any());
}

TEST(FloatDemotion, RoundsOnce)
{
    auto const check = [](F64 z) {
        MpfrFloat<F64> const value{z};
        MpfrFloat<F32> result;
        auto const wanted = result.rounded(mpfr_set(result.get(), value.get(), MPFR_RNDN));
        if (demote(z) != wanted)
            ADD_FAILURE() << std::hex << "demoting 0x" << z.bits << " gives 0x" << demote(z).bits
                          << ", should be 0x" << wanted.bits;
    };
    for (auto const z : boundary_floats<F64>())
        check(z);
    // every f32 boundary, and what lies just beside it and half-way to its neighbour
    for (auto const f : boundary_floats<F32>()) {
        if (f.is_nan())
            continue;
        auto const exact = promote(f).bits;
        constexpr auto half = std::uint64_t{1} << (F64::M - F32::M - 1);
        for (auto const d : {std::uint64_t{0}, std::uint64_t{1}, half - 1, half, half + 1}) {
            check({exact + d});
            check({exact - d});
        }
    }
    RandomFloats<F64> random{test_seed()};
    RandomFloats<F32> singles{test_seed()};
    for (auto k = random_operands(); k > 0; --k) {
        check(random.any());
        check({promote(singles.any()).bits + (random.bits() & 0x3FFF'FFFF)});
    }
}

TEST(FloatPromotion, IsExact)
{
    auto const check = [](F32 z) {
        MpfrFloat<F32> const value{z};
        MpfrFloat<F64> result;
        auto const wanted = result.rounded(mpfr_set(result.get(), value.get(), MPFR_RNDN));
        if (promote(z) != wanted)
            ADD_FAILURE() << std::hex << "promoting 0x" << z.bits;
    };
    for (auto const z : boundary_floats<F32>())
        check(z);
    RandomFloats<F32> random{test_seed()};
    for (auto k = random_operands(); k > 0; --k)
        check(random.any());
}

} // namespace
} // namespace touchstone::tests
