// Counting the rules that take an instruction out of its context: the specification does so block
// by block, the machine at once.

#include "engine/reference/machine.hpp"

#include <algorithm>

namespace touchstone::reference {

namespace {

constexpr Index no_block = ~Index{0};

/// By instruction: the one that opens the block around it, no_block at the function's own level. An
/// `else` or `end` stands in the block that it belongs to.
std::vector<Index> blocks_around(Expr const& e)
{
    std::vector<Index> around(e.instrs.size(), no_block);
    std::vector<Index> open;
    for (Index at = 0; at < e.instrs.size(); ++at) {
        around[at] = open.empty() ? no_block : open.back();
        auto const& i = e.instrs[at];
        auto const kind = info(i.op).immediates;
        if (kind == Immediates::Block || kind == Immediates::TryTable)
            open.push_back(at);
        else if ((i.op == Opcode::End || i.op == Opcode::Delegate) && !open.empty())
            open.pop_back();
    }
    return around;
}

/// The blocks around an instruction of a function, from the inside outwards.
class Blocks
{
public:
    Blocks(FuncInst const& f, Instr const* at) : expr_{f.code->body}, around_{f.body->around}
    {
        if (around_.empty())
            around_ = blocks_around(expr_);
        block_ = around_[static_cast<std::size_t>(at - expr_.instrs.data())];
    }
    /// The next one, or nullptr.
    Instr const* next()
    {
        if (block_ == no_block)
            return nullptr;
        auto const* const i = &expr_.instrs[block_];
        block_ = around_[block_];
        return i;
    }

private:
    Expr const& expr_;
    std::vector<Index>& around_;
    Index block_ = no_block;
};

bool is_handler(Instr const* block)
{
    return block != nullptr && block->op == Opcode::TryTable;
}

/// Whether something follows in the same sequence of instructions.
bool has_next(Instr const* at)
{
    return at->op != Opcode::End && at[1].op != Opcode::End && at[1].op != Opcode::Else;
}

bool is_value(Opcode op)
{
    switch (op) {
    case Opcode::I32Const:
    case Opcode::I64Const:
    case Opcode::F32Const:
    case Opcode::F64Const:
    case Opcode::V128Const: return true;
    default: return false;
    }
}

bool is_structure(Opcode op)
{
    switch (op) {
    case Opcode::Block:
    case Opcode::Loop:
    case Opcode::Else:
    case Opcode::End:
    case Opcode::Nop: return true;
    default: return false;
    }
}

} // namespace

/// Step/ctxt-frame, Step/ctxt-label, Step/ctxt-handler, Step/ctxt-instrs: once for each instruction
/// that stands in such a context, however deep; Step_pure/handler-vals, where a try_table ends
void Machine::count_instruction(Instr const& i)
{
    auto const op = static_cast<std::size_t>(i.op);
    if (auto* const s = counting_.statistics) {
        ++s->by_opcode[op];
        s->executed_instructions += is_structure(i.op) ? 0 : 1;
    }
    if (store.counts == nullptr)
        return;
    ++store.counts->instructions[op];
    if (frame.func == nullptr || is_value(i.op))
        return;
    also(RuleName::CtxtFrame);
    also(RuleName::CtxtLabel);
    if (has_next(&i))
        also(RuleName::CtxtInstrs);
    auto const& handlers = frame.func->body->handler_of;
    auto const at = static_cast<std::size_t>(&i - frame.func->code->body.instrs.data());
    if (!handlers.empty() && handlers[at] != 0)
        also(RuleName::CtxtHandler);
    if (i.op == Opcode::Return || &i == frame.last)
        count_leaving(i);
    else if (i.op == Opcode::End && is_handler(Blocks{*frame.func, &i}.next()))
        also(RuleName::HandlerVals);
}

/// Step_pure/br-label-succ, Step_pure/br-handler, Step_pure/br-label-zero
void Machine::count_branch(Instr const& i, Val operand) const
{
    auto l = i.x;
    if (i.op == Opcode::BrTable) // its labels, the last of which is the default
        l = frame.expr->labels[i.x + std::min<std::uint64_t>(operand.lo, i.y - 1)];
    Blocks blocks{*frame.func, &i};
    for (; l > 0; --l) {
        also(RuleName::BrLabelSucc);
        if (is_handler(blocks.next()))
            also(RuleName::BrHandler);
    }
    also(RuleName::BrLabelZero);
}

/// Step_pure/frame-vals, after Step_pure/label-vals; or Step_pure/return-frame, after
/// Step_pure/return-label, Step_pure/return-handler
void Machine::count_leaving(Instr const& i) const
{
    if (&i == frame.last) {
        also(RuleName::LabelVals);
        return also(RuleName::FrameVals);
    }
    Blocks blocks{*frame.func, &i};
    while (auto const* const block = blocks.next()) {
        also(RuleName::ReturnLabel);
        if (is_handler(block))
            also(RuleName::ReturnHandler);
    }
    also(RuleName::ReturnLabel);
    also(RuleName::ReturnFrame);
}

/// Step_read/return_call_ref-label, Step_read/return_call_ref-handler,
/// Step_read/return_call_ref-frame-addr
void Machine::count_tail_call() const
{
    Blocks blocks{*frame.func, pc - 1};
    while (auto const* const block = blocks.next()) {
        also(RuleName::ReturnCallRefLabel);
        if (is_handler(block))
            also(RuleName::ReturnCallRefHandler);
    }
    also(RuleName::ReturnCallRefLabel);
    also(RuleName::ReturnCallRefFrameAddr);
}

/// Step_pure/trap-instrs, Step_pure/trap-label, Step_pure/trap-handler, Step_pure/trap-frame:
/// through all frames of this call from outside
void Machine::count_trap() const
{
    auto const* f = &frame;
    auto const* next = pc;
    for (auto left = callers_.size(); left > base_; f = &callers_[--left], next = f->pc) {
        if (f->func == nullptr)
            continue;
        if (has_next(next - 1))
            also(RuleName::TrapInstrs);
        Blocks blocks{*f->func, next - 1};
        while (auto const* const block = blocks.next()) {
            also(RuleName::TrapLabel);
            if (is_handler(block))
                also(RuleName::TrapHandler);
        }
        also(RuleName::TrapLabel);
        also(RuleName::TrapFrame);
    }
}

/// Step_read/throw_ref-instrs, Step_read/throw_ref-label, Step_read/throw_ref-frame: an exception
/// leaves the frame from there
void Machine::count_passing(Frame const& f, Instr const* at) const
{
    if (has_next(at))
        also(RuleName::ThrowRefInstrs);
    Blocks blocks{*f.func, at};
    while (blocks.next() != nullptr)
        also(RuleName::ThrowRefLabel);
    also(RuleName::ThrowRefLabel);
    also(RuleName::ThrowRefFrame);
}

/// Step_read/throw_ref-handler-catch, Step_read/throw_ref-handler-catch_ref,
/// Step_read/throw_ref-handler-catch_all, Step_read/throw_ref-handler-catch_all_ref, after
/// Step_read/throw_ref-instrs and Step_read/throw_ref-label: an exception goes from there to the
/// clause that catches it
void Machine::count_catching(Frame const& f, Instr const* at, Index clause) const
{
    if (has_next(at))
        also(RuleName::ThrowRefInstrs);
    Blocks blocks{*f.func, at};
    while (auto const* const block = blocks.next()) {
        also(RuleName::ThrowRefLabel);
        if (is_handler(block) && clause >= block->x && clause < block->x + block->y)
            break;
    }
    switch (f.func->code->body.catches[clause].kind) {
    case Catch::Kind::Catch: return also(RuleName::ThrowRefHandlerCatch);
    case Catch::Kind::CatchRef: return also(RuleName::ThrowRefHandlerCatchRef);
    case Catch::Kind::CatchAll: return also(RuleName::ThrowRefHandlerCatchAll);
    case Catch::Kind::CatchAllRef: return also(RuleName::ThrowRefHandlerCatchAllRef);
    }
}

} // namespace touchstone::reference
