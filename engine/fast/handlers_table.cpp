// Instructions on tables and element segments.

#include "engine/fast/faults.hpp"
#include "engine/fast/handlers.hpp"
#include "engine/fast/machine.hpp"
#include "engine/fast/operands.hpp"

#include <algorithm>
#include <cstring>

namespace touchstone::fast {

namespace {

[[nodiscard]] std::uint64_t fuel_for_elements(std::uint64_t n)
{
    return (n + 63) / 64;
}

} // namespace

HANDLER(table_get)
{
    auto const& elements = pointer<Table>(pc[2])->elements;
    auto const i = fp[low(pc[1])];
    if (i >= elements.size()) [[unlikely]]
        TRAP(OutOfBoundsTableAccess);
    fp[high(pc[1])] = elements[i];
    NEXT(3);
}

HANDLER(table_set)
{
    auto& elements = pointer<Table>(pc[2])->elements;
    auto const i = fp[low(pc[1])];
    if (i >= elements.size()) [[unlikely]]
        TRAP(OutOfBoundsTableAccess);
    elements[i] = fp[high(pc[1])];
    NEXT(3);
}

HANDLER(table_size)
{
    set_result(pc, fp, std::uint64_t{pointer<Table>(pc[2])->elements.size()});
    NEXT(3);
}

HANDLER(table_grow)
{
    auto& table = *pointer<Table>(pc[3]);
    auto const by = fp[pc[2]];
    auto const before = table.elements.size();
    auto const most = std::min(table.max_size(), machine->limits().elements);
    auto answer = table.is_wide() ? ~Slot{0} : Slot{0xFFFF'FFFF};
    if (within(before, by, most)) {
        auto const cost = fuel_for_elements(by);
        if (machine->fuel < cost) [[unlikely]] {
            machine->out_of_fuel(pc);
            STOP();
        }
        if (table.resize(before + by, fp[low(pc[1])])) {
            machine->fuel -= cost;
            answer = before;
        }
    }
    set_result(pc, fp, answer);
    NEXT(4);
}

HANDLER(table_fill)
{
    auto& elements = pointer<Table>(pc[3])->elements;
    auto const to = fp[low(pc[1])];
    auto const count = fp[pc[2]];
    auto const wraps = fault(
        Fault::TableFillWraps, to + count > 0xFFFF'FFFF && low(to + count) <= elements.size());
    if (!wraps && !within(to, count, elements.size())) [[unlikely]]
        TRAP(OutOfBoundsTableAccess);
    if (!machine->spend(pc, fuel_for_elements(count))) [[unlikely]]
        STOP();
    std::fill_n(elements.data() + to, count, fp[high(pc[1])]);
    NEXT(4);
}

HANDLER(table_copy)
{
    auto& destination = pointer<Table>(pc[3])->elements;
    auto const& source = pointer<Table>(pc[4])->elements;
    auto const to = fp[low(pc[1])];
    auto const from = fp[high(pc[1])];
    auto const count = fp[pc[2]];
    if (fault(Fault::TableCopyAtEnd,
            &source != &destination && count != 0 && from + count == source.size()))
        TRAP(OutOfBoundsTableAccess);
    if (!within(to, count, destination.size()) || !within(from, count, source.size())) [[unlikely]]
        TRAP(OutOfBoundsTableAccess);
    if (!machine->spend(pc, fuel_for_elements(count))) [[unlikely]]
        STOP();
    if (count != 0)
        std::memmove(destination.data() + to, source.data() + from, count * sizeof(Slot));
    NEXT(5);
}

HANDLER(table_init)
{
    auto& elements = pointer<Table>(pc[3])->elements;
    auto const& refs = pointer<ElemSegment>(pc[4])->refs;
    auto const to = fp[low(pc[1])];
    auto const from = fp[high(pc[1])];
    auto const count = fp[pc[2]];
    if (!within(to, count, elements.size()) || !within(from, count, refs.size())) [[unlikely]]
        TRAP(OutOfBoundsTableAccess);
    if (!machine->spend(pc, fuel_for_elements(count))) [[unlikely]]
        STOP();
    std::copy_n(refs.data() + from, count, elements.data() + to);
    NEXT(5);
}

HANDLER(elem_drop)
{
    auto& segment = *pointer<ElemSegment>(pc[1]);
    segment.refs = {};
    segment.dropped = true;
    NEXT(2);
}

} // namespace touchstone::fast
