// Constants, copies, select, globals and tests of references.

#include "engine/fast/faults.hpp"
#include "engine/fast/handlers.hpp"
#include "engine/fast/machine.hpp"
#include "engine/fast/operands.hpp"

#include <cstring>

namespace touchstone::fast {

/// A v128; the two places may overlap.
static void copy_two(Slot* to, Slot const* from)
{
    std::memmove(to, from, 2 * sizeof(Slot));
}

HANDLER(set_constant)
{
    fp[high(pc[1])] = pc[2];
    NEXT(3);
}

HANDLER(copy_slot)
{
    fp[high(pc[1])] = fp[low(pc[1])];
    NEXT(2);
}

HANDLER(copy_vector)
{
    copy_two(fp + high(pc[1]), fp + low(pc[1]));
    NEXT(2);
}

HANDLER(copy_slots)
{
    std::memmove(fp + high(pc[1]), fp + low(pc[1]), pc[2] * sizeof(Slot));
    NEXT(3);
}

HANDLER(select_slot)
{
    auto condition = from_slot<std::uint32_t>(fp[high(pc[2])]);
    if (fault(Fault::SelectIn31Bits, condition == 0x8000'0000))
        condition = 0;
    auto const chosen = condition != 0 ? low(pc[1]) : low(pc[2]);
    fp[high(pc[1])] = fp[chosen];
    NEXT(3);
}

HANDLER(select_vector)
{
    auto const condition = from_slot<std::uint32_t>(fp[high(pc[2])]);
    copy_two(fp + high(pc[1]), fp + (condition != 0 ? low(pc[1]) : low(pc[2])));
    NEXT(3);
}

HANDLER(global_get_vector)
{
    copy_two(fp + high(pc[1]), pointer<Slot>(pc[2]));
    NEXT(3);
}

HANDLER(global_set_vector)
{
    copy_two(pointer<Slot>(pc[2]), fp + low(pc[1]));
    NEXT(3);
}

HANDLER(global_get)
{
    fp[high(pc[1])] = *pointer<Slot>(pc[2]);
    NEXT(3);
}

HANDLER(global_set)
{
    *pointer<Slot>(pc[2]) = fp[low(pc[1])];
    NEXT(3);
}

HANDLER(ref_is_null)
{
    set_result(pc, fp, fp[low(pc[1])] == null_slot);
    NEXT(2);
}

} // namespace touchstone::fast
