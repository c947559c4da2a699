#pragma once
// The machine of the reduction rules: explicit stacks, one step at a time. Nothing here or in the
// rules recurses on the program.
//
// The stack of the specification mixes values, labels and frames. Here the values lie in one array,
// the frames in another, and labels need no place of their own at run time (see Label).

#include "engine/reference/floats.hpp"
#include "engine/reference/instances.hpp"
#include "engine/reference/interleaving.hpp"
#include "engine/reference/store.hpp"

#include <optional>
#include <span>
#include <vector>

namespace touchstone::reference {

/// What a rule answers: how to go on, and if it is with the instruction at `pc`, by which rule of
/// the specification, so that whoever counts learns it and nobody else pays for it.
enum class Step : std::uint16_t
{
    Next = 0,        ///< go on; what was applied has been counted, or is no rule of its own
    Branch = 0x4000, ///< besides: (br l) was applied after that, or alone
    Done = 0x8000, ///< the frame that the machine was started for is gone, its values on the stack
    Stop, ///< a trap, an exhausted limit, or an end that a host function asked for: see `ended`
};

/// Go on: this rule was applied.
[[nodiscard]] constexpr Step applied(RuleName rule)
{
    return static_cast<Step>(rule);
}

/// Go on: this rule was applied, and came down to (br l), which was as well.
[[nodiscard]] constexpr Step branched(RuleName rule)
{
    return static_cast<Step>(static_cast<unsigned>(rule) | static_cast<unsigned>(Step::Branch));
}

[[nodiscard]] constexpr bool is_branch(Step step)
{
    return step >= Step::Branch && step < Step::Done;
}

/// The rule that the step answers, of one that goes on.
[[nodiscard]] constexpr RuleName rule_of(Step step)
{
    return static_cast<RuleName>(
        static_cast<unsigned>(step) & ~static_cast<unsigned>(Step::Branch));
}

[[nodiscard]] constexpr bool goes_on(Step step)
{
    return step < Step::Done;
}

/// FRAME_n {LOCALS val*, MODULE moduleinst}
struct Frame
{
    FuncInst* func = nullptr; ///< absent: a constant expression, or the embedder
    ModuleInst* module = nullptr;
    Instr const* pc = nullptr;   ///< of a frame that waits: the next instruction
    Expr const* expr = nullptr;  ///< what is executed, whose pools immediates point into
    Instr const* last = nullptr; ///< the expression's final `end`
    std::size_t locals = 0;      ///< where its values begin in the value stack
    Index arity = 0;             ///< n
};

class Machine
{
public:
    Machine(Instances& store, Store& embedding, Interleaving& threads, Limits const& limits,
        Counting counting);

    // For the embedding.

    /// $invoke(s, funcaddr, val*) — exec/modules.html#exec-invocation; arguments of the right
    /// types.
    [[nodiscard]] Outcome invoke(FuncInst& f, std::span<Value const> args);

    /// What a call from outside puts aside, and gets back at its end.
    struct Outside
    {
        std::size_t base;
        std::size_t sp;
        std::uint64_t fuel;
        std::uint64_t budget;
        std::uint32_t frames;
        std::uint64_t stack_values;
        bool nan_choice;
        bool relaxed_choice;
        bool own_fuel;
    };
    /// Puts aside what runs now, if anything does, and starts an empty frame of this module.
    /// `fuel`: a budget of its own; absent: the caller's.
    [[nodiscard]] Outside begin(ModuleInst* module, std::optional<std::uint64_t> fuel);
    /// How it ended, and back to what was put aside. Of a call `type` tells the results that lie on
    /// the stack.
    [[nodiscard]] Outcome finish(Outside const& outside, Step step, FuncType const* type);
    [[nodiscard]] bool may_reenter() const { return depth_ <= Limits::reentries; }

    /// Eval_expr — exec/instructions.html#exec-expr: z; instr* ~>* z'; val
    /// The value is on the stack after Next; the other end is Stop.
    [[nodiscard]] Step eval_expr(Expr const& e);

    /// (call f) with the arguments on the stack, to the end.
    [[nodiscard]] Step execute(FuncInst& f);

    // For the rules: the stack.

    /// Room for so many more values; a call makes it for all that its function may push.
    [[nodiscard]] bool reserve(std::uint64_t count);

    void push(Val v) { *sp_++ = v; }
    template <class T>
    void push(T v)
    {
        if constexpr (Float<T>)
            *sp_++ = {v.bits, 0};
        else
            *sp_++ = {v, 0};
    }
    /// (at.const n)
    void push_address(AddrType at, std::uint64_t n)
    {
        push(at == AddrType::I64 ? n : n & 0xFFFF'FFFF);
    }
    [[nodiscard]] Val pop() { return *--sp_; }
    template <class T>
    [[nodiscard]] T pop()
    {
        --sp_;
        if constexpr (Float<T>)
            return {static_cast<T::Bits>(sp_->lo)};
        else
            return static_cast<T>(sp_->lo);
    }
    [[nodiscard]] Val& top() { return sp_[-1]; }
    void drop(std::size_t count) { sp_ -= count; }
    /// The topmost values, the last one on top.
    [[nodiscard]] std::span<Val const> topmost(std::size_t count) const
    {
        return {sp_ - count, count};
    }
    [[nodiscard]] Val& local(Index x) { return locals_[x]; }

    // The state z = s; f: $func, $table, $mem, $global, $elem, $data (exec/conventions.html).

    [[nodiscard]] ModuleInst& module() { return *frame.module; }
    /// z.TYPES[x]
    [[nodiscard]] DefType type(Index x) { return module().types[x]; }
    [[nodiscard]] Object& object(Ref r) { return store.heap.at(r.kind, r.payload); }
    [[nodiscard]] FuncInst& func(Index x) { return store.funcs[module().funcs[x]]; }
    [[nodiscard]] TableInst& table(Index x) { return store.tables[module().tables[x]]; }
    [[nodiscard]] MemInst& mem(Index x) { return store.mems[module().mems[x]]; }
    [[nodiscard]] GlobalInst& global(Index x) { return store.globals[module().globals[x]]; }
    [[nodiscard]] ElemInst& elem(Index x) { return module().elems[x]; }
    [[nodiscard]] DataInst& data(Index x) { return module().datas[x]; }

    // Control.

    [[nodiscard]] Label& label_at(Instr const& i);
    [[nodiscard]] Index label_index(Instr const& i) const;
    [[nodiscard]] Label& label_of_entry(Index entry);
    /// Notes what lies below a block's operands as it is entered.
    void enter(Label& label);
    /// (br l) to this label, which `rule` came down to, if any did.
    [[nodiscard]] Step branch(Label const& label, RuleName rule = RuleName::None);
    void go_on_at(Index instr);
    [[nodiscard]] Step call(FuncInst& f);
    [[nodiscard]] Step tail_call(FuncInst& f);
    [[nodiscard]] Step leave_frame();
    /// One rule outside of a running expression.
    [[nodiscard]] Step perform(Step (*rule)(Machine&, Instr const&), Instr const& i);

    // Objects and exceptions.

    /// A new object, all zero; nothing if the limit forbids it or there is no memory. Values that
    /// are to be kept meanwhile lie on the stack.
    [[nodiscard]] std::optional<Index> allocate(RefKind kind, Index type, ObjectSize const& size);
    /// A new exception with the topmost values, which go.
    [[nodiscard]] std::optional<Index> make_exception(Index tag);
    /// (ref.exn_addr a) throw_ref
    [[nodiscard]] Step throw_exception(Index a);
    /// What the catch of this label is about: legacy exceptions.
    [[nodiscard]] Index caught(Index label) const;

    // Counting, when it is asked for.

    /// A rule that was applied on the way to the one that the step answers.
    void also(RuleName rule, std::uint64_t times = 1) const { store.count(rule, times); }

    // Ends.

    [[nodiscard]] bool spend(std::uint64_t fuel)
    {
        if (fuel > fuel_)
            return false;
        fuel_ -= fuel;
        return true;
    }
    void refund(std::uint64_t fuel) { fuel_ += fuel; }
    [[nodiscard]] Step trap(Trap t, RuleName rule = RuleName::None);
    [[nodiscard]] Step out_of_fuel();
    [[nodiscard]] Step exhausted(Limit l);
    [[nodiscard]] Step unsupported(Feature f);
    /// Another engine may have taken other NaN bits here.
    void chose_nan() { nan_choice_ = true; }
    /// Another engine may have taken another alternative of a relaxed operation here.
    void chose_relaxed() { relaxed_choice_ = true; }

    Instances& store;
    Limits const& limits;
    Frame frame;               ///< the current one
    Instr const* pc = nullptr; ///< the instruction after the current one
    Interleaving& threads;

private:
    [[nodiscard]] Step run();
    template <bool counting, bool shared>
    [[nodiscard]] Step run_until_done();
    [[nodiscard]] Step call_host(FuncInst& f);
    [[nodiscard]] Step thrown_by_host(Outcome const& o);
    [[nodiscard]] bool is_exception(Outcome const& o) const;
    /// A clause of `Expr::catches`, or of a try's parts.
    struct Clause
    {
        Index index = 0;
        bool is_part = false;
    };
    [[nodiscard]] std::optional<Clause> find_clause(
        Frame const& f, Instr const* at, Index tag) const;
    [[nodiscard]] Step catch_exception(Clause clause, Index a);
    [[nodiscard]] Step catch_in_part(CatchPart const& part, Index a);
    void push_payload(Index a);
    [[nodiscard]] std::size_t depth() const { return callers_.size(); }
    [[nodiscard]] Step uncaught(Index a);
    void leave_frames(std::size_t count);
    [[nodiscard]] std::optional<Limit> lacks_room(FuncInst const& f, bool replacing) const;
    [[nodiscard]] Step open_frame(FuncInst& f);
    /// The topmost values down to a place below them, dropping what lay between.
    void move_values(std::size_t n, Val* to);
    void reload() { locals_ = values_.data() + frame.locals; }
    [[nodiscard]] Step stop(Outcome::End end);

    // The rules that take an instruction out of its context, which the machine applies all at once
    // and only counts one by one (counting.cpp).
    void count_instruction(Instr const& i);
    void count_branch(Instr const& i, Val operand) const;
    void count_leaving(Instr const& i) const;
    void count_tail_call() const;
    void count_trap() const;
    void count_passing(Frame const& f, Instr const* at) const;
    void count_catching(Frame const& f, Instr const* at, Index clause) const;

    Store& embedding_;
    Counting counting_;

    std::vector<Val> values_;
    Val* sp_ = nullptr;
    Val* locals_ = nullptr;
    std::vector<Frame> callers_; ///< the frames below the current one
    std::size_t base_ = 0;       ///< how many of them are not of this call from outside
    std::uint32_t depth_ = 0;    ///< of calls from outside within each other

    std::uint64_t fuel_ = Limits::none;
    std::uint32_t frames_ = 0;
    std::uint64_t stack_values_ = 0;
    bool nan_choice_ = false;
    bool relaxed_choice_ = false;
    Outcome ended_;

    /// CAUGHT_n {exn} of legacy exceptions, with the place of its label.
    struct Caught
    {
        std::size_t depth = 0; ///< of frames
        Index label = 0;
        Index exception = 0;
    };
    std::vector<Caught> caught_; ///< innermost last; those that execution has left go late
};

} // namespace touchstone::reference
