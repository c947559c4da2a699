#pragma once
// The state of execution: operand slots, return stack, fuel, and how it ended.

#include "engine/embedding/store.hpp"
#include "engine/fast/dispatch.hpp"
#include "engine/fast/refs.hpp"
#include "engine/fast/runtime.hpp"

#include <memory>
#include <span>
#include <vector>

namespace touchstone::fast {

/// What a return goes back to.
struct Frame
{
    Word const* pc;
    Slot* fp;
    Function* function;
};

/// Whose fuel something spends that a host function asks for: its own, or its caller's.
enum class FuelOf : std::uint8_t
{
    Its,
    Caller,
};

class Machine
{
public:
    Machine(Limits const& limits, Store& store);
    Machine(Machine const&) = delete;
    Machine& operator=(Machine const&) = delete;

    /// Calls with arguments of the right types; spends from `fuel`.
    [[nodiscard]] Outcome invoke(Function& f, std::span<Value const> args);

    /// Is there room for one more call or instantiation by a function of the embedder?
    [[nodiscard]] bool may_reenter() const { return nesting_ <= Limits::reentries; }
    /// Does it with fuel of its own; within another one, with the fuel of `whose`.
    template <class Work>
    [[nodiscard]] Outcome under_way(FuelOf whose, std::uint64_t fuel_given, Work work)
    {
        auto const callers = fuel;
        auto const own = nesting_ == 0 || whose == FuelOf::Its;
        if (own)
            fuel = fuel_given;
        auto const before = fuel;
        ++nesting_;
        auto outcome = work();
        --nesting_;
        outcome.fuel_used = before - fuel;
        if (own && nesting_ != 0)
            fuel = callers;
        return outcome;
    }

    [[nodiscard]] Limits const& limits() const { return limits_; }
    /// What instances without memory point at.
    [[nodiscard]] Memory* no_memory() { return &no_memory_; }
    [[nodiscard]] Slot to_slot(Value const& v);
    [[nodiscard]] Value to_value(Slot s, ValType type) const;
    /// The same of all types: a v128 is in two slots. `write` answers behind what it wrote.
    Slot* write(Slot* at, Value const& v);
    [[nodiscard]] Value read(Slot const* at, ValType type) const;
    [[nodiscard]] std::vector<Value> read(Slot const* at, ResultType const& types) const;
    /// May a slot of this type hold this value?
    [[nodiscard]] bool fits(Value const& v, ValType type) const;
    [[nodiscard]] bool fits(std::span<Value const> values, ResultType const& types) const;

    // For handlers. What answers false has noted how it ended; the handler stops.

    [[nodiscard]] bool spend(Word const* pc, std::uint64_t units)
    {
        if (fuel < units) [[unlikely]] {
            out_of_fuel(pc);
            return false;
        }
        fuel -= units;
        return true;
    }
    void out_of_fuel(Word const* pc);
    void trap(Word const* pc, Trap kind);
    /// Everything that entering a function of a module needs but the frame itself.
    [[nodiscard]] bool enter(Word const* pc, Function& callee)
    {
        return admit(pc, callee, frames.size(), values_in_use);
    }
    /// The same where the running frame is replaced.
    [[nodiscard]] bool enter_tail(Word const* pc, Function& callee)
    {
        return admit(pc, callee, frames.size() - 1, values_in_use - current->values);
    }
    /// Calls a function of the embedder on arguments in slots, and leaves the results there.
    [[nodiscard]] bool call_host(Word const* pc, Function& callee, Slot* args);
    /// The module uses what this engine lacks; only code that cannot run gets here.
    void unsupported(Word const* pc, Feature missing);

    /// The function that a reference of this table's element names, checked against its type.
    [[nodiscard]] Function* indirect(
        Word const* pc, Table const& table, std::uint64_t i, FuncType const* type);

    Function* current; ///< the function that runs
    std::uint64_t fuel = 0;
    std::uint64_t values_in_use = 0;
    std::vector<Frame> frames;
    bool nan_choice = false;
    HostNumbers host_numbers;
    std::vector<Function*> functions; ///< by address

private:
    [[nodiscard]] bool admit(
        Word const* pc, Function& callee, std::uint64_t frames_in_use, std::uint64_t stack_values);
    void exhausted(Word const* pc, Limit limit);
    void stopped(Word const* pc, Outcome end);
    [[nodiscard]] Outcome call_embedder(Function& f, std::span<Value const> args);
    [[nodiscard]] bool reserve_slots();
    [[nodiscard]] Outcome take_end();

    Limits limits_;
    Store& store_;
    Memory no_memory_;
    Instance nowhere_;              ///< of `outside_`
    Function outside_;              ///< what runs while nothing runs
    std::unique_ptr<Slot[]> slots_; ///< one piece, so that frames overlap and never move
    Slot* slots_end_ = nullptr;
    Slot* top_ = nullptr;       ///< where the frame of the next invocation may begin
    std::uint32_t nesting_ = 0; ///< calls and instantiations under way
    Outcome end_;
};

/// Reloads what handlers keep of the running instance.
#define RELOAD_MEMORY()                                                                            \
    do {                                                                                           \
        memory = machine->current->instance->memory0->base();                                      \
        memory_size = machine->current->instance->memory0->size();                                 \
    } while (false)

} // namespace touchstone::fast
