#pragma once
// A value as engines and their users exchange it: bits of a number or vector, or a reference.

#include "engine/syntax/types.hpp"

#include <bit>
#include <cstdint>

namespace touchstone {

/// What a reference refers to (exec/runtime.html#syntax-ref). `payload` is an address in the store
/// that made it, except for I31 (the 31 bits, zero-extended) and Host (the embedder's number).
enum class RefKind : std::uint8_t
{
    Null,
    Func,
    Host,
    I31,
    Struct,
    Array,
    Exn,
};

/// A value. Numbers keep their bits zero-extended in `lo`; a v128 is lo (bytes 0-7) and hi; a
/// reference is `ref`, its payload in `lo`, and whether `extern.convert_any` wrapped it.
struct Value
{
    ValType::Kind kind = ValType::Kind::I32;
    RefKind ref = RefKind::Null;
    bool is_extern = false; ///< of a non-null reference: it is an externalised one
    std::uint64_t lo = 0;
    std::uint64_t hi = 0;

    [[nodiscard]] static constexpr Value from_i32(std::uint32_t v)
    {
        return {.kind = ValType::Kind::I32, .lo = v};
    }
    [[nodiscard]] static constexpr Value from_i64(std::uint64_t v)
    {
        return {.kind = ValType::Kind::I64, .lo = v};
    }
    [[nodiscard]] static constexpr Value from_f32(float v)
    {
        return {.kind = ValType::Kind::F32, .lo = std::bit_cast<std::uint32_t>(v)};
    }
    [[nodiscard]] static constexpr Value from_f64(double v)
    {
        return {.kind = ValType::Kind::F64, .lo = std::bit_cast<std::uint64_t>(v)};
    }
    [[nodiscard]] static constexpr Value null_ref() { return {.kind = ValType::Kind::Ref}; }
    [[nodiscard]] static constexpr Value reference(
        RefKind r, std::uint64_t payload, bool is_extern = false)
    {
        return {.kind = ValType::Kind::Ref, .ref = r, .is_extern = is_extern, .lo = payload};
    }
    /// (ref.extern n) of the test scripts.
    [[nodiscard]] static constexpr Value host_extern(std::uint64_t n)
    {
        return reference(RefKind::Host, n, true);
    }
    [[nodiscard]] constexpr bool is_null() const
    {
        return kind == ValType::Kind::Ref && ref == RefKind::Null;
    }

    friend constexpr bool operator==(Value const&, Value const&) = default;
};

} // namespace touchstone
