#pragma once
// Cases, limits and observations as bytes between two processes of one program.

#include "oracles/oracle.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace touchstone::wire {

/// Writes into a buffer of fixed size. What does not fit is not written, and `fits` says so.
class Writer
{
public:
    explicit Writer(std::span<std::uint8_t> to) : to_{to} {}

    void u8(std::uint8_t v) { fixed(v, 1); }
    void u32(std::uint32_t v) { fixed(v, 4); }
    void u64(std::uint64_t v) { fixed(v, 8); }
    void bytes(std::span<std::uint8_t const> v);
    void text(std::string_view v);

    [[nodiscard]] bool fits() const { return fits_; }
    [[nodiscard]] std::size_t size() const { return at_; }
    /// Goes back to a size it had, also from where it did not fit.
    void rewind(std::size_t size);

private:
    void fixed(std::uint64_t v, std::size_t width);
    [[nodiscard]] std::uint8_t* take(std::size_t n);

    std::span<std::uint8_t> to_;
    std::size_t at_ = 0;
    bool fits_ = true;
};

/// Reads what a Writer wrote. Past the end, or of anything that makes no sense, it reads zeros and
/// is no longer `ok`.
class Reader
{
public:
    explicit Reader(std::span<std::uint8_t const> from) : from_{from} {}

    [[nodiscard]] std::uint8_t u8() { return static_cast<std::uint8_t>(fixed(1)); }
    [[nodiscard]] std::uint32_t u32() { return static_cast<std::uint32_t>(fixed(4)); }
    [[nodiscard]] std::uint64_t u64() { return fixed(8); }
    [[nodiscard]] std::span<std::uint8_t const> bytes();
    [[nodiscard]] std::string text();
    /// A number of things that take at least one byte each.
    [[nodiscard]] std::size_t count();
    /// An enumerator below `end`.
    template <class E>
    [[nodiscard]] E enumerator(std::size_t end)
    {
        auto const v = u8();
        if (v >= end)
            fail();
        return static_cast<E>(v < end ? v : 0);
    }

    void fail();
    [[nodiscard]] bool ok() const { return ok_; }

private:
    [[nodiscard]] std::uint64_t fixed(std::size_t width);

    std::span<std::uint8_t const> from_;
    bool ok_ = true;
};

void write(Writer& w, Value const& v);
[[nodiscard]] Value read_value(Reader& r);

void write(Writer& w, Limits const& l);
[[nodiscard]] Limits read_limits(Reader& r);

/// The case as far as the task shows it.
void write(Writer& w, Task const& t);
[[nodiscard]] Case read_case(Reader& r);

void write(Writer& w, CallObservation const& o);
[[nodiscard]] CallObservation read_step(Reader& r);

void write(Writer& w, Observation const& o);
[[nodiscard]] Observation read_observation(Reader& r);

void write(Writer& w, OracleInfo const& i);
[[nodiscard]] OracleInfo read_info(Reader& r);

} // namespace touchstone::wire
