#include "engine/reference/machine.hpp"

#include "engine/reference/body.hpp"
#include "engine/reference/matching.hpp"
#include "engine/reference/rules.hpp"

#include <algorithm>
#include <new>
#include <stdexcept>
#include <utility>

namespace touchstone::reference {

Machine::Machine(
    Instances& s, Store& embedding, Interleaving& t, Limits const& l, Counting counting)
    : store{s}, limits{l}, threads{t}, embedding_{embedding}, counting_{std::move(counting)}
{}

// Starting and ending

Machine::Outside Machine::begin(ModuleInst* module, std::optional<std::uint64_t> fuel)
{
    auto const sp = static_cast<std::size_t>(sp_ - values_.data());
    frame.pc = pc;
    callers_.push_back(frame);
    Outside const outside{base_, sp, fuel_, fuel.value_or(fuel_), frames_, stack_values_,
        nan_choice_, relaxed_choice_, fuel.has_value()};
    base_ = callers_.size();
    frame = {.module = module, .locals = sp};
    pc = nullptr;
    fuel_ = outside.budget;
    nan_choice_ = false;
    relaxed_choice_ = false;
    ++depth_;
    reload();
    return outside;
}

Outcome Machine::finish(Outside const& outside, Step step, FuncType const* type)
{
    Outcome o;
    if (step == Step::Stop) {
        o = std::exchange(ended_, {});
    } else if (type != nullptr) {
        o.values.reserve(type->results.size());
        auto const* v = sp_ - type->results.size();
        for (auto const& t : type->results)
            o.values.push_back(to_embedding(*v++, t));
    }
    o.fuel_used = outside.budget - fuel_;
    o.nan_choice = nan_choice_;
    o.relaxed_choice = relaxed_choice_;
    if (store.counts != nullptr && step == Step::Stop && o.end == Outcome::End::Trapped)
        count_trap();

    // a trap leaves frames behind: Step_pure/trap-instrs, Step_pure/trap-label,
    // Step_pure/trap-handler and Step_pure/trap-frame, all at once
    callers_.resize(base_);
    frame = callers_.back();
    callers_.pop_back();
    pc = frame.pc;
    base_ = outside.base;
    sp_ = values_.data() + outside.sp;
    frames_ = outside.frames;
    stack_values_ = outside.stack_values;
    if (outside.own_fuel)
        fuel_ = outside.fuel;
    nan_choice_ = nan_choice_ || outside.nan_choice;
    relaxed_choice_ = relaxed_choice_ || outside.relaxed_choice;
    if (--depth_ == 0)
        caught_.clear();
    reload();
    if (depth_ == 0 && counting_.settled)
        counting_.settled();
    return o;
}

Outcome Machine::invoke(FuncInst& f, std::span<Value const> args)
{
    if (!may_reenter())
        return {.end = Outcome::End::Exhausted, .limit = Limit::Frames};
    auto const own_fuel = depth_ == 0 ? std::optional{limits.fuel_per_call} : std::nullopt;
    auto const outside = begin(nullptr, own_fuel);
    auto step = Step::Next;
    if (reserve(args.size())) {
        for (auto const& v : args)
            push(from_embedding(v));
        step = execute(f);
    } else {
        step = exhausted(Limit::StackValues);
    }
    return finish(outside, step, f.type);
}

Step Machine::execute(FuncInst& f)
{
    auto const step = call(f);
    if (!goes_on(step) || f.code == nullptr)
        return step;
    also(rule_of(step));
    return run();
}

/// Eval_expr — exec/instructions.html#exec-expr
Step Machine::eval_expr(Expr const& e)
{
    // no operand stack is higher than its expression is long
    if (!reserve(e.instrs.size()))
        return exhausted(Limit::StackValues);
    callers_.push_back(frame);
    auto const base = std::exchange(base_, callers_.size() - 1);
    frame = {.module = frame.module,
        .expr = &e,
        .last = &e.instrs.back(),
        .locals = static_cast<std::size_t>(sp_ - values_.data()),
        .arity = 1};
    pc = e.instrs.data();
    reload();
    // validation allows only constant instructions here, but those may run out of heap or fuel
    auto const step = run();
    base_ = base;
    if (step != Step::Done)
        return step;
    store.count(RuleName::EvalExpr);
    return Step::Next;
}

bool Machine::reserve(std::uint64_t count)
{
    auto const used = static_cast<std::size_t>(sp_ - values_.data());
    if (count <= values_.size() - used)
        return true;
    try {
        if (count > values_.max_size() - used)
            return false;
        values_.resize(std::max(used + static_cast<std::size_t>(count), values_.size() * 2));
    } catch (std::bad_alloc const&) {
        return false;
    }
    sp_ = values_.data() + used;
    reload();
    return true;
}

/// It sees or changes a memory, a table or a global, which other threads may have too.
static bool reaches_store(Opcode op)
{
    switch (info(op).immediates) {
    case Immediates::Memarg:
    case Immediates::MemargLane:
    case Immediates::Memory:
    case Immediates::MemoryMemory:
    case Immediates::DataMemory:
    case Immediates::Table:
    case Immediates::TableTable:
    case Immediates::ElemTable:
    case Immediates::TypeTable:
    case Immediates::Global: return true;
    default: return false;
    }
}

/// Steps/refl, Steps/trans, Step/pure, Step/read — exec/conventions.html#formal-notation
///   z; instr*  ~>*  z''; instr''*    if  z; instr* ~> z'; instr'*  and  z'; instr'* ~>* z'';
///   instr''*
/// Step/ctxt-instrs, Step/ctxt-label, Step/ctxt-handler, Step/ctxt-frame: `pc` and `frame` are the
/// place in the context where the next instruction stands, so that no context has to be gone
/// through to reach it.
template <bool counting, bool shared>
Step Machine::run_until_done()
{
    auto const& rules = rule_table();
    for (;;) {
        if constexpr (shared)
            if (!threads.is_scheduled() || reaches_store(pc->op))
                threads.pass();
        auto const& i = *pc++;
        Val operand;
        if constexpr (counting) {
            count_instruction(i);
            if (i.op == Opcode::BrTable)
                operand = top();
        }
        auto const step = rules[i.op](*this, i);
        if (!goes_on(step)) [[unlikely]]
            return step;
        if constexpr (counting) {
            if (step != Step::Next)
                also(rule_of(step));
            if (is_branch(step) && store.counts != nullptr)
                count_branch(i, operand);
        }
    }
}

Step Machine::run()
{
    bool const counting = counting_.statistics != nullptr || store.counts != nullptr;
    auto const step = threads.is_shared() ? (counting ? run_until_done<true, true>()
                                                      : run_until_done<false, true>())
                      : counting          ? run_until_done<true, false>()
                                          : run_until_done<false, false>();
    if (step == Step::Done)
        also(RuleName::StepsRefl);
    return step;
}

Step Machine::perform(Step (*rule)(Machine&, Instr const&), Instr const& i)
{
    auto const step = rule(*this, i);
    if (!goes_on(step))
        return step;
    also(rule_of(step));
    return Step::Next;
}

// Ends

Step Machine::stop(Outcome::End end)
{
    ended_ = {.end = end};
    if (frame.func != nullptr)
        ended_.place = Place{static_cast<std::uint32_t>(frame.module->address), frame.func->index,
            pc[-1].where.offset};
    return Step::Stop;
}

/// exec/runtime.html#administrative-instructions: trap
Step Machine::trap(Trap t, RuleName rule)
{
    also(rule);
    auto const step = stop(Outcome::End::Trapped);
    ended_.trap = t;
    return step;
}

Step Machine::out_of_fuel()
{
    return stop(Outcome::End::OutOfFuel);
}

Step Machine::exhausted(Limit l)
{
    auto const step = stop(Outcome::End::Exhausted);
    ended_.limit = l;
    return step;
}

Step Machine::unsupported(Feature f)
{
    auto const step = stop(Outcome::End::Unsupported);
    ended_.feature = f;
    return step;
}

// Labels

Index Machine::label_index(Instr const& i) const
{
    auto const at = &i - frame.func->code->body.instrs.data();
    return frame.func->body->label_of[static_cast<std::size_t>(at)];
}

Label& Machine::label_at(Instr const& i)
{
    return frame.func->body->labels[label_index(i)];
}

Label& Machine::label_of_entry(Index entry)
{
    auto& body = *frame.func->body;
    return body.labels[body.targets[entry]];
}

void Machine::enter(Label& label)
{
    label.height = static_cast<std::uint64_t>(sp_ - locals_) - label.params;
}

Step Machine::branch(Label const& label, RuleName rule)
{
    if (label.is_loop && !spend(1))
        return out_of_fuel();
    move_values(label.arity, locals_ + label.height);
    go_on_at(label.continuation);
    return branched(rule);
}

void Machine::move_values(std::size_t n, Val* to)
{
    auto const* const from = sp_ - n;
    if (from != to)
        std::copy(from, from + n, to);
    sp_ = to + n;
}

void Machine::go_on_at(Index instr)
{
    pc = frame.func->code->body.instrs.data() + instr;
}

// Frames

std::optional<Limit> Machine::lacks_room(FuncInst const& f, bool replacing) const
{
    auto const frames = frames_ - (replacing ? 1 : 0);
    auto const values = stack_values_ - (replacing ? frame.func->stack_values : 0);
    if (frames >= limits.frames)
        return Limit::Frames;
    if (f.stack_values > limits.stack_values || values > limits.stack_values - f.stack_values)
        return Limit::StackValues;
    return std::nullopt;
}

/// Step_read/call_ref-func — exec/instructions.html#exec-invoke
///   z; val^n (ref.func_addr a) (call_ref yy)  ~>  FRAME_m {f} (LABEL_m {eps} instr*)
///     if z.FUNCS[a] = {TYPE t1^n -> t2^m, CODE FUNC x (LOCAL t)* instr*, MODULE mm}
///     and f = {LOCALS val^n default_t*, MODULE mm}
Step Machine::call(FuncInst& f)
{
    if (!spend(1))
        return out_of_fuel();
    if (f.code == nullptr)
        return call_host(f);
    if (auto const l = lacks_room(f, false))
        return exhausted(*l);
    if (!reserve(f.stack_values))
        return exhausted(Limit::StackValues);
    frame.pc = pc;
    callers_.push_back(frame);
    ++frames_;
    stack_values_ += f.stack_values;
    return open_frame(f);
}

/// Step_read/return_call_ref-frame-addr — exec/instructions.html#exec-return_call_ref
///   FRAME_k {f} val'* val^n (ref.func_addr a) (return_call_ref yy) instr*
///     ~>  val^n (ref.func_addr a) (call_ref yy)
/// Step_read/return_call_ref-label, Step_read/return_call_ref-handler: what lies between goes as
/// well
Step Machine::tail_call(FuncInst& f)
{
    if (!spend(1))
        return out_of_fuel();
    if (f.code != nullptr) {
        if (auto const l = lacks_room(f, true))
            return exhausted(*l);
    }
    if (store.counts != nullptr) [[unlikely]]
        count_tail_call();
    move_values(f.type->params.size(), locals_);
    stack_values_ -= frame.func->stack_values;
    if (f.code == nullptr) {
        --frames_;
        frame = callers_.back();
        callers_.pop_back();
        pc = frame.pc;
        reload();
        auto const step = call_host(f);
        return step == Step::Next && callers_.size() == base_ ? Step::Done : step;
    }
    if (!reserve(f.stack_values))
        return exhausted(Limit::StackValues);
    stack_values_ += f.stack_values;
    return open_frame(f);
}

Step Machine::open_frame(FuncInst& f)
{
    if (f.body == nullptr)
        f.body = std::make_unique<Body>(make_body(*f.module->module, *f.code));
    auto const& instrs = f.code->body.instrs;
    auto const n = f.type->params.size();
    frame = {.func = &f,
        .module = f.module,
        .expr = &f.code->body,
        .last = &instrs.back(),
        .locals = static_cast<std::size_t>(sp_ - values_.data()) - n,
        .arity = static_cast<Index>(f.type->results.size())};
    pc = instrs.data();
    sp_ = std::fill_n(sp_, f.locals, Val{}); // default_ of each type
    reload();
    return applied(RuleName::CallRefFunc);
}

/// Step_pure/frame-vals, Step_pure/return-frame — exec/instructions.html#exec-invoke-exit
///   FRAME_n {f} val^n  ~>  val^n
///   FRAME_n {f} val'* val^n return instr*  ~>  val^n
Step Machine::leave_frame()
{
    move_values(frame.arity, locals_);
    if (frame.func != nullptr) {
        --frames_;
        stack_values_ -= frame.func->stack_values;
    }
    frame = callers_.back();
    callers_.pop_back();
    pc = frame.pc;
    reload();
    return callers_.size() == base_ ? Step::Done : Step::Next;
}

/// exec/instructions.html#exec-invoke-host: the embedder decides; its results are checked, as it is
/// not bound by validation
Step Machine::call_host(FuncInst& f)
{
    auto const n = f.type->params.size();
    std::vector<Value> args;
    args.reserve(n);
    for (std::size_t k = 0; k < n; ++k)
        args.push_back(to_embedding(topmost(n)[k], f.type->params[k]));

    // the arguments stay on the stack meanwhile: what they refer to is in use
    auto o = f.host(embedding_, args);
    drop(n);
    if (o.end == Outcome::End::Threw && is_exception(o))
        return thrown_by_host(o);
    if (o.end == Outcome::End::Threw)
        return trap(Trap::CastFailure);
    if (o.end != Outcome::End::Returned) {
        auto const place = o.place;
        auto const step = stop(o.end);
        o.place = place ? place : ended_.place;
        ended_ = std::move(o);
        return step;
    }
    if (!vals_ok(store, o.values, f.type->results))
        return trap(Trap::CastFailure);
    if (!reserve(o.values.size()))
        return exhausted(Limit::StackValues);
    for (auto const& r : o.values)
        push(from_embedding(r));
    return Step::Next;
}

} // namespace touchstone::reference
