// Legacy exceptions: the document "legacy exceptions" of WebAssembly/exception-handling,
// valid/instructions.html#control-instructions

#include "engine/validation/code.hpp"

namespace touchstone {

/// legacy-exceptions, valid/instructions.html#valid-try-catch
///   C |- TRY bt instr_1* (CATCH x instr_2*)* (CATCH_ALL instr_3*)? END : t_1* -> t_2*
///   each part leaves t_2*; a CATCH starts with what its tag carries, a CATCH_ALL with nothing
void CodeValidator::legacy(Instr const& i)
{
    switch (i.op) {
    case Opcode::Try: return enter(blocktype_ok(i));
    case Opcode::Catch: return next_part(i.op, c_.tag(i.x));
    case Opcode::CatchAll: return next_part(i.op, {});
    case Opcode::Delegate: return delegate(i);
    default: return rethrow(i);
    }
}

/// The part of a try that is open ends, another begins.
void CodeValidator::next_part(Opcode op, std::span<ValType const> operands)
{
    auto const open = frames_.back().op;
    require(open == Opcode::Try || open == Opcode::Catch, "unexpected token: catch without try");
    auto frame = leave();
    frame.op = op;
    frame.unreachable = false;
    frames_.push_back(frame);
    operands_.set_bottom(frame.height);
    operands_.push(operands);
}

/// legacy-exceptions, valid/instructions.html#valid-try-delegate
///   C |- TRY bt instr* DELEGATE l : t_1* -> t_2*    if C.LABELS[l] is there, counted outside
void CodeValidator::delegate(Instr const& i)
{
    require(frames_.back().op == Opcode::Try, "unexpected token: delegate without try");
    auto const frame = leave();
    static_cast<void>(label(i.x));
    operands_.push(frame.results());
}

/// legacy-exceptions, valid/instructions.html#valid-rethrow
///   C |- RETHROW l : t_1* -> t_2*    if C.LABELS[l] is that of a CATCH or CATCH_ALL
void CodeValidator::rethrow(Instr const& i)
{
    static_cast<void>(label(i.x));
    auto const target = frames_[frames_.size() - 1 - i.x].op;
    require(target == Opcode::Catch || target == Opcode::CatchAll, "invalid rethrow label");
    set_unreachable();
}

} // namespace touchstone
