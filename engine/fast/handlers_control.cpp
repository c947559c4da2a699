// Branches and returns. A distance counts from the word that holds it.

#include "engine/fast/faults.hpp"
#include "engine/fast/handlers.hpp"
#include "engine/fast/machine.hpp"
#include "engine/fast/operands.hpp"

#include <algorithm>
#include <cstring>

namespace touchstone::fast {

namespace {

[[nodiscard]] Word const* target(Word const* at)
{
    return at + static_cast<std::int64_t>(*at);
}

[[nodiscard]] std::uint32_t locals_to_clear(Function const& f)
{
    auto const n = f.local_slots;
    return n - (fault(Fault::LastLocalKept, n > 4 && n % 4 == 1) ? 1 : 0);
}

/// Has it another first memory than the function that runs, though one as big?
[[nodiscard]] bool works_elsewhere(Function const& f, Machine const& machine)
{
    auto const* const own = f.instance->memory0;
    auto const* const here = machine.current->instance->memory0;
    return own != here && own->size() == here->size();
}

} // namespace

HANDLER(unreachable)
{
    TRAP(Unreachable);
}

HANDLER(unsupported)
{
    machine->unsupported(pc, static_cast<Feature>(pc[1]));
    STOP();
}

HANDLER(branch)
{
    pc = target(pc + 1);
    JUMP();
}

HANDLER(branch_loop)
{
    if (!machine->spend(pc, 1)) [[unlikely]]
        STOP();
    pc = target(pc + 1);
    JUMP();
}

HANDLER(branch_if)
{
    if (from_slot<std::uint32_t>(fp[pc[2]]) != 0) {
        pc = target(pc + 1);
        JUMP();
    }
    NEXT(3);
}

HANDLER(branch_if_loop)
{
    if (from_slot<std::uint32_t>(fp[pc[2]]) != 0) {
        if (!machine->spend(pc, 1)) [[unlikely]]
            STOP();
        pc = target(pc + 1);
        JUMP();
    }
    NEXT(3);
}

HANDLER(branch_unless)
{
    if (from_slot<std::uint32_t>(fp[pc[2]]) == 0) {
        pc = target(pc + 1);
        JUMP();
    }
    NEXT(3);
}

HANDLER(branch_table)
{
    auto const i = std::min<Word>(from_slot<std::uint32_t>(fp[pc[1]]), pc[2]);
    pc = target(pc + 3 + i);
    JUMP();
}

HANDLER(leave)
{
    STOP();
}

// The frame goes; its results are already where the caller looks for them.
#define RETURN()                                                                                   \
    do {                                                                                           \
        machine->values_in_use -= machine->current->values;                                        \
        auto const& to = machine->frames.back();                                                   \
        machine->current = to.function;                                                            \
        pc = to.pc;                                                                                \
        fp = to.fp;                                                                                \
        machine->frames.pop_back();                                                                \
        RELOAD_MEMORY();                                                                           \
        JUMP();                                                                                    \
    } while (false)

HANDLER(return_none)
{
    RETURN();
}

HANDLER(return_one)
{
    fp[0] = fp[pc[1]];
    RETURN();
}

HANDLER(return_vector)
{
    auto const low_half = fp[pc[1]];
    fp[1] = fp[pc[1] + 1];
    fp[0] = low_half;
    RETURN();
}

HANDLER(return_many)
{
    std::memmove(fp, fp + pc[1], pc[2] * sizeof(Slot));
    RETURN();
}

// Entering what `enter` or `enter_tail` admitted, with its arguments from `fp` on.
#define BEGIN(callee, keeps_memory)                                                                \
    do {                                                                                           \
        machine->current = (callee);                                                               \
        std::fill_n(fp + (callee)->param_slots, locals_to_clear(*(callee)), Slot{0});              \
        if (!(keeps_memory))                                                                       \
            RELOAD_MEMORY();                                                                       \
        pc = (callee)->code->words.data();                                                         \
        JUMP();                                                                                    \
    } while (false)

HANDLER(call_function)
{
    auto* const callee = pointer<Function>(pc[1]);
    if (!machine->enter(pc, *callee)) [[unlikely]]
        STOP();
    machine->frames.push_back({pc + 3, fp, machine->current});
    fp += pc[2];
    BEGIN(callee, false);
}

HANDLER(call_host)
{
    if (!machine->call_host(pc, *pointer<Function>(pc[1]), fp + pc[2])) [[unlikely]]
        STOP();
    RELOAD_MEMORY();
    NEXT(3);
}

HANDLER(call_indirect)
{
    auto* const callee = machine->indirect(
        pc, *pointer<Table>(pc[2]), fp[low(pc[3])], pointer<FuncType const>(pc[1]));
    if (callee == nullptr) [[unlikely]]
        STOP();
    if (callee->host != nullptr) [[unlikely]] {
        if (!machine->call_host(pc, *callee, fp + high(pc[3]))) [[unlikely]]
            STOP();
        RELOAD_MEMORY();
        NEXT(4);
    }
    if (!machine->enter(pc, *callee)) [[unlikely]]
        STOP();
    machine->frames.push_back({pc + 4, fp, machine->current});
    fp += high(pc[3]);
    BEGIN(callee, false);
}

// A tail call moves the arguments to the bottom of the frame that it replaces. A host function has
// no frame: it is called, and then the frame returns.
#define TAIL_CALL(callee, arguments)                                                               \
    do {                                                                                           \
        if (!machine->enter_tail(pc, *(callee))) [[unlikely]]                                      \
            STOP();                                                                                \
        auto const keeps =                                                                         \
            fault(Fault::TailCallKeepsMemory, works_elsewhere(*(callee), *machine));               \
        auto const most =                                                                          \
            fault(Fault::TailCallThree, (callee)->params > 3) ? 3 : (callee)->param_slots;         \
        std::memmove(fp, fp + (arguments), most * sizeof(Slot));                                   \
        BEGIN(callee, keeps);                                                                      \
    } while (false)
#define TAIL_CALL_HOST(callee, arguments)                                                          \
    do {                                                                                           \
        if (!machine->call_host(pc, *(callee), fp + (arguments))) [[unlikely]]                     \
            STOP();                                                                                \
        std::memmove(fp, fp + (arguments), (callee)->result_slots * sizeof(Slot));                 \
        RETURN();                                                                                  \
    } while (false)

HANDLER(return_call_function)
{
    auto* const callee = pointer<Function>(pc[1]);
    TAIL_CALL(callee, pc[2]);
}

HANDLER(return_call_host)
{
    auto* const callee = pointer<Function>(pc[1]);
    TAIL_CALL_HOST(callee, pc[2]);
}

HANDLER(return_call_indirect)
{
    auto* const callee = machine->indirect(
        pc, *pointer<Table>(pc[2]), fp[low(pc[3])], pointer<FuncType const>(pc[1]));
    if (callee == nullptr) [[unlikely]]
        STOP();
    if (callee->host != nullptr) [[unlikely]]
        TAIL_CALL_HOST(callee, high(pc[3]));
    TAIL_CALL(callee, high(pc[3]));
}

} // namespace touchstone::fast
