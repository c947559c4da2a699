#pragma once
// The rules of execution by name, for counting which of them a run applied.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace touchstone::reference {

/// A rule of the specification; None: what is no rule of its own, as a constant is a value already.
enum class RuleName : std::uint16_t
{
    None,
#define RULE(enumerator, name) enumerator,
#include "engine/reference/rule_names.inc"
#undef RULE
};

/// As the specification names them, by enumerator.
inline constexpr auto rule_names = std::to_array<std::string_view>({
    "",
#define RULE(enumerator, name) name,
#include "engine/reference/rule_names.inc"
#undef RULE
});

inline constexpr std::size_t rule_count = rule_names.size();

[[nodiscard]] constexpr std::string_view name_of(RuleName rule)
{
    return rule_names[static_cast<std::size_t>(rule)];
}

} // namespace touchstone::reference
