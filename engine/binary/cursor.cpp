#include "engine/binary/cursor.hpp"

#include "engine/syntax/faults.hpp"
#include "engine/syntax/utf8.hpp"

namespace touchstone::binary {

void Cursor::fail(std::size_t offset, std::string message) const
{
    Error e;
    e.kind = Error::Kind::Malformed;
    e.message = std::move(message);
    e.offset = offset;
    throw Refused{std::move(e)};
}

void Cursor::fail_at_end() const
{
    fail(static_cast<std::size_t>(end_ - begin_), "unexpected end of section or function");
}

/// uN - binary/values.html#binary-uint: as many bytes as N bits need, and no unused bit set.
std::uint64_t Cursor::long_unsigned(unsigned bits)
{
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        if (shift >= bits)
            fail(offset(), "integer representation too long");
        auto const b = byte();
        auto const payload = b & 0x7FU;
        if (bits - shift < 7 && payload >> (bits - shift) != 0)
            fail(offset() - 1, "integer too large");
        value |= std::uint64_t{payload} << shift;
        if ((b & 0x80) == 0)
            return value;
    }
}

/// sN - binary/values.html#binary-sint: as uN, and unused bits repeat the sign.
std::int64_t Cursor::long_signed(unsigned bits)
{
    std::uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        if (shift >= bits)
            fail(offset(), "integer representation too long");
        auto const b = byte();
        auto const payload = b & 0x7FU;
        if (bits - shift < 7) {
            auto const sign_and_unused = payload >> (bits - shift - 1);
            if (sign_and_unused != 0 && sign_and_unused != 0x7FU >> (bits - shift - 1))
                fail(offset() - 1, "integer too large");
        }
        value |= std::uint64_t{payload} << shift;
        if ((b & 0x80) == 0) {
            auto const width = shift + 7;
            auto const is_negative = (b & 0x40) != 0;
            if (fault(SharedFault::I64ConstSign, is_negative && width == 63))
                return static_cast<std::int64_t>(value);
            if (is_negative && width < 64)
                value |= ~std::uint64_t{0} << width;
            return static_cast<std::int64_t>(value);
        }
    }
}

std::string Cursor::name()
{
    auto const where = offset();
    auto const from = byte_vector();
    std::string text(from.begin(), from.end());
    if (!is_utf8(text))
        fail(where, "malformed UTF-8 encoding");
    return text;
}

} // namespace touchstone::binary
