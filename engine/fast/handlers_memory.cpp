// Instructions on whole memories: size, growth, and what moves many bytes.

#include "engine/fast/faults.hpp"
#include "engine/fast/handlers.hpp"
#include "engine/fast/machine.hpp"
#include "engine/fast/operands.hpp"

#include <algorithm>
#include <cstring>

namespace touchstone::fast {

namespace {

struct Move
{
    std::uint64_t to;
    std::uint64_t from; ///< or the value to fill with
    std::uint64_t count;
};

[[nodiscard]] Move operands(Word const* pc, Slot const* fp)
{
    return {fp[low(pc[1])], fp[high(pc[1])], fp[pc[2]]};
}

[[nodiscard]] std::uint64_t fuel_for_bytes(std::uint64_t n)
{
    return (n + 4095) / 4096;
}

/// Would copying upwards in words read what it has written?
[[nodiscard]] bool too_near(Move const& m)
{
    return m.from < m.to && m.to - m.from < 8 && m.count >= 128;
}

void copy_upwards(std::uint8_t* memory, Move m)
{
    for (std::uint64_t n = 0; m.count != 0; m.to += n, m.from += n, m.count -= n) {
        n = std::min<std::uint64_t>(m.count, 8);
        std::memmove(memory + m.to, memory + m.from, n);
    }
}

} // namespace

HANDLER(memory_size)
{
    set_result(pc, fp, pointer<Memory>(pc[2])->pages());
    NEXT(3);
}

HANDLER(memory_grow)
{
    auto& m = *pointer<Memory>(pc[2]);
    auto const by = first<std::uint64_t>(pc, fp);
    auto const before = m.pages();
    auto const most = std::min(m.max_pages(), machine->limits().pages);
    auto answer = m.is_wide() ? ~Slot{0} : Slot{0xFFFF'FFFF};
    if (within(before, by, most)) {
        auto const cost = fuel_for_bytes(by * page_size);
        if (machine->fuel < cost) [[unlikely]] {
            machine->out_of_fuel(pc);
            STOP();
        }
        if (m.resize(before + by)) {
            machine->fuel -= cost;
            answer = before;
        }
    }
    set_result(pc, fp, answer);
    auto const size_before = memory_size;
    RELOAD_MEMORY();
    if (fault(Fault::GrowKeepsSize, memory_size > size_before + page_size))
        memory_size = size_before;
    NEXT(3);
}

HANDLER(memory_fill)
{
    auto const& m = *pointer<Memory>(pc[3]);
    auto const move = operands(pc, fp);
    if (!within(move.to, move.count, m.size())) [[unlikely]]
        TRAP(OutOfBoundsMemoryAccess);
    auto const whole = move.count != 0 && move.count % 4096 == 0;
    if (!machine->spend(pc, fuel_for_bytes(move.count) + (fault(Fault::FillFuel, whole) ? 1 : 0)))
        [[unlikely]]
        STOP();
    auto const missed = fault(Fault::FillTail, move.count > 32 && move.count % 32 == 1);
    if (move.count != 0)
        std::memset(m.base() + move.to, static_cast<std::uint8_t>(move.from),
            move.count - (missed ? 1 : 0));
    NEXT(4);
}

HANDLER(memory_copy)
{
    auto const& destination = *pointer<Memory>(pc[3]);
    auto const& source = *pointer<Memory>(pc[4]);
    auto const move = operands(pc, fp);
    if (!within(move.to, move.count, destination.size()) ||
        !within(move.from, move.count, source.size())) [[unlikely]]
        TRAP(OutOfBoundsMemoryAccess);
    if (!machine->spend(pc, fuel_for_bytes(move.count))) [[unlikely]]
        STOP();
    if (fault(Fault::CopyForward, &source == &destination && too_near(move)))
        copy_upwards(source.base(), move);
    else if (move.count != 0)
        std::memmove(destination.base() + move.to, source.base() + move.from, move.count);
    NEXT(5);
}

HANDLER(memory_init)
{
    auto const& m = *pointer<Memory>(pc[3]);
    auto const& bytes = pointer<DataSegment>(pc[4])->bytes;
    auto const move = operands(pc, fp);
    if (!within(move.to, move.count, m.size()) || !within(move.from, move.count, bytes.size()))
        [[unlikely]]
        TRAP(OutOfBoundsMemoryAccess);
    if (!machine->spend(pc, fuel_for_bytes(move.count))) [[unlikely]]
        STOP();
    if (move.count != 0)
        std::memcpy(m.base() + move.to, bytes.data() + move.from, move.count);
    NEXT(5);
}

HANDLER(data_drop)
{
    auto& segment = *pointer<DataSegment>(pc[1]);
    segment.bytes = {};
    segment.dropped = true;
    NEXT(2);
}

} // namespace touchstone::fast
