#pragma once
// The sizes in the bytes of a module, whether or not it is well-formed: where sections and function
// bodies begin and end.

#include "engine/binary/sections.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace touchstone::laxities {

/// An unsigned LEB128 of at most five bytes.
struct Number
{
    std::uint64_t value = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
};

[[nodiscard]] std::optional<Number> number_at(std::span<std::uint8_t const> bytes, std::size_t at);

/// A size and what it counts, all of which is there.
struct Sized
{
    Number size;
    [[nodiscard]] std::size_t begin() const { return size.end; }
    [[nodiscard]] std::size_t end() const { return size.end + size.value; }
    [[nodiscard]] bool has(std::size_t offset) const { return offset >= begin() && offset < end(); }
};

[[nodiscard]] std::optional<Sized> find_section(
    std::span<std::uint8_t const> bytes, binary::Section wanted);

/// Of the code section, by the number of the function among those that are defined.
[[nodiscard]] std::optional<Sized> find_body(
    std::span<std::uint8_t const> bytes, Sized const& code, std::size_t wanted);

/// A place within the contents of a section, and within the body of a function if one is given.
struct Spot
{
    Sized section;
    std::optional<Sized> body;
    std::size_t at = 0;
};

/// The same with `put` instead of `drop` bytes at this place; the sizes around it follow.
[[nodiscard]] std::vector<std::uint8_t> edited(std::span<std::uint8_t const> bytes,
    Spot const& spot, std::size_t drop, std::span<std::uint8_t const> put);

} // namespace touchstone::laxities
