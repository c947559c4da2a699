#pragma once
// A place in the bytes of a module, and the binary format's values read from there
// (binary/values.html). What cannot be read is thrown as `Refused`.

#include "engine/syntax/error.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace touchstone::binary {

class Cursor
{
public:
    explicit Cursor(std::span<std::uint8_t const> bytes)
        : begin_{bytes.data()}, at_{bytes.data()}, end_{bytes.data() + bytes.size()}
    {}

    [[nodiscard]] bool at_end() const { return at_ == end_; }
    [[nodiscard]] std::size_t offset() const { return static_cast<std::size_t>(at_ - begin_); }
    [[nodiscard]] std::size_t remaining() const { return static_cast<std::size_t>(end_ - at_); }

    [[noreturn]] void fail(std::size_t offset, std::string message) const;

    /// The next byte, without taking it.
    [[nodiscard]] std::uint8_t peek() const
    {
        if (at_ == end_) [[unlikely]]
            fail_at_end();
        return *at_;
    }

    std::uint8_t byte()
    {
        if (at_ == end_) [[unlikely]]
            fail_at_end();
        return *at_++;
    }

    std::span<std::uint8_t const> bytes(std::size_t n)
    {
        if (n > remaining()) [[unlikely]]
            fail_at_end();
        auto const* const from = at_;
        at_ += n;
        return {from, n};
    }

    std::uint32_t u32() { return static_cast<std::uint32_t>(unsigned_leb<32>()); }
    std::uint64_t u64() { return unsigned_leb<64>(); }
    std::int32_t s32() { return static_cast<std::int32_t>(signed_leb<32>()); }
    std::int64_t s33() { return signed_leb<33>(); }
    std::int64_t s64() { return signed_leb<64>(); }

    std::uint32_t word32() { return static_cast<std::uint32_t>(little_endian(4)); }
    std::uint64_t word64() { return little_endian(8); }

    /// A length or count: no more of anything than there are bytes left, itself included.
    std::uint32_t length()
    {
        auto const before = remaining();
        auto const where = offset();
        auto const n = u32();
        if (n > before) [[unlikely]]
            fail(where, "length out of bounds");
        return n;
    }

    /// vec(byte)
    std::span<std::uint8_t const> byte_vector() { return bytes(length()); }

    /// vec(byte) that is UTF-8
    std::string name();

    /// Makes room for `count` elements, but never for more memory than a few times what is left.
    template <class T>
    void reserve(std::vector<T>& v, std::size_t count) const
    {
        v.reserve(std::min(count, 4 * remaining() / sizeof(T)));
    }

private:
    [[noreturn]] void fail_at_end() const;

    template <unsigned N>
    std::uint64_t unsigned_leb()
    {
        if (at_ != end_ && *at_ < 0x80) [[likely]]
            return *at_++;
        return long_unsigned(N);
    }

    template <unsigned N>
    std::int64_t signed_leb()
    {
        if (at_ != end_ && *at_ < 0x80) [[likely]] {
            auto const b = *at_++;
            return (b & 0x40) != 0 ? static_cast<std::int64_t>(b) - 0x80 : b;
        }
        return long_signed(N);
    }

    std::uint64_t long_unsigned(unsigned bits);
    std::int64_t long_signed(unsigned bits);

    std::uint64_t little_endian(std::size_t n)
    {
        std::uint64_t word = 0;
        auto const from = bytes(n);
        for (std::size_t i = 0; i < n; ++i)
            word |= std::uint64_t{from[i]} << 8 * i;
        return word;
    }

    std::uint8_t const* begin_;
    std::uint8_t const* at_;
    std::uint8_t const* end_;
};

} // namespace touchstone::binary
