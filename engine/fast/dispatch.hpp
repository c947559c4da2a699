#pragma once
// How one handler reaches the next: tail calls where the compiler guarantees them, else a loop
// over the same handler bodies. The only place that knows which.
//
//   HANDLER(name) { ... NEXT(3); }   defines a handler whose instruction has three words
//   JUMP()       goes on at `pc`
//   STOP()       leaves the interpreter
//   TRAP(Kind)   ends the invocation at this instruction
//
// In a handler: `pc` its first word, `fp` the frame's slots, `memory` and `memory_size` the first
// memory of the running instance, `machine` everything else.

#include "engine/fast/code.hpp"

namespace touchstone::fast {

class Machine;

} // namespace touchstone::fast

#ifdef __clang__

namespace touchstone::fast {

using Handler = void (*)(
    Word const* pc, Slot* fp, std::uint8_t* memory, std::uint64_t memory_size, Machine* machine);

} // namespace touchstone::fast

#define HANDLER(name)                                                                              \
    void name([[maybe_unused]] Word const* pc, [[maybe_unused]] Slot* fp,                          \
        [[maybe_unused]] std::uint8_t* memory, [[maybe_unused]] std::uint64_t memory_size,         \
        [[maybe_unused]] Machine* machine)
#define JUMP()                                                                                     \
    [[clang::musttail]] return reinterpret_cast<Handler>(*pc)(pc, fp, memory, memory_size, machine)
#define STOP() return

#else

namespace touchstone::fast {

using Handler = void (*)(Word const*& pc, Slot*& fp, std::uint8_t*& memory,
    std::uint64_t& memory_size, Machine* machine);

} // namespace touchstone::fast

#define HANDLER(name)                                                                              \
    void name([[maybe_unused]] Word const*& pc, [[maybe_unused]] Slot*& fp,                        \
        [[maybe_unused]] std::uint8_t*& memory, [[maybe_unused]] std::uint64_t& memory_size,       \
        [[maybe_unused]] Machine* machine)
#define JUMP() return
#define STOP()                                                                                     \
    do {                                                                                           \
        pc = nullptr;                                                                              \
        return;                                                                                    \
    } while (false)

#endif

#define NEXT(words)                                                                                \
    do {                                                                                           \
        pc += (words);                                                                             \
        JUMP();                                                                                    \
    } while (false)
#define TRAP(kind)                                                                                 \
    do {                                                                                           \
        machine->trap(pc, Trap::kind);                                                             \
        STOP();                                                                                    \
    } while (false)

namespace touchstone::fast {

/// Runs from `pc` until a handler stops.
inline void dispatch(
    Word const* pc, Slot* fp, std::uint8_t* memory, std::uint64_t memory_size, Machine* machine)
{
#ifdef __clang__
    reinterpret_cast<Handler>(*pc)(pc, fp, memory, memory_size, machine);
#else
    while (pc != nullptr)
        reinterpret_cast<Handler>(*pc)(pc, fp, memory, memory_size, machine);
#endif
}

} // namespace touchstone::fast
