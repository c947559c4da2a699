#pragma once
// Modules that must be refused and that other engines are known to take: predicates on the bytes
// alone, each true of one reason only. Most undo the mistake and ask our own front end once more.

#include <cstdint>
#include <span>

namespace touchstone::laxities {

/// Function bodies that end with `end` and lack further ones, or constant expressions that lack
/// theirs where the section ends: with these the module is well-formed.
[[nodiscard]] bool lacks_ends(std::span<std::uint8_t const> bytes);

/// Where the result of a `select` with a type may be of any type, the module is valid.
[[nodiscard]] bool uses_select_as_any_type(std::span<std::uint8_t const> bytes);

/// A `select` says that it has results, and then none: without that the module is valid.
[[nodiscard]] bool has_select_of_nothing(std::span<std::uint8_t const> bytes);

/// What is wrong is an element expression of one instruction without immediates, and that is
/// neither `ref.null` nor `ref.func`.
[[nodiscard]] bool has_other_element_expression(std::span<std::uint8_t const> bytes);

/// A data segment of the kinds 3 to 7, which only element segments have.
[[nodiscard]] bool has_kind_of_element_segment(std::span<std::uint8_t const> bytes);

/// An offset beyond 32 bits into a memory of 32-bit addresses, where the first memory has 64-bit
/// ones.
[[nodiscard]] bool has_far_offset_into_other_memory(std::span<std::uint8_t const> bytes);

/// A value type in more bytes than the one that it is.
[[nodiscard]] bool has_long_type(std::span<std::uint8_t const> bytes);

/// It is valid with the proposals threads and legacy exceptions.
[[nodiscard]] bool needs_threads_or_legacy_exceptions(std::span<std::uint8_t const> bytes);

/// Where `ref.as_non_null` and `br_on_null` of unreachable code may give any type, the module is
/// valid.
[[nodiscard]] bool uses_unreachable_reference_as_any_type(std::span<std::uint8_t const> bytes);

/// Where `br_on_non_null` to a label without types is `ref.is_null` and `br_if`, the module is
/// valid.
[[nodiscard]] bool branches_on_non_null_to_nothing(std::span<std::uint8_t const> bytes);

/// Clauses of a `try_table` whose label is 2^32-1: without them the module is valid.
[[nodiscard]] bool catches_at_last_label(std::span<std::uint8_t const> bytes);

} // namespace touchstone::laxities
