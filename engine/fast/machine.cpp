#include "engine/fast/machine.hpp"

#include "engine/fast/compile.hpp"
#include "engine/fast/faults.hpp"
#include "engine/fast/handlers.hpp"

#include <algorithm>
#include <new>
#include <utility>

namespace touchstone::fast {

namespace {

/// What the operand stack may hold whatever the limits say: 2 GiB of slots.
constexpr std::uint64_t most_values = std::uint64_t{1} << 27;

/// Results may need room beyond the last frame that the limit admits.
constexpr std::uint64_t slack = 4'096;

Word const leave_code[] = {reinterpret_cast<Word>(&leave)};

} // namespace

Machine::Machine(Limits const& limits, Store& store) : limits_{limits}, store_{store}
{
    limits_.stack_values = std::min(limits_.stack_values, most_values);
    nowhere_.memory0 = &no_memory_;
    outside_.instance = &nowhere_;
    current = &outside_;
}

bool Machine::reserve_slots()
{
    if (slots_ != nullptr)
        return true;
    auto const count = 2 * limits_.stack_values + slack; // all of them may be v128
    slots_.reset(new (std::nothrow) Slot[count]); // the system gives pages when they are touched
    if (slots_ == nullptr)
        return false;
    if constexpr (has_planted_faults) // what one leaves unset must not hold what another store left
        std::fill_n(slots_.get(), count, Slot{0});
    slots_end_ = slots_.get() + count;
    top_ = slots_.get();
    return true;
}

// Ends

void Machine::stopped(Word const* pc, Outcome end)
{
    end_ = std::move(end);
    if (end_.place || pc == nullptr || current->code == nullptr)
        return;
    auto const& origins = current->code->origins;
    auto const word = static_cast<std::uint32_t>(pc - current->code->words.data());
    auto const after = std::ranges::upper_bound(origins, word, {}, &Origin::word);
    end_.place = Place{.instance = current->instance->address,
        .function = current->index,
        .offset = after == origins.begin() ? 0 : std::prev(after)->offset};
}

void Machine::trap(Word const* pc, Trap kind)
{
    stopped(pc, {.end = Outcome::End::Trapped, .trap = kind});
}

void Machine::out_of_fuel(Word const* pc)
{
    stopped(pc, {.end = Outcome::End::OutOfFuel});
}

void Machine::exhausted(Word const* pc, Limit limit)
{
    stopped(pc, {.end = Outcome::End::Exhausted, .limit = limit});
}

void Machine::unsupported(Word const* pc, Feature missing)
{
    stopped(pc, {.end = Outcome::End::Unsupported, .feature = missing});
}

Outcome Machine::take_end()
{
    return std::exchange(end_, {});
}

// Entering

bool Machine::admit(
    Word const* pc, Function& callee, std::uint64_t frames_in_use, std::uint64_t stack_values)
{
    if (!spend(pc, 1))
        return false;
    if (frames_in_use + 1 > limits_.frames) [[unlikely]] {
        exhausted(pc, Limit::Frames);
        return false;
    }
    if (stack_values + callee.values > limits_.stack_values) [[unlikely]] {
        exhausted(pc, Limit::StackValues);
        return false;
    }
    values_in_use = stack_values + callee.values;
    if (callee.code == nullptr) [[unlikely]]
        callee.code = compile(callee);
    return true;
}

Function* Machine::indirect(
    Word const* pc, Table const& table, std::uint64_t i, FuncType const* type)
{
    if (fault(Fault::IndexIn16Bits, i > 0xFFFF))
        i &= 0xFFFF;
    if (i >= table.elements.size()) [[unlikely]] {
        trap(pc, Trap::UndefinedElement);
        return nullptr;
    }
    auto const ref = table.elements[i];
    if (ref == null_slot) [[unlikely]] {
        trap(pc, Trap::UninitializedElement);
        return nullptr;
    }
    auto* const callee = unpack_function(ref);
    if (callee->type != type) [[unlikely]] {
        trap(pc, Trap::IndirectCallTypeMismatch);
        return nullptr;
    }
    return callee;
}

Outcome Machine::call_embedder(Function& f, std::span<Value const> args)
{
    auto outcome = (*f.host)(store_, args);
    if (outcome.end == Outcome::End::Returned && !fits(outcome.values, f.type->results))
        return {.end = Outcome::End::Trapped, .trap = Trap::CastFailure};
    return outcome;
}

bool Machine::call_host(Word const* pc, Function& callee, Slot* args)
{
    if (!spend(pc, 1))
        return false;
    auto const values = read(args, callee.type->params);
    top_ = args;
    auto outcome = call_embedder(callee, values);
    if (outcome.end != Outcome::End::Returned) [[unlikely]] {
        stopped(pc, std::move(outcome));
        return false;
    }
    for (auto const& v : outcome.values)
        args = write(args, v);
    return true;
}

Outcome Machine::invoke(Function& f, std::span<Value const> args)
{
    if (f.host != nullptr)
        return spend(nullptr, 1) ? call_embedder(f, args) : take_end();

    auto const room = std::max<std::uint64_t>(f.param_slots, f.result_slots);
    if (!reserve_slots()) {
        exhausted(nullptr, Limit::StackValues);
        return take_end();
    }
    auto* const bottom = top_;
    auto* const caller = current;
    auto const frames_before = frames.size();
    auto const values_before = values_in_use;
    if (!enter(nullptr, f))
        return take_end();
    if (room > static_cast<std::uint64_t>(slots_end_ - bottom)) {
        values_in_use = values_before;
        exhausted(nullptr, Limit::StackValues);
        return take_end();
    }

    auto const choice_before = std::exchange(nan_choice, false);
    auto* locals = bottom;
    for (auto const& v : args)
        locals = write(locals, v);
    std::fill_n(locals, f.local_slots, Slot{0});
    frames.push_back({leave_code, bottom, caller});
    current = &f;
    auto const& memory = *f.instance->memory0;
    end_ = {};
    dispatch(f.code->words.data(), bottom, memory.base(), memory.size(), this);

    auto outcome = take_end();
    if (outcome.end == Outcome::End::Returned)
        outcome.values = read(bottom, f.type->results);
    outcome.nan_choice = nan_choice;
    nan_choice = nan_choice || choice_before;
    frames.resize(frames_before);
    auto const below = values_in_use - current->values;
    values_in_use =
        fault(Fault::ValuesKept, outcome.end == Outcome::End::Trapped && below > values_before)
            ? below
            : values_before;
    current = caller;
    top_ = bottom;
    return outcome;
}

// Values

Slot Machine::to_slot(Value const& v)
{
    if (v.kind == ValType::Kind::I32 || v.kind == ValType::Kind::F32)
        return low(v.lo);
    if (v.kind != ValType::Kind::Ref)
        return v.lo;
    if (v.ref == RefKind::Null)
        return null_slot;
    if (v.ref == RefKind::Func && !v.is_extern)
        return pack_function(functions[v.lo]);
    return host_numbers.pack(v);
}

Value Machine::to_value(Slot s, ValType type) const
{
    if (type.kind != ValType::Kind::Ref)
        return {.kind = type.kind, .lo = s};
    if (s == null_slot)
        return Value::null_ref();
    if (type.heap == HeapType{AbsHeapType::Func})
        return Value::reference(RefKind::Func, unpack_function(s)->address);
    return host_numbers.unpack(s);
}

Slot* Machine::write(Slot* at, Value const& v)
{
    *at++ = to_slot(v);
    if (v.kind == ValType::Kind::V128)
        *at++ = v.hi;
    return at;
}

Value Machine::read(Slot const* at, ValType type) const
{
    auto v = to_value(*at, type);
    if (type.is_vec())
        v.hi = at[1];
    return v;
}

std::vector<Value> Machine::read(Slot const* at, ResultType const& types) const
{
    std::vector<Value> values;
    values.reserve(types.size());
    for (auto const t : types) {
        values.push_back(read(at, t));
        at += slots_of(t);
    }
    return values;
}

bool Machine::fits(Value const& v, ValType type) const
{
    if (v.kind != type.kind)
        return false;
    if (type.kind == ValType::Kind::Ref) {
        if (v.is_null())
            return type.nullable;
        if (type.heap == HeapType{AbsHeapType::Func})
            return v.ref == RefKind::Func && !v.is_extern && v.lo < functions.size();
        return type.heap == HeapType{AbsHeapType::Extern} && v.is_extern;
    }
    return true;
}

bool Machine::fits(std::span<Value const> values, ResultType const& types) const
{
    return std::ranges::equal(
        values, types, [this](Value const& v, ValType t) { return fits(v, t); });
}

} // namespace touchstone::fast
