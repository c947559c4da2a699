#pragma once
// Which instructions use a definition of the specification, by the instructions' text.

#include <span>
#include <string_view>

namespace touchstone::coverage {

struct DefinitionRow
{
    std::string_view name;         ///< in docs/spec/definitions.tsv
    std::string_view chapter;      ///< "numerics", "vectors", "relaxed" or "execution"
    std::string_view instructions; ///< patterns with spaces between: * is any text, ? one character
};

/// Those definitions that an instruction stands for.
[[nodiscard]] std::span<DefinitionRow const> definition_rows();

[[nodiscard]] bool matches(std::string_view pattern, std::string_view text);

/// Whether one of the row's patterns is this instruction's text.
[[nodiscard]] bool uses(std::string_view instruction, DefinitionRow const& row);

} // namespace touchstone::coverage
