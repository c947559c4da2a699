#pragma once
// Modules put together byte by byte.

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace touchstone {

using Bytes = std::vector<std::uint8_t>;

[[nodiscard]] inline Bytes operator+(Bytes a, Bytes const& b)
{
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

[[nodiscard]] inline Bytes text(std::string_view s)
{
    return {s.begin(), s.end()};
}

[[nodiscard]] inline Bytes leb(std::uint64_t n)
{
    Bytes b;
    for (; n >= 0x80; n >>= 7)
        b.push_back(static_cast<std::uint8_t>(n | 0x80));
    b.push_back(static_cast<std::uint8_t>(n));
    return b;
}

/// A length and what is so long.
[[nodiscard]] inline Bytes sized(Bytes const& contents)
{
    return leb(contents.size()) + contents;
}

[[nodiscard]] inline Bytes section(std::uint8_t id, Bytes const& contents)
{
    return Bytes{id} + sized(contents);
}

[[nodiscard]] inline Bytes wasm(Bytes const& sections)
{
    return Bytes{0, 'a', 's', 'm', 1, 0, 0, 0} + sections;
}

inline Bytes const one_type = section(1, {1, 0x60, 0, 0});
inline Bytes const one_function = one_type + section(3, {1, 0});

/// A module with one function, whose code is `body` without its final end.
[[nodiscard]] inline Bytes with_code(Bytes const& body)
{
    return wasm(one_function + section(10, Bytes{1} + sized(Bytes{0} + body + Bytes{0x0B})));
}

} // namespace touchstone
