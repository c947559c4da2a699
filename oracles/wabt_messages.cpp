#include "oracles/wabt_messages.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace touchstone {

struct Meaning
{
    std::string_view prefix;
    End end;
    TrapSet traps;
};

static constexpr auto trap_meanings = std::to_array<Meaning>({
    {"unreachable executed", End::Trapped, {Trap::Unreachable}},
    {"integer divide by zero", End::Trapped, {Trap::IntegerDivideByZero}},
    {"integer overflow", End::Trapped, {Trap::IntegerOverflow}},
    {"invalid conversion to integer", End::Trapped, {Trap::InvalidConversionToInteger}},
    {"out of bounds memory access", End::Trapped, {Trap::OutOfBoundsMemoryAccess}},
    {"out of bounds table access", End::Trapped, {Trap::OutOfBoundsTableAccess}},
    {"undefined table index", End::Trapped, {Trap::UndefinedElement}},
    {"uninitialized table element", End::Trapped, {Trap::UninitializedElement}},
    {"indirect call signature mismatch", End::Trapped, {Trap::IndirectCallTypeMismatch}},
    {"call stack exhausted", End::Exhausted, {}},
    {"uncaught exception", End::Threw, {}},
});

CallObservation wabt_trap(std::string message)
{
    CallObservation seen;
    seen.end = End::Trapped;
    seen.traps = TrapSet::any();
    for (auto const& m : trap_meanings) {
        if (message.starts_with(m.prefix)) {
            seen.end = m.end;
            seen.traps = m.traps;
            break;
        }
    }
    seen.detail = std::move(message);
    return seen;
}

CallObservation wabt_refusal(std::string message)
{
    CallObservation seen;
    auto const preamble =
        message.starts_with("bad magic value") || message.starts_with("bad wasm file version");
    seen.end = preamble ? End::Malformed : End::Rejected;
    seen.detail = std::move(message);
    return seen;
}

} // namespace touchstone
