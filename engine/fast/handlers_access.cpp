// Loads and stores (exec/instructions.html#memory-instructions).
//
// Words: address -> result (or address | value << 32), offset, and the memory where it is not the
// first or has 64-bit addresses.

#include "engine/fast/accessed.hpp"
#include "engine/fast/define.hpp"
#include "engine/fast/handlers.hpp"

#include <array>
#include <concepts>
#include <cstring>
#include <limits>

namespace touchstone::fast {

namespace {

/// Reads a `Stored` and makes it an `As`: integers are extended, floats stay bits.
template <class Stored, class As, class Which>
HANDLER(load)
{
    auto const at = Which::address(pc, fp);
    if (at + sizeof(Stored) > Which::size(pc, memory_size)) [[unlikely]]
        TRAP(OutOfBoundsMemoryAccess);
    Stored v;
    std::memcpy(&v, Which::base(pc, memory) + at, sizeof v);
    if constexpr (std::same_as<Stored, std::int16_t> && std::same_as<As, std::int32_t>) {
        if (fault(Fault::Load16SSign, v == std::numeric_limits<std::int16_t>::min())) {
            set_result(pc, fp, std::uint32_t{0x8000});
            NEXT(Which::words);
        }
    }
    set_result(pc, fp, static_cast<As>(v));
    NEXT(Which::words);
}

template <class Stored, class Which>
HANDLER(store)
{
    auto at = Which::address(pc, fp);
    if (fault(Fault::StoreWraps, at > 0xFFFF'FFFF))
        at &= 0xFFFF'FFFF;
    auto const end = Which::size(pc, memory_size);
    if constexpr (std::same_as<Stored, std::uint16_t>)
        if (fault(Fault::StorePartly, at + 1 == end))
            Which::base(pc, memory)[at] = static_cast<std::uint8_t>(fp[high(pc[1])]);
    if (at + sizeof(Stored) > end) [[unlikely]]
        TRAP(OutOfBoundsMemoryAccess);
    auto const v = static_cast<Stored>(fp[high(pc[1])]);
    std::memcpy(Which::base(pc, memory) + at, &v, sizeof v);
    NEXT(Which::words);
}

template <class Stored, class As>
consteval OpHandlers load_row(Opcode op)
{
    return {
        op, &load<Stored, As, First<3>>, &load<Stored, As, Other<3>>, &load<Stored, As, Wide<3>>};
}
template <class Stored>
consteval OpHandlers store_row(Opcode op)
{
    return {op, &store<Stored, First<3>>, &store<Stored, Other<3>>, &store<Stored, Wide<3>>};
}

constexpr auto rows = std::to_array<OpHandlers>({
    load_row<std::uint32_t, std::uint32_t>(Opcode::I32Load),
    load_row<std::uint64_t, std::uint64_t>(Opcode::I64Load),
    load_row<std::uint32_t, std::uint32_t>(Opcode::F32Load),
    load_row<std::uint64_t, std::uint64_t>(Opcode::F64Load),
    load_row<std::int8_t, std::int32_t>(Opcode::I32Load8S),
    load_row<std::uint8_t, std::uint32_t>(Opcode::I32Load8U),
    load_row<std::int16_t, std::int32_t>(Opcode::I32Load16S),
    load_row<std::uint16_t, std::uint32_t>(Opcode::I32Load16U),
    load_row<std::int8_t, std::int64_t>(Opcode::I64Load8S),
    load_row<std::uint8_t, std::uint64_t>(Opcode::I64Load8U),
    load_row<std::int16_t, std::int64_t>(Opcode::I64Load16S),
    load_row<std::uint16_t, std::uint64_t>(Opcode::I64Load16U),
    load_row<std::int32_t, std::int64_t>(Opcode::I64Load32S),
    load_row<std::uint32_t, std::uint64_t>(Opcode::I64Load32U),
    store_row<std::uint32_t>(Opcode::I32Store),
    store_row<std::uint64_t>(Opcode::I64Store),
    store_row<std::uint32_t>(Opcode::F32Store),
    store_row<std::uint64_t>(Opcode::F64Store),
    store_row<std::uint8_t>(Opcode::I32Store8),
    store_row<std::uint16_t>(Opcode::I32Store16),
    store_row<std::uint8_t>(Opcode::I64Store8),
    store_row<std::uint16_t>(Opcode::I64Store16),
    store_row<std::uint32_t>(Opcode::I64Store32),
});

} // namespace

std::span<OpHandlers const> access_handlers()
{
    return rows;
}

} // namespace touchstone::fast
