#pragma once
// Where encoded bytes go, and the binary format's values written there in their shortest form.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace touchstone::binary {

class Sink
{
public:
    void byte(std::uint8_t b) { bytes_.push_back(b); }

    void bytes(std::span<std::uint8_t const> b) { bytes_.insert(bytes_.end(), b.begin(), b.end()); }

    void unsigned_leb(std::uint64_t v)
    {
        for (; v >= 0x80; v >>= 7)
            byte(static_cast<std::uint8_t>(v | 0x80));
        byte(static_cast<std::uint8_t>(v));
    }

    void signed_leb(std::int64_t v)
    {
        for (; v < -0x40 || v >= 0x40; v >>= 7)
            byte(static_cast<std::uint8_t>(v | 0x80));
        byte(static_cast<std::uint8_t>(v & 0x7F));
    }

    void word(std::uint64_t v, unsigned bytes)
    {
        for (unsigned i = 0; i < bytes; ++i)
            byte(static_cast<std::uint8_t>(v >> 8 * i));
    }

    void length(std::size_t n) { unsigned_leb(n); }

    void byte_vector(std::span<std::uint8_t const> b)
    {
        length(b.size());
        bytes(b);
    }

    void name(std::string_view text)
    {
        length(text.size());
        bytes_.insert(bytes_.end(), text.begin(), text.end());
    }

    void clear() { bytes_.clear(); }
    [[nodiscard]] std::vector<std::uint8_t> const& taken() const { return bytes_; }
    [[nodiscard]] std::vector<std::uint8_t> take() && { return std::move(bytes_); }

private:
    std::vector<std::uint8_t> bytes_;
};

} // namespace touchstone::binary
