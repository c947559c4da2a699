#pragma once
// How an instantiation or a call ended in one of our engines: values, a trap, an exception, or a
// limit.

#include "engine/embedding/value.hpp"
#include "engine/syntax/features.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone {

/// The kinds of trap that the specification's test scripts tell apart.
enum class Trap : std::uint8_t
{
    Unreachable,
    IntegerDivideByZero,
    IntegerOverflow,
    InvalidConversionToInteger,
    OutOfBoundsMemoryAccess,
    OutOfBoundsTableAccess,
    UndefinedElement,
    UninitializedElement,
    IndirectCallTypeMismatch,
    NullFunctionReference,
    NullReference,
    NullStructureReference,
    NullArrayReference,
    NullI31Reference,
    NullExceptionReference,
    OutOfBoundsArrayAccess,
    CastFailure,
    UnalignedAtomic,
    ExpectedSharedMemory,
};

/// The wording of the official test scripts, by `Trap`.
inline constexpr auto trap_messages = std::to_array<std::string_view>({
    "unreachable",
    "integer divide by zero",
    "integer overflow",
    "invalid conversion to integer",
    "out of bounds memory access",
    "out of bounds table access",
    "undefined element",
    "uninitialized element",
    "indirect call type mismatch",
    "null function reference",
    "null reference",
    "null structure reference",
    "null array reference",
    "null i31 reference",
    "null exception reference",
    "out of bounds array access",
    "cast failure",
    "unaligned atomic",
    "expected shared memory",
});

inline constexpr std::size_t trap_count = trap_messages.size();

[[nodiscard]] constexpr std::string_view message(Trap t)
{
    return trap_messages[static_cast<std::size_t>(t)];
}

/// What may run out (limits.hpp says how each is counted).
enum class Limit : std::uint8_t
{
    Frames,
    StackValues,
    Pages,
    Elements,
    Heap,
};

inline constexpr auto limit_names =
    std::to_array<std::string_view>({"frames", "stack values", "pages", "elements", "heap"});

[[nodiscard]] constexpr std::string_view name(Limit l)
{
    return limit_names[static_cast<std::size_t>(l)];
}

/// Where execution stood: which instance, function (index in the module) and byte offset.
struct Place
{
    std::uint32_t instance = 0;
    std::uint32_t function = 0;
    std::uint32_t offset = 0;
    friend constexpr bool operator==(Place, Place) = default;
};

/// How a call or an instantiation ended. Everything here is a value; engines never throw and never
/// let a signal escape.
struct Outcome
{
    enum class End : std::uint8_t
    {
        Returned,
        Trapped,
        Threw,
        OutOfFuel,
        Exhausted,
        Unlinkable,  ///< of an instantiation: an import is unknown or does not match
        Unsupported, ///< the engine lacks `feature`; nothing was executed
    };

    End end = End::Returned;
    std::vector<Value> values; ///< results if Returned, the exception's payload if Threw
    Trap trap{};               ///< if Trapped
    Limit limit{};             ///< if Exhausted
    Feature feature{};         ///< if Unsupported
    std::uint32_t tag = 0;     ///< if Threw: the address of the exception's tag
    Value exception =
        Value::null_ref();       ///< if Threw: itself, for a host function that lets it go on
    std::string message;         ///< if Unlinkable: the specification's wording, and which import
    std::optional<Place> place;  ///< of a trap or an exhausted limit, where the engine knows
    std::uint64_t fuel_used = 0; ///< by this call or instantiation
    bool nan_choice = false;     ///< another engine may have made other NaN bits here
    bool relaxed_choice = false; ///< another engine's relaxed operations may answer otherwise here
};

} // namespace touchstone
