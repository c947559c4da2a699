#pragma once
// Texts that another engine is known to take or to refuse otherwise than we do: predicates on the
// text alone. Those on what must be refused undo the mistake and parse again.

#include <string_view>

namespace touchstone::laxities {

/// Annotations without an id: `(@ a)`.
[[nodiscard]] bool has_nameless_annotations(std::string_view text);

/// A segment that names its table or memory by an index alone: `(data 0 (offset ...`; elements may
/// lack their kind, too: `(elem declare 0 1)`.
[[nodiscard]] bool has_bare_index_of_segment(std::string_view text);

/// `memory.copy` or `table.copy` with one index.
[[nodiscard]] bool has_one_index_of_two(std::string_view text);

/// Control characters in strings.
[[nodiscard]] bool has_control_characters_in_strings(std::string_view text);

/// Indices of 33 bits or more.
[[nodiscard]] bool has_indices_beyond_32_bits(std::string_view text);

/// Integers with a plus that only an unsigned one could be as large as.
[[nodiscard]] bool has_large_integers_with_plus(std::string_view text);

/// Behind the type of an element list a parenthesis that begins neither an item nor an instruction.
[[nodiscard]] bool has_no_expression_in_elements(std::string_view text);

[[nodiscard]] bool has_annotation(std::string_view text);

/// `$"x"`
[[nodiscard]] bool has_quoted_id(std::string_view text);

/// A table that says its address type.
[[nodiscard]] bool has_table_with_address_type(std::string_view text);

/// `table.get`, `set`, `size`, `grow` or `fill` without the index, which is then 0.
[[nodiscard]] bool has_table_instruction_without_index(std::string_view text);

} // namespace touchstone::laxities
