#pragma once
// How a rule says that a premise does not hold; the place is added where it is known.

#include "engine/syntax/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace touchstone {

/// A premise that does not hold. Thrown by rules, turned into a `Refused` with its place by whoever
/// walks the code or the module's sections.
struct Violation
{
    std::string message;   ///< starts with the wording of the official test scripts
    std::string_view rule; ///< a literal; empty: that of the instruction or item at hand
    Error::Kind kind = Error::Kind::Invalid;
};

[[noreturn]] void violate(std::string message, std::string_view rule = {});

/// The module is more than can be told about here.
[[noreturn]] void violate_limit(std::string message);

/// "unknown memory 3"
[[noreturn]] void violate_unknown(std::string_view what, std::uint64_t index);

inline void require(bool premise, char const* message, std::string_view rule = {})
{
    if (!premise) [[unlikely]]
        violate(message, rule);
}

} // namespace touchstone
