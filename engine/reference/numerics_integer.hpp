#pragma once
// Integer operations (exec/numerics.html#integer-operations), each by its definition.
//
// An i<N> is an unsigned number below 2^N: the C++ type of N bits.

#include "engine/embedding/outcome.hpp"

#include <concepts>
#include <cstdint>
#include <expected>
#include <limits>
#include <type_traits>

namespace touchstone::reference {

template <class iN>
concept Integer = std::same_as<iN, std::uint8_t> || std::same_as<iN, std::uint16_t> ||
                  std::same_as<iN, std::uint32_t> || std::same_as<iN, std::uint64_t>;

/// What a partial operation answers: a number, or why there is none.
template <class T>
using Partial = std::expected<T, Trap>;

template <Integer iN>
inline constexpr unsigned N = std::numeric_limits<iN>::digits;

/// C++ would compute in int where iN is narrower; arithmetic modulo 2^64 is modulo 2^N too.
using Big = std::uint64_t;

/// signed_ — exec/numerics.html#aux-signed
///   signed_N(i) = i          if i < 2^(N-1)
///   signed_N(i) = i - 2^N    otherwise
template <Integer iN>
[[nodiscard]] constexpr std::make_signed_t<iN> signed_(iN i)
{
    return static_cast<std::make_signed_t<iN>>(i); // modulo 2^N since C++20
}

/// inv_signed_ — exec/numerics.html#aux-signed
///   signed_N^-1(i) = i  if 0 <= i,  i + 2^N  if i < 0
template <std::signed_integral sN>
[[nodiscard]] constexpr std::make_unsigned_t<sN> inv_signed_(sN i)
{
    return static_cast<std::make_unsigned_t<sN>>(i);
}

/// bool — exec/numerics.html#aux-tobool
[[nodiscard]] constexpr std::uint32_t bool_(bool b)
{
    return b ? 1 : 0;
}

/// iadd_ — exec/numerics.html#op-iadd
///   iadd_N(i1, i2) = (i1 + i2) mod 2^N
template <Integer iN>
[[nodiscard]] constexpr iN iadd(iN i1, iN i2)
{
    return static_cast<iN>(Big{i1} + Big{i2});
}

/// isub_ — exec/numerics.html#op-isub
///   isub_N(i1, i2) = (i1 - i2 + 2^N) mod 2^N
template <Integer iN>
[[nodiscard]] constexpr iN isub(iN i1, iN i2)
{
    return static_cast<iN>(Big{i1} - Big{i2});
}

/// imul_ — exec/numerics.html#op-imul
///   imul_N(i1, i2) = (i1 * i2) mod 2^N
template <Integer iN>
[[nodiscard]] constexpr iN imul(iN i1, iN i2)
{
    return static_cast<iN>(Big{i1} * Big{i2});
}

/// idiv_ — exec/numerics.html#op-idiv
///   idiv_u_N(i1, 0)  = {}
///   idiv_u_N(i1, i2) = truncz(i1 / i2)
template <Integer iN>
[[nodiscard]] constexpr Partial<iN> idiv_u(iN i1, iN i2)
{
    if (i2 == 0)
        return std::unexpected{Trap::IntegerDivideByZero};
    return static_cast<iN>(i1 / i2); // C++'s `/` is truncz
}

/// idiv_ — exec/numerics.html#op-idiv
///   idiv_s_N(i1, 0)  = {}
///   idiv_s_N(i1, i2) = {}                                  if signed(i1) / signed(i2) = 2^(N-1)
///   idiv_s_N(i1, i2) = signed^-1(truncz(signed(i1) / signed(i2)))
template <Integer iN>
[[nodiscard]] constexpr Partial<iN> idiv_s(iN i1, iN i2)
{
    auto const j1 = signed_(i1);
    auto const j2 = signed_(i2);
    if (j2 == 0)
        return std::unexpected{Trap::IntegerDivideByZero};
    if (j1 == std::numeric_limits<decltype(j1)>::min() && j2 == -1)
        return std::unexpected{Trap::IntegerOverflow};
    return static_cast<iN>(j1 / j2);
}

/// irem_ — exec/numerics.html#op-irem
///   irem_u_N(i1, 0)  = {}
///   irem_u_N(i1, i2) = i1 - i2 * truncz(i1 / i2)
template <Integer iN>
[[nodiscard]] constexpr Partial<iN> irem_u(iN i1, iN i2)
{
    if (i2 == 0)
        return std::unexpected{Trap::IntegerDivideByZero};
    return isub(i1, imul(i2, static_cast<iN>(i1 / i2)));
}

/// irem_ — exec/numerics.html#op-irem
///   irem_s_N(i1, 0)  = {}
///   irem_s_N(i1, i2) = signed^-1(j1 - j2 * truncz(j1 / j2))   where j1, j2 = signed(i1),
///   signed(i2)
template <Integer iN>
[[nodiscard]] constexpr Partial<iN> irem_s(iN i1, iN i2)
{
    if (i2 == 0)
        return std::unexpected{Trap::IntegerDivideByZero};
    if (signed_(i2) == -1)
        return iN{0}; // j1 / j2 is exact, and may lie outside of C++'s type
    return isub(i1, imul(i2, static_cast<iN>(signed_(i1) / signed_(i2))));
}

/// iand_, ior_, ixor_ — exec/numerics.html#op-iand, #op-ior, #op-ixor: bit by bit
template <Integer iN>
[[nodiscard]] constexpr iN iand(iN i1, iN i2)
{
    return static_cast<iN>(i1 & i2);
}
template <Integer iN>
[[nodiscard]] constexpr iN ior(iN i1, iN i2)
{
    return static_cast<iN>(i1 | i2);
}
template <Integer iN>
[[nodiscard]] constexpr iN ixor(iN i1, iN i2)
{
    return static_cast<iN>(i1 ^ i2);
}

/// ishl_ — exec/numerics.html#op-ishl
///   i1 shifted left by k = i2 mod N bits, modulo 2^N
template <Integer iN>
[[nodiscard]] constexpr iN ishl(iN i1, iN i2)
{
    return static_cast<iN>(Big{i1} << (i2 % N<iN>));
}

/// ishr_ — exec/numerics.html#op-ishr
///   i1 shifted right by k = i2 mod N bits, extended with zeros
template <Integer iN>
[[nodiscard]] constexpr iN ishr_u(iN i1, iN i2)
{
    return static_cast<iN>(i1 >> (i2 % N<iN>));
}

/// ishr_ — exec/numerics.html#op-ishr
///   i1 shifted right by k = i2 mod N bits, extended with the most significant bit of i1
template <Integer iN>
[[nodiscard]] constexpr iN ishr_s(iN i1, iN i2)
{
    return static_cast<iN>(signed_(i1) >> (i2 % N<iN>)); // arithmetic since C++20
}

/// irotl_ — exec/numerics.html#op-irotl
template <Integer iN>
[[nodiscard]] constexpr iN irotl(iN i1, iN i2)
{
    auto const k = static_cast<unsigned>(i2 % N<iN>);
    return k == 0 ? i1 : static_cast<iN>(Big{i1} << k | Big{i1} >> (N<iN> - k));
}

/// irotr_ — exec/numerics.html#op-irotr
template <Integer iN>
[[nodiscard]] constexpr iN irotr(iN i1, iN i2)
{
    auto const k = static_cast<unsigned>(i2 % N<iN>);
    return k == 0 ? i1 : static_cast<iN>(Big{i1} >> k | Big{i1} << (N<iN> - k));
}

/// iclz_ — exec/numerics.html#op-iclz
///   the count of leading zero bits; N if all are
template <Integer iN>
[[nodiscard]] constexpr iN iclz(iN i)
{
    unsigned k = 0;
    while (k < N<iN> && (i >> (N<iN> - 1 - k) & 1) == 0)
        ++k;
    return static_cast<iN>(k);
}

/// ictz_ — exec/numerics.html#op-ictz
///   the count of trailing zero bits; N if all are
template <Integer iN>
[[nodiscard]] constexpr iN ictz(iN i)
{
    unsigned k = 0;
    while (k < N<iN> && (i >> k & 1) == 0)
        ++k;
    return static_cast<iN>(k);
}

/// ipopcnt_ — exec/numerics.html#op-ipopcnt
///   the count of non-zero bits
template <Integer iN>
[[nodiscard]] constexpr iN ipopcnt(iN i)
{
    unsigned k = 0;
    for (unsigned bit = 0; bit < N<iN>; ++bit)
        k += static_cast<unsigned>(i >> bit & 1);
    return static_cast<iN>(k);
}

/// ieqz_ — exec/numerics.html#op-ieqz
template <Integer iN>
[[nodiscard]] constexpr std::uint32_t ieqz(iN i)
{
    return bool_(i == 0);
}

/// ieq_, ine_ — exec/numerics.html#op-ieq, #op-ine
template <Integer iN>
[[nodiscard]] constexpr std::uint32_t ieq(iN i1, iN i2)
{
    return bool_(i1 == i2);
}
template <Integer iN>
[[nodiscard]] constexpr std::uint32_t ine(iN i1, iN i2)
{
    return bool_(i1 != i2);
}

/// ilt_, igt_, ile_, ige_ — exec/numerics.html#op-ilt, #op-igt, #op-ile, #op-ige
///   the order of i1 and i2 where unsigned, of signed(i1) and signed(i2) where signed
template <Integer iN>
[[nodiscard]] constexpr std::uint32_t ilt_u(iN i1, iN i2)
{
    return bool_(i1 < i2);
}
template <Integer iN>
[[nodiscard]] constexpr std::uint32_t ilt_s(iN i1, iN i2)
{
    return bool_(signed_(i1) < signed_(i2));
}
template <Integer iN>
[[nodiscard]] constexpr std::uint32_t igt_u(iN i1, iN i2)
{
    return bool_(i1 > i2);
}
template <Integer iN>
[[nodiscard]] constexpr std::uint32_t igt_s(iN i1, iN i2)
{
    return bool_(signed_(i1) > signed_(i2));
}
template <Integer iN>
[[nodiscard]] constexpr std::uint32_t ile_u(iN i1, iN i2)
{
    return bool_(i1 <= i2);
}
template <Integer iN>
[[nodiscard]] constexpr std::uint32_t ile_s(iN i1, iN i2)
{
    return bool_(signed_(i1) <= signed_(i2));
}
template <Integer iN>
[[nodiscard]] constexpr std::uint32_t ige_u(iN i1, iN i2)
{
    return bool_(i1 >= i2);
}
template <Integer iN>
[[nodiscard]] constexpr std::uint32_t ige_s(iN i1, iN i2)
{
    return bool_(signed_(i1) >= signed_(i2));
}

/// wrap__ — exec/numerics.html#op-wrap
///   wrap_M,N(i) = i mod 2^N
template <Integer iN, Integer iM>
[[nodiscard]] constexpr iN wrap(iM i)
{
    return static_cast<iN>(i);
}

/// extend__ — exec/numerics.html#op-extend
///   extend_u_M,N(i) = i
template <Integer iN, Integer iM>
[[nodiscard]] constexpr iN extend_u(iM i)
{
    return iN{i};
}

/// extend__ — exec/numerics.html#op-extend
///   extend_s_M,N(i) = signed_N^-1(signed_M(i))
template <Integer iN, Integer iM>
[[nodiscard]] constexpr iN extend_s(iM i)
{
    return inv_signed_(std::make_signed_t<iN>{signed_(i)});
}

/// iextend_ — exec/numerics.html#op-iextendn
///   iextend_M_s_N(i) = extend_s_M,N(wrap_N,M(i))
template <Integer iM, Integer iN>
[[nodiscard]] constexpr iN iextend_s(iN i)
{
    return extend_s<iN>(wrap<iM>(i));
}

} // namespace touchstone::reference
