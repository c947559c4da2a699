#pragma once
// MPFR as the judge of our floats: operands and results as bits of f32 or f64, one rounding to the
// nearest, ties to even, subnormal numbers and overflow as IEEE 754 has them.

#include "engine/reference/floats.hpp"

#include <mpfr.h>

namespace touchstone::tests {

/// A number in one of the two formats.
template <reference::Float F>
class MpfrFloat
{
public:
    MpfrFloat()
    {
        use_format();
        mpfr_init2(value_, F::M + 1);
    }
    explicit MpfrFloat(F z) : MpfrFloat{}
    {
        if constexpr (std::same_as<F, reference::F32>)
            mpfr_set_flt(value_, std::bit_cast<float>(z.bits), MPFR_RNDN);
        else
            mpfr_set_d(value_, std::bit_cast<double>(z.bits), MPFR_RNDN);
    }
    MpfrFloat(MpfrFloat const&) = delete;
    MpfrFloat& operator=(MpfrFloat const&) = delete;
    ~MpfrFloat() { mpfr_clear(value_); }

    [[nodiscard]] mpfr_ptr get() { return value_; }
    [[nodiscard]] mpfr_srcptr get() const { return value_; }

    /// The result of an operation that was stored here and answered `ternary`. A NaN is the
    /// deterministic profile's.
    [[nodiscard]] F rounded(int ternary)
    {
        use_format();
        mpfr_subnormalize(value_, mpfr_check_range(value_, ternary, MPFR_RNDN), MPFR_RNDN);
        if (mpfr_nan_p(value_) != 0)
            return F::canonical_nan();
        if constexpr (std::same_as<F, reference::F32>)
            return {std::bit_cast<std::uint32_t>(mpfr_get_flt(value_, MPFR_RNDN))};
        else
            return {std::bit_cast<std::uint64_t>(mpfr_get_d(value_, MPFR_RNDN))};
    }

    /// The exponent range of the format; MPFR's is 0.1... * 2^e.
    static void use_format()
    {
        mpfr_set_emin(F::lowest + 1);
        mpfr_set_emax(F::bias + 1);
    }

private:
    mpfr_t value_;
};

} // namespace touchstone::tests
